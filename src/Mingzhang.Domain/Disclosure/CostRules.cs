namespace Mingzhang.Domain.Disclosure;

/// <summary>The dated rules of the law on what credit may cost: caps, the duty to disclose, one person's debts.</summary>
/// <remarks>They come from <c>products/cost-rules.json</c>: a change of the law is a new row, never an edited one.</remarks>
/// <param name="Version">The file's version; what is decided keeps it.</param>
/// <param name="Caps">What a loan may cost.</param>
/// <param name="Gate">The duty to disclose.</param>
/// <param name="Exposure">What one person may owe.</param>
public sealed record CostRules(int Version, CapTable Caps, DisclosureGate Gate, ExposureTable Exposure)
{
    /// <summary>Rules on lending together; none when the file was not asked.</summary>
    public ValueList<CooperationRow> Cooperation { get; init; }

    /// <summary>Reads the file; one that breaks a rule is refused with all its errors.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="fileName">Its name, for the errors only.</param>
    public static CostRulesParse Parse(string json, string fileName)
    {
        var errors = new ProductErrors(fileName);
        var rules = JsonText.Read(json, errors, CostRulesReader.Read);
        return rules is not null && errors.None ? new CostRulesRead(rules) : new CostRulesRejected(errors.All);
    }
}

/// <summary>The answer to reading the file of cost rules. Closed.</summary>
public /*closed*/ abstract record CostRulesParse
{
    private protected CostRulesParse()
    {
    }
}

/// <summary>The file keeps every rule.</summary>
public sealed record CostRulesRead(CostRules Rules) : CostRulesParse;

/// <summary>The file breaks rules; nothing of it is used.</summary>
/// <param name="Errors">All of them, in the form that product files use too.</param>
public sealed record CostRulesRejected(ValueList<ProductError> Errors) : CostRulesParse;
