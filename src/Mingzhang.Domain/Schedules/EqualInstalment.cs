namespace Mingzhang.Domain.Schedules;

/// <summary>The equal instalment of terms: worked out, brought to its multiple, and smoothed where the terms say so.</summary>
internal static class EqualInstalment
{
    /// <summary>The instalment in minor units for the rows that pay principal.</summary>
    public static long Of(
        ScheduleTerms terms, long financed, DateOnly disbursedOn, ReadOnlySpan<InterestFactor> factors, ReadOnlySpan<ScheduleRow> rows)
    {
        var grace = terms.PrincipalGraceRows;
        if (terms.InstalmentRate is null && !terms.InstalmentByWholePeriods)
        {
            return Of(terms, financed, factors[grace..]);
        }

        Span<InterestFactor> own = stackalloc InterestFactor[rows.Length];
        var from = terms.InstalmentByWholePeriods ? rows[0].FromOn : disbursedOn;
        DueDays.Price(terms, terms.InstalmentRate ?? terms.Rate, from, rows, own);
        var instalment = Annuity.Instalment(financed, own[grace..], terms.Rounding, terms.MultipleMinor);
        return terms.Smooth ? Smoothed(terms, financed, instalment, factors[grace..]) : instalment;
    }

    /// <summary>The instalment that pays an amount over periods of these prices.</summary>
    public static long Of(ScheduleTerms terms, long financed, ReadOnlySpan<InterestFactor> factors)
    {
        var instalment = Annuity.Instalment(financed, factors, terms.Rounding, terms.MultipleMinor);
        return terms.Smooth ? Smoothed(terms, financed, instalment, factors) : instalment;
    }

    internal static long Even(ScheduleTerms terms, long instalment) => RowParts.ToMultiple(instalment, terms.MultipleMinor, terms.Rounding);

    /// <summary>Spreads the difference of the last row over all rows when that makes it smaller.</summary>
    private static long Smoothed(ScheduleTerms terms, long financed, long instalment, ReadOnlySpan<InterestFactor> factors)
    {
        var rows = factors.Length;
        var difference = LastRow(terms, financed, instalment, factors) - instalment;
        if (Math.Abs(difference) <= rows / 2)
        {
            return instalment;
        }

        var moved = Even(terms, instalment + Rounded.Divide(difference, rows, terms.Rounding));
        return moved > 0 && Math.Abs(LastRow(terms, financed, moved, factors) - moved) < Math.Abs(difference) ? moved : instalment;
    }

    private static long LastRow(ScheduleTerms terms, long financed, long instalment, ReadOnlySpan<InterestFactor> factors)
    {
        var left = financed;
        for (var k = 0; k < factors.Length - 1; k++)
        {
            left -= Math.Clamp(instalment - factors[k].On(left, terms.Rounding), 0, left);
        }

        return left + factors[^1].On(left, terms.Rounding);
    }
}
