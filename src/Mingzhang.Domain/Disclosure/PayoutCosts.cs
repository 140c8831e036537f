namespace Mingzhang.Domain.Disclosure;

/// <summary>The cost table of a loan that goes out in several payments, made anew before each of them and held against the caps of its
/// day.</summary>
public static class PayoutCosts
{
    /// <summary>The table to be confirmed before the last of some payments out, or why there must be none.</summary>
    /// <param name="model">Product, licence, wording, and the items that may be charged; principal, days, rows and amounts are filled
    /// in.</param>
    /// <param name="terms">What the rows follow from: the same fold that books them.</param>
    /// <param name="payments">All payments out so far and the one that is asked for, which is the last day.</param>
    /// <param name="caps">The dated caps.</param>
    /// <example>3,000.00 on 2025-01-15 and 1,000.00 on 2025-04-01, three rows, fee 3.5 %: the second payment bears its fee for 14
    /// days and takes the loan above 24 %.</example>
    public static CostTableAnswer Before(CostOffer model, LoanBookTerms terms, ValueList<PaidOut> payments, CapTable caps)
    {
        if (payments.Count == 0 || LoanBook.Of(terms, payments.Map<LoanBookFact>(paid => paid)) is not LoanBooked loan)
        {
            return new CostTableFaulty(CostTableFault.NoSchedule);
        }

        var rows = loan.Rows.Map(row => new ScheduleRow(
            row.Number, row.FromOn, row.DueOn, row.Due.PrincipalMinor, row.Due.InterestMinor, row.Due.FeeMinor, row.RemainingMinor));
        var (first, last, total, interest, fee) = (DateOnly.MaxValue, DateOnly.MinValue, 0L, 0L, 0L);
        foreach (var paid in payments.AsSpan())
        {
            (first, last) = (paid.On < first ? paid.On : first, paid.On > last ? paid.On : last);
            total = checked(total + paid.AmountMinor);
        }

        foreach (var row in rows.AsSpan())
        {
            (interest, fee) = checked((interest + row.InterestMinor, fee + row.FeeMinor));
        }

        return CostTableMaker.Make(model with
        {
            OfferedOn = last, DisbursedOn = first, Principal = Money.Of(total, model.Principal.Currency), Rows = rows,
            Later = payments.Where(paid => paid.On > first).Map(paid => new DatedFlow(paid.On, paid.AmountMinor)),
            Items = model.Items.Map(item => item.Kind switch
            {
                CostKind.Interest => item with { AmountMinor = interest },
                CostKind.Fee => item with { AmountMinor = fee },
                CostKind.ThirdPartyFee or CostKind.MerchantBorne or CostKind.LateCharge or CostKind.EarlyFee => item,
            }),
        }, caps);
    }
}
