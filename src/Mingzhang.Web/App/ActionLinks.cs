using Mingzhang.Domain.Closing;

namespace Mingzhang.Web.App;

/// <summary>Where a reason or a blocker is solved.</summary>
public static class ActionLinks
{
    /// <summary>The page of a next action.</summary>
    public static string Of(string action) => action switch
    {
        "pay" => "/app/pay",
        "lift" => "/app/settings#pause",
        "contact" or "ticket" => "/app/help/tickets/new?kind=technical-fault&about=use",
        "consent" or "verify" or "update-id" => "/app/messages",
        "wait" => "/app/limit",
        "loans" => "/app/loans",
        "reopen" => "/app/close",
        _ => "/app/use",
    };

    /// <summary>The page that solves a blocker: of a loan or plan its own.</summary>
    public static string Of(ClosingBlocker blocker) =>
        blocker is { Code: BlockerCode.LoanOpen or BlockerCode.Instalment, Detail: { } loan }
            ? "/app/loans/" + Uri.EscapeDataString(loan)
            : Of(blocker.Code);

    /// <summary>The page that solves a blocker.</summary>
    public static string Of(BlockerCode code) => code switch
    {
        BlockerCode.LoanOpen or BlockerCode.Instalment => "/app/loans",
        BlockerCode.UnpaidBill or BlockerCode.Unbilled or BlockerCode.OverdueCollection => "/app/pay",
        BlockerCode.InTransit or BlockerCode.RefundPending or BlockerCode.RepaymentPending => "/app/activity",
        BlockerCode.LinkedService => "/app/settings#linked",
        BlockerCode.AlreadyClosing => "/app/close",
        _ => "/app/messages",
    };
}
