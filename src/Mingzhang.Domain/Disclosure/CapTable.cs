namespace Mingzhang.Domain.Disclosure;

/// <summary>One dated cap on what a loan may cost a year.</summary>
/// <param name="Licence">The lender's licence kind, such as <c>small-loan</c>; null is every licence.</param>
/// <param name="MoreThanDays">For loans of more days than this; 0 is all.</param>
/// <param name="AtMostDays">For loans of at most so many days; null is all.</param>
/// <param name="Validity">When it holds, by the day of the offer or of paying out.</param>
/// <param name="AnnualPpm">The highest simple rate a year, parts per million.</param>
/// <param name="Clause">Where it comes from.</param>
public sealed record CapRow(string? Licence, int MoreThanDays, int? AtMostDays, Validity Validity, long AnnualPpm, Clause Clause)
{
    /// <summary>Whether the row speaks of a loan.</summary>
    public bool Covers(string licence, int days, DateOnly on) =>
        (Licence is null || Licence == licence) && days > MoreThanDays && !(days > AtMostDays) && Validity.Holds(on);
}

/// <summary>All dated caps. Several may cover a loan; the lowest counts.</summary>
public sealed record CapTable(ValueList<CapRow> Rows)
{
    /// <summary>The cap of a loan; null when no row covers it, which is no permission.</summary>
    /// <param name="licence">The lender's licence kind.</param>
    /// <param name="days">Days from paying out to the last due day.</param>
    /// <param name="on">The day of the offer, and again the day of paying out.</param>
    public CapRow? Find(string licence, int days, DateOnly on)
    {
        CapRow? lowest = null;
        foreach (var row in Rows.AsSpan())
        {
            lowest = row.Covers(licence, days, on) && !(row.AnnualPpm >= lowest?.AnnualPpm) ? row : lowest;
        }

        return lowest;
    }

    /// <summary>Compares the simple rate with the cap; both rates stay with the answer, because both are shown.</summary>
    /// <example>240,000 ppm against a loan of 158,643 simple and 170,702 compound → within.</example>
    public CapVerdict Check(string licence, int days, DateOnly on, AnnualRates rates) => Find(licence, days, on) switch
    {
        null => new NoCapKnown(licence, on),
        var row when rates.SimplePpm > row.AnnualPpm => new AboveCap(row, rates),
        var row => new WithinCap(row, rates),
    };
}

/// <summary>The answer to "may a loan cost that much?". Closed.</summary>
public /*closed*/ abstract record CapVerdict
{
    private protected CapVerdict()
    {
    }
}

/// <summary>The simple rate is at most the cap.</summary>
public sealed record WithinCap(CapRow Row, AnnualRates Rates) : CapVerdict;

/// <summary>The simple rate is above the cap: no offer, and no paying out.</summary>
public sealed record AboveCap(CapRow Row, AnnualRates Rates) : CapVerdict;

/// <summary>No row covers the loan: the table has to say what holds before anything is offered.</summary>
public sealed record NoCapKnown(string Licence, DateOnly On) : CapVerdict;
