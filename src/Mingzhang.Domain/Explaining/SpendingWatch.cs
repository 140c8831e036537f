namespace Mingzhang.Domain.Explaining;

/// <summary>A word about buying far more than usual (R113). A sample rule that can be read here; it warns and decides nothing.</summary>
/// <param name="Lately">Bought in the last 30 days, less refunds.</param>
/// <param name="Usual">Bought in 30 days on average before that.</param>
/// <param name="Limit">The total limit.</param>
public sealed record SpendingWarning(Money Lately, Money Usual, Money Limit)
{
    /// <summary>Name and version of the rule.</summary>
    public string Rule { get; } = SpendingWatch.Rule;
}

/// <summary>Warns when 30 days bought more than twice the usual, and at least a fifth of the limit.</summary>
public static class SpendingWatch
{
    /// <summary>Name and version of the sample rule.</summary>
    public const string Rule = "spending-watch.sample-1";

    private const int Times = 2;
    private const int PartOfLimit = 5;
    private const int KnownDays = 120;

    /// <summary>The warning, or null. An account younger than the four stretches it compares has no usual.</summary>
    /// <example>Limit 10,000.00, usually 800.00 in 30 days: 2,100.00 warns, 1,600.00 does not, nor would 1,900.00.</example>
    public static SpendingWarning? Of(AccountState state, Behaviour behaviour, DateOnly on)
    {
        var (lately, usual) = (behaviour.Bought[0], behaviour.Usual);
        return state.OpenedOn.AddDays(KnownDays) <= on && lately.MinorUnits > Times * usual.MinorUnits
            && lately.IsPositive && lately.MinorUnits >= state.TotalLimit.MinorUnits / PartOfLimit
            ? new SpendingWarning(lately, usual, state.TotalLimit)
            : null;
    }
}
