namespace Mingzhang.Domain.Schedules;

/// <summary>Writes principal, interest and fee of each row.</summary>
internal static class RowAmounts
{
    private const long Million = 1_000_000;

    /// <summary>Fills the rows; the answer is a broken rule or null.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="financed">The principal in minor units, without the down payment.</param>
    /// <param name="disbursedOn">The day interest begins.</param>
    /// <param name="factors">The price of each row.</param>
    /// <param name="rows">Rows with their days.</param>
    public static ScheduleRefused? Fill(
        ScheduleTerms terms, long financed, DateOnly disbursedOn, ReadOnlySpan<InterestFactor> factors, Span<ScheduleRow> rows)
    {
        var refused = terms.Method switch
        {
            ScheduleMethod.EqualInstalment => Equal(terms, financed, disbursedOn, factors, rows),
            ScheduleMethod.EqualPrincipal => InParts(terms, financed, factors, rows),
            ScheduleMethod.InterestFirst or ScheduleMethod.Bullet => AtEnd(terms, financed, factors, rows),
            ScheduleMethod.FlatInterest => Flat(terms, financed, factors, rows),
            ScheduleMethod.PrincipalByRow => Given(terms, financed, factors, rows),
        };
        if (refused is null && terms.Fee.Ppm > 0)
        {
            Fees(terms, financed, rows);
        }

        return refused;
    }

    private static ScheduleRefused? Equal(
        ScheduleTerms terms, long financed, DateOnly disbursedOn, ReadOnlySpan<InterestFactor> factors, Span<ScheduleRow> rows)
    {
        var instalment = terms.InstalmentMinor ?? EqualInstalment.Of(terms, financed, disbursedOn, factors, rows);
        var left = financed;
        var carried = terms.OpeningInterestMinor;
        for (var k = 0; k < rows.Length; k++)
        {
            var interest = factors[k].On(left, terms.Rounding);
            if (terms.InstalmentMinor is { } stated && interest > stated && k >= terms.PrincipalGraceRows)
            {
                return new ScheduleRefused(ScheduleFault.Instalment, nameof(terms.InstalmentMinor));
            }

            var principal = k == rows.Length - 1 ? left : k < terms.PrincipalGraceRows ? 0 : Math.Clamp(instalment - interest, 0, left);
            left -= principal;
            var payable = Payable(terms, k, interest, ref carried);
            rows[k] = rows[k] with { PrincipalMinor = principal, InterestMinor = payable, RemainingMinor = left };
        }

        return null;
    }

    private static ScheduleRefused? InParts(
        ScheduleTerms terms, long financed, ReadOnlySpan<InterestFactor> factors, Span<ScheduleRow> rows)
    {
        var grace = terms.PrincipalGraceRows;
        var parts = RowParts.Of(financed, rows.Length - grace, terms.MultipleMinor, terms.PartRounding, terms.Remainder);
        var left = financed;
        var carried = terms.OpeningInterestMinor;
        for (var k = 0; k < rows.Length; k++)
        {
            var interest = Payable(terms, k, factors[k].On(left, terms.Rounding), ref carried);
            var principal = k < grace ? 0 : parts.At(k - grace, left);
            left -= principal;
            rows[k] = rows[k] with { PrincipalMinor = principal, InterestMinor = interest, RemainingMinor = left };
        }

        return null;
    }

    private static ScheduleRefused? AtEnd(ScheduleTerms terms, long financed, ReadOnlySpan<InterestFactor> factors, Span<ScheduleRow> rows)
    {
        var carried = terms.OpeningInterestMinor;
        for (var k = 0; k < rows.Length; k++)
        {
            var interest = Payable(terms, k, factors[k].On(financed, terms.Rounding), ref carried);
            var isLast = k == rows.Length - 1;
            rows[k] = rows[k] with
            {
                PrincipalMinor = isLast ? financed : 0, InterestMinor = interest, RemainingMinor = isLast ? 0 : financed,
            };
        }

        return null;
    }

