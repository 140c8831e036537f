using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Progress.State;

/// <summary>The rows of progress management.</summary>
internal static class ProgressShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, account_id AS Account, number AS Number, route AS Route, actor AS Actor, notice AS Notice, "
        + "agreement AS Agreement, closed_on AS ClosedOn, closed_at AS ClosedAt, sequence AS Sequence, sources AS Sources, "
        + "suspended AS Suspended, "
        + "reopened_on AS ReopenedOn, reopened_sequence AS ReopenedSequence, gap AS Gap FROM progress_closure ";

    private const string OfAccount = Columns + "WHERE partition_id = @partition AND account_id = @account ORDER BY number";

    private const string NotSuspended = Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND suspended = 0 ORDER BY closed_at LIMIT @most";

    private const string Insert =
        "INSERT INTO progress_closure (partition_id, account_id, number, route, actor, notice, agreement, closed_on, closed_at, sequence, "
        + "sources, suspended, reopened_on, reopened_sequence, gap) SELECT @partition, @account, coalesce(max(number), 0) + 1, @route, "
        + "@actor, @notice, @agreement, @closedOn, @closedAt, @sequence, @sources, @suspended, 0, 0, 0 FROM progress_closure "
        + "WHERE partition_id = @partition AND account_id = @account "
        + "HAVING coalesce(sum(CASE WHEN reopened_on = 0 THEN 1 ELSE 0 END), 0) = 0";

    private const string Reopen =
        "UPDATE progress_closure SET reopened_on = @on, reopened_sequence = @sequence, gap = @gap "
        + "WHERE partition_id = @partition AND account_id = @account AND reopened_on = 0";

    private const string Suspended =
        "UPDATE progress_closure SET suspended = 1 WHERE partition_id = @partition AND account_id = @account AND number = @number";

    private const string Rule =
        "SELECT closes_itself AS ClosesItself, book_days AS BookDays FROM progress_rule "
        + "WHERE partition_id = @partition AND account_id = @account";

    private const string KeepRule =
        "INSERT INTO progress_rule (partition_id, account_id, closes_itself, book_days, changed_at) "
        + "VALUES (@partition, @account, @closes, @days, @at) ON CONFLICT (partition_id, account_id) "
        + "DO UPDATE SET closes_itself = @closes, book_days = @days, changed_at = @at";

    private const string Rules =
        "SELECT account_id AS Account, closes_itself AS ClosesItself, book_days AS BookDays FROM progress_rule "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND (closes_itself = 1 OR book_days > 0) AND account_id > @after "
        + "ORDER BY account_id LIMIT @most";

    private const string Start =
        "INSERT INTO progress_step (partition_id, account_id, step_id, notice, shown_at, ends_at) "
        + "VALUES (@partition, @account, @step, @notice, @at, @ends)";

    private const string Take =
        "DELETE FROM progress_step WHERE partition_id = @partition AND account_id = @account AND step_id = @step AND ends_at >= @now";

    private const string Clean = "DELETE FROM progress_step WHERE partition_id = @partition AND account_id = @account AND ends_at < @now";

    private const string Known =
        "SELECT count(*) FROM progress_step WHERE partition_id = @partition AND account_id = @account AND step_id = @step "
        + "AND ends_at >= @now";

    /// <summary>All closures of an account, oldest first.</summary>
    public static IReadOnlyList<ProgressClosure> Of(DbConnection connection, AccountId id) =>
        [.. connection.Query<Row>(OfAccount, Key(id)).Select(row => row.ToClosure())];

    /// <summary>Closures whose automatic repayment was not suspended in the ledger yet.</summary>
    public static IReadOnlyList<ProgressClosure> Unfinished(DbConnection connection, int most) =>
        [.. connection.Query<Row>(NotSuspended, new { most }).Select(row => row.ToClosure())];

    /// <summary>Keeps a closure; false when one lasts already.</summary>
    public static bool Close(DbConnection connection, DbTransaction transaction, ProgressClosure one) => connection.Execute(
        Insert,
        new
        {
            partition = one.Account.PartitionId, account = one.Account.Value, route = (int)one.Route, actor = one.Actor,
            notice = one.Notice, agreement = one.Agreement, closedOn = one.ClosedOn.ToStored(), closedAt = one.ClosedAt,
            sequence = one.Sequence, sources = string.Join('\n', one.Sources), suspended = one.Sources.Count == 0 ? 1 : 0,
        },
        transaction) == 1;

    /// <summary>Ends the closure that lasts; false when none does.</summary>
    public static bool Open(
        DbConnection connection, DbTransaction transaction, AccountId id, DateOnly on, long sequence, GapChoice gap) => connection.Execute(
        Reopen,
        new { partition = id.PartitionId, account = id.Value, on = on.ToStored(), sequence, gap = (int)gap }, transaction) == 1;

    /// <summary>Automatic repayment is off in the ledger.</summary>
    public static void MarkSuspended(DbConnection connection, DbTransaction transaction, ProgressClosure one) => connection.Execute(
        Suspended, new { partition = one.Account.PartitionId, account = one.Account.Value, number = one.Number }, transaction);

    /// <summary>What the customer set: whether it closes itself, and the bookkeeping's days.</summary>
    public static (bool ClosesItself, int BookDays) RuleOf(DbConnection connection, AccountId id) =>
        connection.QueryFirstOrDefault<RuleRow>(Rule, Key(id)) is { } row ? (row.ClosesItself == 1, (int)row.BookDays) : (false, 0);

    /// <summary>Keeps what the customer set.</summary>
    public static int Keep(DbConnection connection, DbTransaction transaction, AccountId id, bool closes, int days, long at) =>
        connection.Execute(
            KeepRule, new { partition = id.PartitionId, account = id.Value, closes = closes ? 1 : 0, days, at }, transaction);

    /// <summary>Accounts with a rule, by account.</summary>
    public static IReadOnlyList<(AccountId Account, bool ClosesItself, int BookDays)> RulesAfter(
        DbConnection connection, long after, int most) =>
    [
        .. connection.Query<RuleRow>(Rules, new { after, most })
            .Select(row => (new AccountId(row.Account), row.ClosesItself == 1, (int)row.BookDays)),
    ];

    /// <summary>Keeps that the impact was shown and acknowledged.</summary>
    public static int StartStep(
        DbConnection connection, DbTransaction transaction, AccountId id, string step, string notice, long at, long ends)
    {
        connection.Execute(Clean, new { partition = id.PartitionId, account = id.Value, now = at }, transaction);
        return connection.Execute(Start, new { partition = id.PartitionId, account = id.Value, step, notice, at, ends }, transaction);
    }

    /// <summary>Whether a step was begun and is not over.</summary>
    public static bool KnowsStep(DbConnection connection, AccountId id, string step, long now) =>
        connection.ExecuteScalar<long>(Known, new { partition = id.PartitionId, account = id.Value, step, now }) == 1;

    /// <summary>Uses a step up; false when there is none, or it is over.</summary>
    public static bool TakeStep(DbConnection connection, DbTransaction transaction, AccountId id, string step, long now) =>
        connection.Execute(Take, new { partition = id.PartitionId, account = id.Value, step, now }, transaction) == 1;

    private static object Key(AccountId id) => new { partition = id.PartitionId, account = id.Value };

    private sealed record RuleRow
    {
        public long Account { get; init; }
        public long ClosesItself { get; init; }
        public long BookDays { get; init; }
    }

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Account { get; init; }
        public long Number { get; init; }
        public long Route { get; init; }
        public string Actor { get; init; } = "";
        public string Notice { get; init; } = "";
        public string Agreement { get; init; } = "";
        public long ClosedOn { get; init; }
        public long ClosedAt { get; init; }
        public long Sequence { get; init; }
        public string Sources { get; init; } = "";
        public long Suspended { get; init; }
        public long ReopenedOn { get; init; }
        public long ReopenedSequence { get; init; }
        public long Gap { get; init; }

        public ProgressClosure ToClosure() => new()
        {
            Account = new AccountId(Account), Number = (int)Number, Route = (ClosingRoute)Route, Actor = Actor, Notice = Notice,
            Agreement = Agreement, ClosedOn = StoreDates.FromStored(ClosedOn), ClosedAt = ClosedAt, Sequence = Sequence,
            Sources = Sources.Length == 0 ? [] : Sources.Split('\n'), Suspended = Suspended == 1,
            ReopenedOn = ReopenedOn == 0 ? null : StoreDates.FromStored(ReopenedOn), ReopenedSequence = ReopenedSequence,
            Gap = (GapChoice)Gap,
        };
    }
}
