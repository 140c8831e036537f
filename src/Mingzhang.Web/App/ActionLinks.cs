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

    /// <summary>The page that solves a blocker: of a loan, a plan, a ticket or a transfer its own.</summary>
    public static string Of(ClosingBlocker blocker) => blocker switch
    {
        { Code: BlockerCode.DisputeOpen, Detail: ['t', 'i', 'c', 'k', 'e', 't', ':', .. var ticket] } => "/app/help/tickets/" + ticket,
        { Detail: ['t', 'r', 'a', 'n', 's', 'f', 'e', 'r', ':', .. var transfer] } =>
            "/app/payments/" + Uri.EscapeDataString(transfer),
        { Code: BlockerCode.LoanOpen or BlockerCode.Instalment, Detail: { } loan } => "/app/loans/" + Uri.EscapeDataString(loan),
        _ => Of(blocker.Code),
    };

    /// <summary>The name of a blocker in the rules: <c>K01_UNPAID_BILL</c>.</summary>
    public static string NameOf(BlockerCode code) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"K{(int)code:00}_{System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString())}");

    /// <summary>The page that solves a blocker.</summary>
    public static string Of(BlockerCode code) => code switch
    {
        BlockerCode.LoanOpen or BlockerCode.Instalment => "/app/loans",
        BlockerCode.UnpaidBill or BlockerCode.Unbilled or BlockerCode.OverdueCollection => "/app/pay",
        BlockerCode.InTransit or BlockerCode.RefundPending or BlockerCode.DisputeOpen => "/app/activity",
        BlockerCode.RepaymentPending => "/app/payments",
        BlockerCode.Deferral => "/app/help",
        BlockerCode.LinkedService => "/app/settings#linked",
        BlockerCode.AlreadyClosing or BlockerCode.SystemBusy => "/app/close",
        BlockerCode.VerifyFailed => "/app/security",
        _ => "/app/help/tickets/new?kind=closing-help&about=account",
    };
}
