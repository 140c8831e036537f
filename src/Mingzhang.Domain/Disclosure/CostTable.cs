namespace Mingzhang.Domain.Disclosure;

/// <summary>The disclosure of a loan's all-in cost (综合融资成本明示表): what the borrower sees and confirms before the contract.</summary>
/// <remarks>Made by <see cref="CostTableMaker"/> only. Two tables with the same content have the same <see cref="Id"/>; a table that
/// differs in one fen, rate or word version has another. docs/rules/disclosure-and-caps.md has a worked one.</remarks>
public sealed record CostTable
{
    internal CostTable(CostOffer offer, AnnualRates rates, CapRow cap)
    {
        (Offer, Rates, Cap) = (offer, rates, cap);
        Id = CostTablePrint.Of(this);
    }

    /// <summary>What was offered.</summary>
    public CostOffer Offer { get; }

    /// <summary>Both annual rates of what is paid when everything is paid on time.</summary>
    public AnnualRates Rates { get; }

    /// <summary>The cap that was held against the simple rate on the day of the offer.</summary>
    public CapRow Cap { get; }

    /// <summary>SHA-256 of the content, 64 hexadecimal digits: the name of exactly this table.</summary>
    public string Id { get; }

    /// <summary>What the borrower pays besides the principal when everything is paid on time.</summary>
    public Money TotalCost => Sum(item => item.IsBorne);

    /// <summary>What the merchant bears.</summary>
    public Money MerchantBorne => Sum(item => item.Kind == CostKind.MerchantBorne);

    /// <summary>Principal and cost.</summary>
    public Money TotalPayable => Offer.Principal + TotalCost;

    /// <summary>Whether something may be posted to the loan: nothing outside the table ever may.</summary>
    /// <param name="kind">What is to be posted.</param>
    /// <param name="amount">How much, with what of this kind is posted already; above zero.</param>
    public PostingVerdict MayPost(CostKind kind, Money amount) => ListedCosts.MayPost(ListedCosts.Of(Offer.Items), Id, kind, amount);

    /// <summary>The cap once more, on the day of paying out: it may have changed since the offer.</summary>
    public CapVerdict CheckAgain(CapTable caps, DateOnly on) => caps.Check(Offer.Licence, Offer.Days, on, Rates);

    private Money Sum(Func<CostItem, bool> counts)
    {
        var sum = 0L;
        foreach (var item in Offer.Items.AsSpan())
        {
            sum = checked(sum + (counts(item) ? item.AmountMinor : 0));
        }

        return Money.Of(sum, Offer.Principal.Currency);
    }
}

/// <summary>What a cost table is made of.</summary>
/// <param name="ProductCode">The product.</param>
/// <param name="TermsVersion">The version of its terms.</param>
/// <param name="Licence">The lender's licence kind; selects the cap.</param>
/// <param name="OfferedOn">The day of the offer.</param>
/// <param name="DisbursedOn">The day of paying out that the rows assume.</param>
/// <param name="Principal">What is paid out or turned into instalments; above zero.</param>
/// <param name="Rows">The schedule: principal, interest and fees per due day.</param>
/// <param name="Items">Every item, also those taken only when late.</param>
/// <param name="WordingVersion">The version of the sentences around the numbers.</param>
public sealed record CostOffer(
    string ProductCode, int TermsVersion, string Licence, DateOnly OfferedOn, DateOnly DisbursedOn, Money Principal,
    ValueList<ScheduleRow> Rows, ValueList<CostItem> Items, string WordingVersion)
{
    /// <summary>What of the principal is paid out after <see cref="DisbursedOn"/>, by day; amounts above zero.</summary>
    public ValueList<DatedFlow> Later { get; init; }

    /// <summary>Days from paying out to the last due day.</summary>
    public int Days => Rows.Count == 0 ? 0 : Rows[^1].DueOn.DayNumber - DisbursedOn.DayNumber;
}

/// <summary>The answer to "may this be posted?". Closed.</summary>
public /*closed*/ abstract record PostingVerdict
{
    private protected PostingVerdict()
    {
    }
}

/// <summary>It is in the table.</summary>
public sealed record InTable : PostingVerdict;

/// <summary>The table has no such item.</summary>
public sealed record OutsideTable(CostKind Kind, string TableId) : PostingVerdict;

/// <summary>The table has the item, but not so much of it.</summary>
public sealed record AboveTable(CostKind Kind, Money Listed, Money Asked, string TableId) : PostingVerdict;
