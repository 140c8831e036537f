namespace Mingzhang.Domain.Disclosure;

/// <summary>Makes cost tables: checks that rows and items say the same, computes both rates, and holds the cap against them.</summary>
public static class CostTableMaker
{
    /// <summary>The table of an offer, or why there must be none.</summary>
    /// <example>12,000.00 in 12 with a fee of 1,056.00 → 13,056.00, 15.8643 % simple, 17.0702 % compound.</example>
    public static CostTableAnswer Make(CostOffer offer, CapTable caps)
    {
        if (Fault(offer) is { } fault)
        {
            return new CostTableFaulty(fault);
        }

        if (LoanCost.Of(offer.Principal.MinorUnits, offer.DisbursedOn, offer.Rows.AsSpan(), offer.Later.AsSpan()) is not { } rates)
        {
            return new CostTableFaulty(CostTableFault.NoRate);
        }

        return caps.Check(offer.Licence, offer.Days, offer.OfferedOn, rates) switch
        {
            WithinCap within => new CostTableMade(new CostTable(offer, rates, within.Row)),
            AboveCap above => new CostTableRefused(above),
            NoCapKnown unknown => new CostTableRefused(unknown),
        };
    }

    private static CostTableFault? Fault(CostOffer offer)
    {
        var lent = offer.Principal.MinorUnits;
        foreach (var later in offer.Later.AsSpan())
        {
            lent = later.AmountMinor > 0 && later.On >= offer.DisbursedOn ? lent - later.AmountMinor : 0;
        }

        if (lent <= 0 || offer.Rows.Count == 0)
        {
            return CostTableFault.NothingLent;
        }

        var (principal, interest, fee, last) = (0L, 0L, 0L, offer.DisbursedOn);
        foreach (var row in offer.Rows.AsSpan())
        {
            if (row.DueOn < last || long.Min(row.PrincipalMinor, long.Min(row.InterestMinor, row.FeeMinor)) < 0)
            {
                return CostTableFault.RowsOutOfOrder;
            }

            (principal, interest, fee) = checked((principal + row.PrincipalMinor, interest + row.InterestMinor, fee + row.FeeMinor));
            last = row.DueOn;
        }

        return principal != offer.Principal.MinorUnits ? CostTableFault.PrincipalDiffers
            : interest != Listed(offer, CostKind.Interest) ? CostTableFault.InterestDiffers
            : fee != checked(Listed(offer, CostKind.Fee) + Listed(offer, CostKind.ThirdPartyFee)) ? CostTableFault.FeeDiffers
            : offer.Items.Any(item => item.AmountMinor < 0 || (item.IsContingent && item.AmountMinor != 0)) ? CostTableFault.ItemAmount
            : null;
    }

    private static long Listed(CostOffer offer, CostKind kind)
    {
        var sum = 0L;
        foreach (var item in offer.Items.AsSpan())
        {
            sum = checked(sum + (item.Kind == kind ? item.AmountMinor : 0));
        }

        return sum;
    }
}

/// <summary>The answer to asking for a cost table. Closed.</summary>
public /*closed*/ abstract record CostTableAnswer
{
    private protected CostTableAnswer()
    {
    }
}

/// <summary>The table; it is within the cap of the day of the offer.</summary>
public sealed record CostTableMade(CostTable Table) : CostTableAnswer;

/// <summary>The loan must not be offered: <see cref="AboveCap"/> with its clause, or <see cref="NoCapKnown"/>.</summary>
public sealed record CostTableRefused(CapVerdict Verdict) : CostTableAnswer;

/// <summary>Rows and items contradict each other: a mistake of whoever asks, never shown to a borrower.</summary>
public sealed record CostTableFaulty(CostTableFault Fault) : CostTableAnswer;

/// <summary>What contradicts itself in an offer.</summary>
public enum CostTableFault
{
    /// <summary>The principal or a payment out is not above zero, or there are no rows.</summary>
    NothingLent,

    /// <summary>Due days do not rise from the day of paying out, or an amount is below zero.</summary>
    RowsOutOfOrder,

    /// <summary>The rows do not repay the principal exactly.</summary>
    PrincipalDiffers,

    /// <summary>The interest of the rows is not that of the items.</summary>
    InterestDiffers,

    /// <summary>The fees of the rows are not those of the items.</summary>
    FeeDiffers,

    /// <summary>An item has an amount below zero, or one that is only taken when late has an amount.</summary>
    ItemAmount,

    /// <summary>The flows have no rate.</summary>
    NoRate,

    /// <summary>The terms make no schedule of the payments out.</summary>
    NoSchedule,
}
