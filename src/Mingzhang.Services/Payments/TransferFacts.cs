using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Payments;

/// <summary>What the ledger is told of a transfer.</summary>
internal static class TransferFacts
{
    /// <summary>
    /// The facts of how it ended, in order, each with the word of its key. They follow from the row alone, so that telling them again is
    /// telling the same.
    /// </summary>
    public static IEnumerable<(string What, AccountCommand Fact)> Of(Transfer transfer)
    {
        var known = transfer.KnownOn ?? transfer.AskedOn;
        var on = transfer.MovedOn ?? known;
        if (transfer.Purpose == TransferPurpose.PayOut)
        {
            yield return transfer.State == TransferState.Done
                ? ("done", new ConfirmDisbursement(transfer.Subject, transfer.Reference) { EffectiveOn = on })
                : ("failed", new FailDisbursement(transfer.Subject, transfer.Reason) { EffectiveOn = known });
            yield break;
        }

        if (transfer.Purpose == TransferPurpose.PayBack)
        {
            // The ledger has paid it out already; what did not reach the customer has come in again.
            if (transfer.State != TransferState.Done)
            {
                yield return ("failed", Back(transfer, known));
            }

            yield break;
        }

        if (transfer.State == TransferState.Failed)
        {
            yield return ("failed", new FailPayment(transfer.Subject, transfer.Reason) { EffectiveOn = known });
            yield break;
        }

        yield return ("done", Received(transfer, on));
        if (transfer.State == TransferState.Returned)
        {
            yield return ("returned", new ReturnRepayment(transfer.Subject, transfer.Reason) { EffectiveOn = known });

            // Without the repayment the payment that was sent is under way again; it has failed.
            yield return ("unsent", new FailPayment(transfer.Subject, transfer.Reason) { EffectiveOn = known });
        }
    }

    private static ReceiveRepayment Back(Transfer transfer, DateOnly on) => new(
        transfer.Subject + "-back", [new RepaymentSource("payout-failed", transfer.Amount)], null, Actor.Channel) { EffectiveOn = on };

    private static ReceiveRepayment Received(Transfer transfer, DateOnly on) => new(
        transfer.Subject,
        [new RepaymentSource(transfer.Source, Money.Of(transfer.Moved, transfer.Amount.Currency))],
        transfer.PayFor is { } debt ? new DebtName(null, null, null, debt.LoanId) : null,
        Actor.Channel)
    {
        EffectiveOn = on,
        Early = transfer.PayFor?.Early ?? default,
    };
}
