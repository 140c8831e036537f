using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Services.Payments;

/// <summary>Requests to pay for a borrower: made by the borrower, paid by somebody else from their own bank card, once.</summary>
public sealed class PayRequestDesk(CreditHouse house, MoneyDesk money, TransferDesk transfers)
{
    private const string Columns =
        "SELECT partition_id AS Partition, account_id AS Account, code_hash AS CodeHash, amount AS Amount, note AS Note, "
        + "made_on AS MadeOn, ends_on AS EndsOn, state AS State, transfer_id AS TransferId FROM pay_request ";

    private const string One = Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND code_hash = @hash";

    private const string OfAccount =
        Columns + "WHERE partition_id = @partition AND account_id = @account ORDER BY made_on DESC, code_hash LIMIT @most";

    private const string Insert =
        "INSERT INTO pay_request (partition_id, account_id, code_hash, amount, note, made_on, ends_on, state, transfer_id) VALUES "
        + "(@partition, @account, @hash, @amount, @note, @made, @ends, 'open', '')";

    private const string Change =
        "UPDATE pay_request SET state = @state, transfer_id = @transfer WHERE partition_id = @partition AND code_hash = @hash "
        + "AND state = 'open'";

    /// <summary>Makes one; the code for the link, which is told only now.</summary>
    public async Task<string> MakeAsync(AccountId account, long minor, string note)
    {
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var today = house.BusinessDateOf(account);
        await house.WriteAsync((connection, transaction) => connection.Execute(
            Insert,
            new
            {
                partition = account.PartitionId, account = account.Value, hash = PayRequest.HashOf(code), amount = minor, note,
                made = today.ToStored(), ends = today.AddDays(PayRequest.DaysGood).ToStored(),
            },
            transaction));
        return code;
    }

    /// <summary>The request behind a code while it can be paid, or null.</summary>
    public PayRequest? Find(string code)
    {
        using var connection = house.OpenReadOnly();
        return Open(connection.QueryFirstOrDefault<Row>(One, new { hash = PayRequest.HashOf(code) })?.ToRequest());
    }

    /// <summary>The latest of an account.</summary>
    public IReadOnlyList<PayRequest> Of(AccountId account, int most)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<Row>(OfAccount, new { partition = account.PartitionId, account = account.Value, most })
            .Select(row => row.ToRequest()).Select(Known)];
    }

    /// <summary>Withdraws one. Refused (308) when it is not open.</summary>
    public async Task<Refusal?> WithdrawAsync(AccountId account, string hash) =>
        Of(account, int.MaxValue).FirstOrDefault(one => one.CodeHash == hash) is { } one
        && await PutAsync(one with { State = "withdrawn" }) ? null : new PayRequestOver();

    /// <summary>
    /// Somebody pays it from their own card. Refused when it is over (308), while a payment for it is under way, without a bank or card
    /// (305), and when the debt is smaller by now (the account's own).
    /// </summary>
    public async Task<(Transfer? Transfer, Refusal? Refusal)> PayAsync(string code, CustomerId payer)
    {
        if (Find(code) is not { } request || await house.ReadAsync(request.Account) is not { } account)
        {
            return (null, new PayRequestOver());
        }

        // One payment for one request and payer: a second click finds the first, a failed one makes room for the next.
        var turn = transfers.Find(request.TransferId) is { State: TransferState.Failed or TransferState.Refused } failed ? failed.Id : "";
        var id = string.Create(CultureInfo.InvariantCulture, $"for-{PayRequest.HashOf(request.CodeHash + turn)[..24]}");
        var repayment = new ReceiveRepayment(
            id, [new RepaymentSource(MoneyDesk.OtherPerson, Money.Of(request.Amount, account.Currency))], null, Actor.Borrower)
        {
            EffectiveOn = house.BusinessDateOf(account.Id),
        };
        var (transfer, refusal) = await money.CollectFromAsync(
            account, payer, repayment, id, string.Create(CultureInfo.InvariantCulture, $"customer:{payer.Value}"));
        if (transfer is not null)
        {
            await PutAsync(request with { State = transfer.State == TransferState.Done ? "paid" : "open", TransferId = transfer.Id });
        }

        return (transfer, refusal);
    }

    private Task<bool> PutAsync(PayRequest one) => house.WriteAsync((connection, transaction) => connection.Execute(
        Change,
        new { state = one.State, transfer = one.TransferId, partition = one.Account.PartitionId, hash = one.CodeHash }, transaction) == 1);

    private PayRequest Known(PayRequest one) =>
        one is { State: "open", TransferId.Length: > 0 } && transfers.Find(one.TransferId) is { State: TransferState.Done }
            ? one with { State = "paid" } : one;

    private PayRequest? Open(PayRequest? one)
    {
        if (one is not { State: "open" } || house.BusinessDateOf(one.Account) > one.EndsOn)
        {
            return null;
        }

        // A payment under way, or one that came through after it was asked about, is not paid again.
        return one.TransferId.Length == 0 || transfers.Find(one.TransferId) is { State: TransferState.Failed or TransferState.Refused }
            ? one : null;
    }

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Account { get; init; }
        public string CodeHash { get; init; } = "";
        public long Amount { get; init; }
        public string Note { get; init; } = "";
        public long MadeOn { get; init; }
        public long EndsOn { get; init; }
        public string State { get; init; } = "";
        public string TransferId { get; init; } = "";

        public PayRequest ToRequest() => new()
        {
            Account = new AccountId(Account), CodeHash = CodeHash, Amount = Amount, Note = Note, MadeOn = StoreDates.FromStored(MadeOn),
            EndsOn = StoreDates.FromStored(EndsOn), State = State, TransferId = TransferId,
        };
    }
}
