namespace Mingzhang.Domain.Accounts;

/// <summary>The opening of a day, in this order: due days passed, statement, holds and receipts, windows, agreements, overdue
/// stages, debit due, closing.</summary>
/// <remarks>A purchase that posts on a statement day belongs to the next bill: the statement is drawn at 00:00 (product rule,
/// docs/rules/pay-later.md).</remarks>
internal static class DayRules
{
    public static void Unfold<TTrace>(Unfolding u, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        DelinquencyRules.PassDueDays(u);
        LoanDays.PassOverdue(u);
        BillingRules.PassStatementDay(u, ref trace);
        LoanDays.PassDue(u);
        LoanDays.PassRequests(u);
        PurchaseRules.PassDay(u);
        LimitRules.PassWindows(u);
        PermissionRules.PassWindows(u);
        ReliefRules.PassDay(u);
        DelinquencyRules.PassStages(u);
        BillingRules.PassAutoRepay(u);
        ClosingRules.PassConfirmation(u);
        VersionMove.PassDay(u);
        if (u.Events.Count == 0)
        {
            u.Emit(new DayPassed { EffectiveOn = u.On });
        }
    }
}
