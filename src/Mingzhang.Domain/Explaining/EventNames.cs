using System.Text;

namespace Mingzhang.Domain.Explaining;

/// <summary>Names of events for people and machines.</summary>
public static class EventNames
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, string> Names = new();

    /// <summary>The stable name, such as <c>purchase-posted</c>.</summary>
    public static string Of(AccountEvent happened) => Names.GetOrAdd(happened.GetType(), static type => Kebab(type.Name));

    /// <summary>The id a person would look for: purchase, repayment, refund, limit.</summary>
    public static string? ReferenceOf(AccountEvent happened) => happened switch
    {
        PurchaseAuthorised e => e.Fact.PurchaseId,
        PurchaseCaptured e => e.Fact.PurchaseId,
        ReceiptConfirmed e => e.Fact.PurchaseId,
        OfflinePurchaseTaken e => e.Fact.PurchaseId,
        PurchasePosted e => e.PurchaseId,
        HoldReleased e => e.Fact.PurchaseId,
        HoldExpired e => e.PurchaseId,
        RefundAnnounced e => e.Fact.RefundId,
        RefundReceived e => e.Fact.RefundId,
        PaymentSubmitted e => e.Fact.RepaymentId,
        PaymentFailed e => e.Fact.RepaymentId,
        RepaymentReceived e => e.Fact.RepaymentId,
        CreditBalanceReturned e => e.Fact.PayoutId,
        TemporaryLimitGranted e => e.Fact.Limit.Id,
        TemporaryLimitExpired e => e.Limit.Id,
        DisputeOpened e => e.Fact.DisputeId,
        DisputeResolved e => e.Fact.DisputeId,
        LoanRequested e => e.Fact.LoanId,
        LoanDisbursed e => e.Fact.LoanId,
        DisbursementFailed e => e.Fact.LoanId,
        LoanRequestLapsed e => e.LoanId,
        InstalmentDue e => e.LoanId,
        LoanOverdue e => e.LoanId,
        LoanAccrualPosted e => e.LoanId,
        EarlyFeePosted e => e.LoanId,
        LoanRescheduled e => e.LoanId,
        LoanSettled e => e.LoanId,
        LoanDebitFellDue e => e.LoanId,
        PlanStarted e => e.Plan.Id,
        ReliefRequested e => e.Fact.ReliefId,
        ReliefOffered e => e.Fact.ReliefId,
        ReliefStarted e => e.Fact.ReliefId,
        DebtReplanned e => e.ReliefId,
        BillsMoved e => e.ReliefId,
        BillsReturned e => e.ReliefId,
        ReliefEnded e => e.ReliefId,
        DebtWaived e => e.Fact.WaiverId,
        StatementIssued e => $"{e.Bill.IssuedOn:yyyy-MM-dd}",
        Restricted e => e.Fact.RestrictionId,
        RestrictedByRule e => e.Restriction.Id,
        // The rest: events about the account as a whole.
        _ => null,
    };

    private static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
