using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Repayments, refunds and payouts of credit balances.</summary>
internal static class RepaymentsApi
{
    private const string Repayment = "The repayment's id, given by the caller.";
    private const string Refund = "The refund's id, given by the caller.";
    private const string OfPurchase = "The purchase it belongs to; none = a merchant's credit without one.";

    public static void Map(ApiRoutes api)
    {
        api.Account<object?, ValueList<PendingPayment>>(
            "/repayments/pending", "list-pending-payments", "Payments under way or failed.", _ => null, (account, _) =>
                account.State.PendingPayments);
        api.Account<object?, ValueList<PendingRefund>>(
            "/refunds/pending", "list-pending-refunds", "Refunds under way.", _ => null, (account, _) => account.State.PendingRefunds);
        api.Command(
            "POST", "/repayments/submissions", "submit-payment", ApiScopes.PaymentsWrite, "The customer sent a payment not yet confirmed.",
            f => new SubmitPayment(f.Id("repaymentId", Repayment), f.Money()) { EffectiveOn = f.EffectiveOn() },
            """{"repaymentId":"pay-1","amountMinor":50000}""");
        api.Command("POST", "/repayments", "receive-repayment", ApiScopes.PaymentsWrite, "A repayment arrived.", Receive,
            """{"repaymentId":"pay-1","sources":[{"source":"bank-card","amountMinor":50000}]}""");
        api.Command(
            "POST", "/repayments/{repaymentId}/failure", "fail-payment", ApiScopes.PaymentsWrite,
                "A submitted payment did not come through.",
            f => new FailPayment(f.PathId("repaymentId", Repayment), Reason(f)) { EffectiveOn = f.EffectiveOn() },
                """{"reason":"insufficient funds"}""");
        api.Command(
            "POST", "/repayments/{repaymentId}/return", "return-repayment", ApiScopes.PaymentsWrite,
            "A repayment was taken back by its bank: the account becomes as if it had never come.",
            f => new ReturnRepayment(f.PathId("repaymentId", Repayment), Reason(f)) { EffectiveOn = f.EffectiveOn() },
                """{"reason":"returned"}""");
        api.Command(
            "POST", "/refunds/announcements", "announce-refund", ApiScopes.PaymentsWrite, "A refund is under way.",
            f => new AnnounceRefund(f.Id("refundId", Refund), f.OptionalId("purchaseId", OfPurchase),
                f.Money()) { EffectiveOn = f.EffectiveOn() },
            """{"refundId":"ref-1","purchaseId":"ord-1","amountMinor":9900}""");
        api.Command(
            "POST", "/refunds", "receive-refund", ApiScopes.PaymentsWrite, "A refund arrived.",
            f => new ReceiveRefund(f.Id("refundId", Refund), f.OptionalId("purchaseId", OfPurchase), f.Money())
            {
                EffectiveOn = f.EffectiveOn(),
                Mode = f.OptionalChoice<EarlyMode>("mode", "What it does to an instalment plan: shorten, lower or credit.") ?? default,
            },
            """{"refundId":"ref-1","purchaseId":"ord-1","amountMinor":9900}""");
        api.Command(
            "POST", "/credit-balance/payouts", "return-credit-balance", ApiScopes.PaymentsWrite,
                "Pay a credit balance out to where it came from.",
            f => new ReturnCreditBalance(f.Id("payoutId", "The payout's id, given by the caller."),
                f.Money()) { EffectiveOn = f.EffectiveOn() },
            """{"payoutId":"out-1","amountMinor":1000}""");
    }

    /// <summary>A debt by name: a purchase, or a bill and perhaps one component of it.</summary>
    public static DebtName Debt(FieldReader f)
    {
        var purchase = f.OptionalId("purchaseId", "A purchase, or");
        var bill = f.OptionalDate("billIssuedOn", "a bill by its statement day.");
        var component = f.OptionalChoice<Component>("component", "With a bill: which component; default all of it.");
        var loan = f.OptionalId("loanId", "Or a loan or plan.");
        if ((purchase is null ? 0 : 1) + (bill is null ? 0 : 1) + (loan is null ? 0 : 1) != 1)
        {
            f.Add("purchaseId", field => new FieldError(
                field, "one of purchaseId, billIssuedOn and loanId", "Name one debt.", "purchaseId、billIssuedOn、loanId 三选一",
                "请指明一笔欠款。"));
        }

        return new DebtName(purchase, bill, component, loan);
    }

    private static ReceiveRepayment Receive(CommandFields f) => new(
        f.Id("repaymentId", Repayment),
        f.List("sources", "Where the money came from; their sum is the amount.", 1, 20, s => new RepaymentSource(
            s.Id("source", "Such as balance, fund or bank-card."), f.MoneyIn(s, "amountMinor", "Amount in minor units."))),
        f.Object("debt", "Debt the payer named; paid first.", false, Debt),
        f.By(Actor.Channel, free: Actor.Borrower))
    {
        EffectiveOn = f.EffectiveOn(),
        Early = f.OptionalChoice<EarlyMode>("early", "What money beyond what is due does to a loan's rows: shorten or lower.") ?? default,
    };

    private static string Reason(CommandFields f) => f.Text("reason", "Why.");
}