    private static ScheduleRefused? Given(ScheduleTerms terms, long financed, ReadOnlySpan<InterestFactor> factors, Span<ScheduleRow> rows)
    {
        var left = financed;
        var carried = terms.OpeningInterestMinor;
        for (var k = 0; k < rows.Length; k++)
        {
            var interest = Payable(terms, k, factors[k].On(left, terms.Rounding), ref carried);
            var principal = terms.PrincipalByRowMinor[k];
            left -= principal;
            if (left < 0)
            {
                break;
            }

            rows[k] = rows[k] with { PrincipalMinor = principal, InterestMinor = interest, RemainingMinor = left };
        }

        return left == 0 ? null : new ScheduleRefused(ScheduleFault.PrincipalRows, nameof(terms.PrincipalByRowMinor));
    }

    /// <summary>Interest on the first principal, in equal parts; with a multiple the whole row is one.</summary>
    private static ScheduleRefused? Flat(ScheduleTerms terms, long financed, ReadOnlySpan<InterestFactor> factors, Span<ScheduleRow> rows)
    {
        var count = rows.Length;
        var total = FlatTotal(financed, factors, terms.Rounding);
        var interests = RowParts.Of(total, count, 1, terms.PartRounding, terms.Remainder);
        var principals = RowParts.Of(financed, count, terms.MultipleMinor, terms.PartRounding, terms.Remainder);
        var (left, unpaid) = (financed, total);
        for (var k = 0; k < count; k++)
        {
            var interest = interests.At(k, unpaid);
            unpaid -= interest;
            var evened = RowParts.ToMultiple(interest, terms.MultipleMinor, terms.Rounding) - interest;
            var principal = k == count - 1 ? left : Math.Clamp(principals.At(k, left) + evened, 0, left);
            left -= principal;
            rows[k] = rows[k] with { PrincipalMinor = principal, InterestMinor = interest, RemainingMinor = left };
        }

        return null;
    }

    /// <summary>One sum of all periods, rounded once: months of different lengths have different denominators.</summary>
    private static long FlatTotal(long financed, ReadOnlySpan<InterestFactor> factors, Rounding rounding)
    {
        var (numerator, denominator) = ((Int128)0, (Int128)1);
        foreach (ref readonly var factor in factors)
        {
            if (factor.Numerator == 0)
            {
                continue;
            }

            var common = CommonDivisor(denominator, factor.Denominator);
            var wider = factor.Denominator / common;
            numerator = checked((numerator * wider) + (factor.Numerator * (denominator / common)));
            denominator = checked(denominator * wider);
            var both = CommonDivisor(denominator, numerator);
            (numerator, denominator) = (numerator / both, denominator / both);
        }

        return checked(Rounded.Divide(numerator * financed, (long)denominator, rounding));
    }

    private static Int128 CommonDivisor(Int128 one, Int128 other)
    {
        while (other != 0)
        {
            (one, other) = (other, one % other);
        }

        return one;
    }

    private static long Payable(ScheduleTerms terms, int k, long interest, ref long carried)
    {
        if (k < terms.InterestGraceRows)
        {
            carried = checked(carried + interest);
            return 0;
        }

        var payable = checked(interest + carried);
        carried = 0;
        return payable;
    }

    private static void Fees(ScheduleTerms terms, long financed, Span<ScheduleRow> rows)
    {
        var fee = Rounded.Divide((Int128)financed * terms.Fee.Ppm, Million, terms.Rounding);
        var parts = RowParts.Of(fee, rows.Length, 1, terms.PartRounding, terms.Remainder);
        var left = fee;
        for (var k = 0; k < rows.Length; k++)
        {
            var part = terms.Fee.Spread switch
            {
                FeeSpread.EachRow => fee,
                FeeSpread.TotalInParts => parts.At(k, left),
                FeeSpread.TotalFirst => k == 0 ? fee : 0,
            };
            left -= part;
            rows[k] = rows[k] with { FeeMinor = part };
        }
    }
}
