using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Api;

/// <summary>The figures of an account on a day, in minor units of its currency.</summary>
internal sealed record Figures
{
    /// <summary>The day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>not-opened, active, closing, closed.</summary>
    public required string Lifecycle { get; init; }

    /// <summary>Currency of every amount.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Total limit.</summary>
    public required long TotalLimitMinor { get; init; }

    /// <summary>Available limit of the general pool; may be negative.</summary>
    public required long AvailableMinor { get; init; }

    /// <summary>Unpaid posted items less the credit balance.</summary>
    public required long PostedBalanceMinor { get; init; }

    /// <summary>Interest grown, not posted.</summary>
    public required long AccruedInterestMinor { get; init; }

    /// <summary>Overdue charge grown, not posted.</summary>
    public required long AccruedChargeMinor { get; init; }

    /// <summary>Unpaid items and what accrued.</summary>
    public required long TotalDebtMinor { get; init; }

    /// <summary>Money the house owes the customer.</summary>
    public required long CreditBalanceMinor { get; init; }

    /// <summary>What is missing to the latest bill's minimum payment.</summary>
    public required long MinimumDueMinor { get; init; }

    /// <summary>Due day of the latest bill.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Days past due; 0 = none.</summary>
    public required int DaysPastDue { get; init; }

    /// <summary>Permissions that are away, and why.</summary>
    public required ValueList<Restriction> Restrictions { get; init; }

    /// <summary>The figures of a state.</summary>
    public static Figures Of(AccountState state, ProductTerms terms, DateOnly on) => new()
    {
        On = on,
        Lifecycle = LifecycleOf(state.Lifecycle),
        Currency = state.Currency,
        TotalLimitMinor = state.TotalLimit.MinorUnits,
        AvailableMinor = state.Available(on, null).MinorUnits,
        PostedBalanceMinor = state.PostedBalance().MinorUnits,
        AccruedInterestMinor = state.AccruedInterest(terms, on).MinorUnits,
        AccruedChargeMinor = state.AccruedCharge(terms, on).MinorUnits,
        TotalDebtMinor = state.TotalDebt(terms, on).MinorUnits,
        CreditBalanceMinor = state.CreditBalance.MinorUnits,
        MinimumDueMinor = state.LatestBill()?.Shortfall.MinorUnits ?? 0,
        DueOn = state.LatestBill()?.DueOn,
        DaysPastDue = state.DaysPastDue(on),
        Restrictions = state.Restrictions,
    };

    private static string LifecycleOf(Lifecycle lifecycle) => lifecycle switch
    {
        NotOpened => "not-opened",
        Active => "active",
        ClosingDown => "closing",
        Closed => "closed",
        _ => throw new BrokenInvariantException("a lifecycle without a word"),
    };
}

/// <summary>The answer to a command.</summary>
/// <param name="Account">The account.</param>
/// <param name="Trial">True: nothing was booked; this is what would follow.</param>
/// <param name="Sequence">Journal sequence; 0 in a trial.</param>
/// <param name="BookedOn">Business date.</param>
/// <param name="Events">What happened, as it stands in the journal.</param>
/// <param name="Figures">The account's figures just after it.</param>
internal sealed record CommandAnswer(AccountId Account, bool Trial, long Sequence, DateOnly BookedOn, RawJson Events, Figures Figures)
{
    /// <summary>In a trial of a late fact, a withdrawal or a replacement: everything it would change. Else absent.</summary>
    public CorrectionPreview? Correction { get; init; }
}
