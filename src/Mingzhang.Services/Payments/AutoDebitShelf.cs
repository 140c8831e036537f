using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Payments;

/// <summary>The rows of automatic collections.</summary>
internal static class AutoDebitShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, account_id AS Account, subject AS Subject, loan AS Loan, due_on AS DueOn, amount AS Amount, "
        + "collected AS Collected, attempt AS Attempt, source AS Source, transfer_id AS Transfer, state AS State, next_at AS NextAt, "
        + "version AS Version, rule AS Rule, sources AS Sources FROM auto_debit ";

    private const string Waiting =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND next_at > 0 AND next_at <= @now "
        + "AND (rule = '' OR due_on <= @today) ORDER BY next_at LIMIT @most";

    private const string OfAccount =
        Columns + "WHERE partition_id = @partition AND account_id = @account ORDER BY due_on DESC, subject LIMIT @most";

    private const string Insert =
        "INSERT INTO auto_debit (partition_id, account_id, subject, loan, due_on, amount, collected, attempt, source, transfer_id, state, "
        + "next_at, version, rule, sources) VALUES (@partition, @account, @subject, @loan, @due, @amount, 0, 0, 0, '', 0, @next, 0, @rule, "
        + "@sources) "
        + "ON CONFLICT (partition_id, account_id, subject) DO NOTHING";

    private const string Update =
        "UPDATE auto_debit SET amount = @amount, collected = @collected, attempt = @attempt, source = @source, transfer_id = @transfer, "
        + "state = @state, next_at = @next, version = version + 1 WHERE partition_id = @partition AND account_id = @account "
        + "AND subject = @subject AND version = @version";

    /// <summary>Those to go on with.</summary>
    public static IReadOnlyList<AutoDebit> Due(DbConnection connection, long now, DateOnly today, int most) =>
        [.. connection.Query<Row>(Waiting, new { now, today = today.ToStored(), most }).Select(row => row.ToDebit())];

    /// <summary>The latest of an account.</summary>
    public static IReadOnlyList<AutoDebit> Of(
        DbConnection connection, AccountId account, int most, DbTransaction? transaction = null) =>
        [.. connection.Query<Row>(OfAccount, new { partition = account.PartitionId, account = account.Value, most }, transaction)
            .Select(row => row.ToDebit())];

    /// <summary>Notes one; one that is noted stays as it is, and the answer is false.</summary>
    public static bool Add(DbConnection connection, DbTransaction transaction, AutoDebit one) => connection.Execute(
        Insert,
        new
        {
            partition = one.Account.PartitionId, account = one.Account.Value, subject = one.Subject, loan = one.Loan,
            due = one.DueOn.ToStored(), amount = one.Amount, next = one.NextAt, rule = WordOf(one.Rule),
            sources = string.Join('\n', one.Sources),
        },
        transaction) == 1;

    /// <summary>Keeps a change of the row as it was read; false when another was faster.</summary>
    public static bool Put(DbConnection connection, DbTransaction transaction, AutoDebit one) => connection.Execute(
        Update,
        new
        {
            amount = one.Amount, collected = one.Collected, attempt = one.Attempt, source = one.Source, transfer = one.Transfer,
            state = (int)one.State,
            next = one.NextAt, partition = one.Account.PartitionId, account = one.Account.Value, subject = one.Subject,
            version = one.Version,
        },
        transaction) == 1;

    private static string WordOf(PlannedRule? rule) => rule?.ToString().ToLowerInvariant() ?? "";

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Account { get; init; }
        public string Subject { get; init; } = "";
        public string Loan { get; init; } = "";
        public long DueOn { get; init; }
        public long Amount { get; init; }
        public long Collected { get; init; }
        public long Attempt { get; init; }
        public long Source { get; init; }
        public string Transfer { get; init; } = "";
        public long State { get; init; }
        public long NextAt { get; init; }
        public long Version { get; init; }
        public string Rule { get; init; } = "";
        public string Sources { get; init; } = "";

        public AutoDebit ToDebit() => new()
        {
            Account = new AccountId(Account), Subject = Subject, Loan = Loan, DueOn = StoreDates.FromStored(DueOn), Amount = Amount,
            Collected = Collected, Attempt = (int)Attempt, Source = (int)Source, Transfer = Transfer, State = (AutoDebitState)State,
            NextAt = NextAt, Version = Version, Rule = Rule.Length == 0 ? null : Enum.Parse<PlannedRule>(Rule, ignoreCase: true),
            Sources = Sources.Length == 0 ? [] : Sources.Split('\n'),
        };
    }
}
