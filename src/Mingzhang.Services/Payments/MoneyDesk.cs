using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Payments;

/// <summary>Collects repayments from the customer's bank card and pays loans out to it.</summary>
public sealed class MoneyDesk(AccountReader reader, TransferDesk transfers, CardShelf? cards = null)
{
    private const string Card = "bank-card";

    /// <summary>Whether money can be moved here at all.</summary>
    public bool IsSetUp => transfers.IsSetUp;

    /// <summary>
    /// Collects a repayment. What the core would refuse is not sent (300 to 302 and the account's own), and without a bank nothing is
    /// (305).
    /// </summary>
    /// <param name="account">As it stands.</param>
    /// <param name="repayment">What shall arrive; its id names the payment, and asking again with it finds the same one.</param>
    /// <param name="key">Of the ledger's first fact.</param>
    /// <param name="actor">Who asks.</param>
    public async Task<(Transfer? Transfer, Refusal? Refusal)> CollectAsync(
        AccountState account, ReceiveRepayment repayment, string key, string actor)
    {
        if (Missing(account) is { } missing)
        {
            return (null, missing);
        }

        var id = Transfer.NameOf(account.Id, TransferPurpose.Repay, repayment.RepaymentId);
        if (transfers.Find(id) is null && await reader.TryAsync(account.Id, repayment) is Refused refused)
        {
            return (null, refused.Reason);
        }

        var amount = repayment.Sources.Sum(account.Currency, source => source.Amount);
        return await transfers.AskAsync(
            new Transfer
            {
                Id = id, Account = account.Id, Purpose = TransferPurpose.Repay, Subject = repayment.RepaymentId,
                Token = TokenOf(account)!, Source = Card, Amount = amount,
                PayFor = repayment.Named?.LoanId is { } loan ? new PayFor(loan, repayment.Early) : null,
            },
            new CommandEnvelope(
                account.Id, key, new SubmitPayment(repayment.RepaymentId, amount) { EffectiveOn = repayment.EffectiveOn }, actor),
            CancellationToken.None);
    }

    /// <summary>Asks for a loan and, when the core agrees, pays it out. Without a bank it refuses (305).</summary>
    public async Task<(Transfer? Transfer, Refusal? Refusal)> PayOutAsync(
        AccountState account, RequestLoan request, string key, string actor) => Missing(account) is { } missing
        ? (null, missing)
        : await transfers.AskAsync(
            new Transfer
            {
                Id = Transfer.NameOf(account.Id, TransferPurpose.PayOut, request.LoanId), Account = account.Id,
                Purpose = TransferPurpose.PayOut, Subject = request.LoanId, Token = TokenOf(account)!, Source = Card,
                Amount = request.Amount,
            },
            new CommandEnvelope(account.Id, key, request, actor),
            CancellationToken.None);

    private NoPaymentChannel? Missing(AccountState account) => IsSetUp && TokenOf(account) is not null ? null : new NoPaymentChannel();

    /// <summary>The card the customer chose; without any bound one, that of the account's opening.</summary>
    private string? TokenOf(AccountState account) => cards?.DefaultOf(account.Id.Customer)?.Token ?? account.Card?.Token;
}
