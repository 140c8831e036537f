using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>The core's commands in the oracle's neutral words. Carries values over; knows no rule.</summary>
public static class Neutral
{
    public static Fact Of(AccountCommand command) => Opening(command) ?? Purchasing(command) ?? Paying(command) ?? Housekeeping(command)
        ?? LoanNeutral.Of(command) ?? ReliefNeutral.Of(command)
        ?? throw new NotSupportedException(command.GetType().Name);

    private static Fact? Opening(AccountCommand command) => command switch
    {
        OpenAccount c => On(c, Kind.Open) with { Amount = c.Assessment.Limit.MinorUnits, Number = c.DueDay ?? 0 },
        ReopenAccount c => On(c, Kind.Reopen) with { Amount = c.Assessment.Limit.MinorUnits },
        ChangeDueDay c => On(c, Kind.ChangeDueDay) with { Number = c.DueDay },
        RequestClosing c => On(c, Kind.RequestClosing) with { Yes = c.Mode == ClosingMode.RunOff,
            Also = c.NoticeVersion != Sample.Core.Closing.NoticeVersion },
        ConfirmClosing c => On(c, Kind.ConfirmClosing) with { Yes = c.Verified, Also = c.VideoInterviewPassed },
        CancelClosing c => On(c, Kind.CancelClosing),
        ForceClosing c => On(c, Kind.ForceClosing),
        _ => null,
    };

    private static Fact? Purchasing(AccountCommand command) => command switch
    {
        AuthorisePurchase c => On(c, Kind.Authorise) with { Id = c.PurchaseId, Amount = c.Amount.MinorUnits, Scene = c.Scene,
            Checkout = LoanNeutral.Of(c.Plan) },
        PostOfflinePurchase c => On(c, Kind.Offline) with { Id = c.PurchaseId, Amount = c.Amount.MinorUnits, Scene = c.Scene },
        CapturePurchase c => On(c, Kind.Capture) with { Id = c.PurchaseId, Amount = c.Amount.MinorUnits, Yes = c.Final },
        ConfirmReceipt c => On(c, Kind.ConfirmReceipt) with { Id = c.PurchaseId },
        ReleaseHold c => On(c, Kind.Release) with { Id = c.PurchaseId },
        AnnounceRefund c => On(c, Kind.AnnounceRefund) with { Id = c.RefundId, Purchase = c.PurchaseId, Amount = c.Amount.MinorUnits },
        ReceiveRefund c => On(c, Kind.Refund) with { Id = c.RefundId, Purchase = c.PurchaseId, Amount = c.Amount.MinorUnits,
            Mode = LoanNeutral.Of(c.Mode) },
        _ => null,
    };

    private static Fact? Paying(AccountCommand command) => command switch
    {
        ReceiveRepayment c => Name(On(c, Kind.Repay) with { Id = c.RepaymentId, Amount = c.Sources.Sum(s => s.Amount.MinorUnits),
            Yes = c.By == Actor.Borrower, Mode = LoanNeutral.Of(c.Early) }, c.Named),
        SubmitPayment c => On(c, Kind.SubmitPayment) with { Id = c.RepaymentId, Amount = c.Amount.MinorUnits },
        FailPayment c => On(c, Kind.FailPayment) with { Id = c.RepaymentId },
        ReturnCreditBalance c => On(c, Kind.Payout) with { Id = c.PayoutId, Amount = c.Amount.MinorUnits },
        OpenDispute c => Name(On(c, Kind.OpenDispute) with { Id = c.DisputeId }, c.Debt),
        ResolveDispute c => On(c, Kind.ResolveDispute) with { Id = c.DisputeId, Yes = c.Outcome == DisputeOutcome.Upheld },
        WriteOffDebt c => On(c, Kind.WriteOff),
        _ => null,
    };

    private static Fact? Housekeeping(AccountCommand command) => command switch
    {
        SetLimit c => On(c, Kind.SetLimit) with { Amount = c.Total.MinorUnits, Yes = c.By == Actor.Borrower },
        GrantTemporaryLimit c => On(c, Kind.TemporaryLimit) with { Id = c.Limit.Id, Amount = c.Limit.Amount.MinorUnits,
            From = c.Limit.From, Until = c.Limit.Until },
        SetSceneLimit c => On(c, Kind.SceneLimit) with { Scene = c.Limit.Scene, Amount = c.Limit.Amount.MinorUnits },
        Restrict c => On(c, Kind.Restrict) with
        {
            Id = c.RestrictionId, Scene = c.Reason.ToString(), Until = c.Until, Yes = c.By == Actor.Borrower,
                Away = LoanNeutral.Away(c.Permissions),
        },
        LiftRestriction c => On(c, Kind.Lift) with { Id = c.RestrictionId, Yes = c.By == Actor.Borrower },
        SetLinkedService c => On(c, Kind.LinkService) with { Id = c.Service, Yes = c.Linked },
        SetAutoRepay c => On(c, Kind.AutoRepay) with { Yes = c.On },
        _ => null,
    };

    private static Fact On(AccountCommand command, Kind kind) => new(command.EffectiveOn, kind);

    private static Fact Name(Fact fact, DebtName? name) => name is null ? fact : fact with
    {
        Purchase = name.PurchaseId,
        Bill = name.BillIssuedOn,
        Loan = name.LoanId,
        Component = name.Component switch { Component.Principal => 'P', Component.Interest => 'I', Component.OverdueCharge => 'C', _ =>
            null },
    };
}
