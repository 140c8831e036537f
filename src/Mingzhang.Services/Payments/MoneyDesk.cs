using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Payments;

/// <summary>Collects repayments from the customer's bank card and pays loans out to it.</summary>
/// <param name="reader">Asks the core beforehand.</param>
/// <param name="transfers">Moves the money.</param>
/// <param name="chosen">The token of the card a person chose; null without one.</param>
public sealed class MoneyDesk(AccountReader reader, TransferDesk transfers, Func<CustomerId, string?>? chosen = null)
{
    /// <summary>The source of a repayment that somebody else paid.</summary>
    public const string OtherPerson = "other-person";

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
    public Task<(Transfer? Transfer, Refusal? Refusal)> CollectAsync(
        AccountState account, ReceiveRepayment repayment, string key, string actor) =>
        CollectAsync(account, repayment, IsSetUp ? TokenOf(account) : null, Card, key, actor);

    /// <summary>Asks for a loan and, when the core agrees, pays it out. Without a bank it refuses (305).</summary>
    public Task<(Transfer? Transfer, Refusal? Refusal)> PayOutAsync(
        AccountState account, RequestLoan request, string key, string actor) =>
        PayAsync(account, TransferPurpose.PayOut, request.LoanId, request.Amount, request, key, actor);

    /// <summary>Pays a credit balance, or a part of it, back to the customer's bank card. What does not reach the customer comes in
    /// again. Without a bank it refuses (305); the account's own refusals besides.</summary>
    public Task<(Transfer? Transfer, Refusal? Refusal)> PayBackAsync(
        AccountState account, ReturnCreditBalance payout, string key, string actor) =>
        PayAsync(account, TransferPurpose.PayBack, payout.PayoutId, payout.Amount, payout, key, actor);

    /// <summary>Collects a repayment of one customer's account from another person's bank card, who has confirmed it.</summary>
    public Task<(Transfer? Transfer, Refusal? Refusal)> CollectFromAsync(
        AccountState account, CustomerId payer, ReceiveRepayment repayment, string key, string actor) =>
        CollectAsync(account, repayment, IsSetUp ? chosen?.Invoke(payer) : null, OtherPerson, key, actor);

    private async Task<(Transfer? Transfer, Refusal? Refusal)> CollectAsync(
        AccountState account, ReceiveRepayment repayment, string? token, string source, string key, string actor)
    {
        if (token is null)
        {
            return (null, new NoPaymentChannel());
        }

        var id = Transfer.NameOf(account.Id, TransferPurpose.Repay, repayment.RepaymentId);
        if (transfers.Find(id) is null && await reader.TryAsync(account.Id, repayment) is Refused refused)
        {
            return (null, refused.Reason);
        }

        var amount = repayment.Sources.Sum(account.Currency, one => one.Amount);
        return await transfers.AskAsync(
            new Transfer
            {
                Id = id, Account = account.Id, Purpose = TransferPurpose.Repay, Subject = repayment.RepaymentId, Token = token,
                Source = source, Amount = amount,
                PayFor = repayment.Named?.LoanId is { } loan ? new PayFor(loan, repayment.Early) : null,
            },
            new CommandEnvelope(
                account.Id, key, new SubmitPayment(repayment.RepaymentId, amount) { EffectiveOn = repayment.EffectiveOn }, actor),
            CancellationToken.None);
    }

    /// <summary>Money to the customer: the ledger's fact first, then the bank.</summary>
    private async Task<(Transfer? Transfer, Refusal? Refusal)> PayAsync(
        AccountState account, TransferPurpose purpose, string subject, Money amount, AccountCommand fact, string key, string actor) =>
        !IsSetUp || TokenOf(account) is not { } token
            ? (null, new NoPaymentChannel())
            : await transfers.AskAsync(
                new Transfer
                {
                    Id = Transfer.NameOf(account.Id, purpose, subject), Account = account.Id, Purpose = purpose, Subject = subject,
                    Token = token, Source = Card, Amount = amount,
                },
                new CommandEnvelope(account.Id, key, fact, actor),
                CancellationToken.None);

    /// <summary>The card the customer chose; without any bound one, that of the account's opening.</summary>
    private string? TokenOf(AccountState account) => chosen?.Invoke(account.Id.Customer) ?? account.Card?.Token;
}
