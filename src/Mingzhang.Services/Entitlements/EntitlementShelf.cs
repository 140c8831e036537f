using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Services.Entitlements;

/// <summary>What was worked out of an account.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Version">The journal sequence it stands at.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Rules">The access rules it was decided with.</param>
/// <param name="At">When, microseconds since 1970 UTC.</param>
internal sealed record EntitlementGrant(AccountId Account, long Version, EntitlementFigures Figures, string Rules, long At);

/// <summary>The rows of the permission store.</summary>
internal static class EntitlementShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, account_id AS Account, wanted AS Wanted, wanted_at AS WantedAt, repaid AS Repaid, "
        + "overdue AS Overdue, granted AS Granted, "
        + "granted_at AS GrantedAt, granted_on AS GrantedOn, next_on AS NextOn, spend AS Spend, borrow AS Borrow, "
        + "total AS Total, available AS Available, posted AS Posted, due AS Due, rules AS Rules, hold AS Hold, "
        + "held_until AS HeldUntil FROM entitlement ";

    private const string One = Columns + "WHERE partition_id = @partition AND account_id = @account";

    private const string Late =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND wanted > granted AND NOT (hold = 'refresh' AND held_until > @now) "
        + "ORDER BY wanted_at LIMIT @most";

    private const string DayCame =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND next_on > 0 AND next_on <= @day AND wanted = granted LIMIT @most";

    private const string After =
        Columns + "WHERE (partition_id, account_id) > (@partition, @account) AND wanted = granted "
        + "ORDER BY partition_id, account_id LIMIT @most";

    private const string OtherRules =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND rules <> @rules AND wanted = granted LIMIT @most";

    private const string Waiting =
        "SELECT count(*) FROM entitlement WHERE partition_id BETWEEN 0 AND 1023 AND wanted > granted AND wanted_at < @before";

    private const string Grant =
        "UPDATE entitlement SET repaid = 0, granted = @version, granted_at = @now, granted_on = @on, next_on = @next, spend = @spend, "
        + "borrow = @borrow, total = @total, available = @available, posted = @posted, due = @due, rules = @rules, "
        + "wanted = CASE WHEN wanted < @version THEN @version ELSE wanted END "
        + "WHERE partition_id = @partition AND account_id = @account AND granted <= @version";

    private const string Note =
        "INSERT INTO entitlement (partition_id, account_id, wanted, wanted_at, repaid, overdue, granted, granted_at, "
        + "granted_on, next_on, spend, borrow, total, available, posted, due, rules, hold, held_until) "
        + "VALUES (@partition, @account, @sequence, @at, @repaid, @overdue, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', '', 0) "
        + "ON CONFLICT (partition_id, account_id) DO UPDATE SET wanted = excluded.wanted, "
        + "repaid = CASE WHEN excluded.repaid = 1 THEN 1 ELSE entitlement.repaid END, wanted_at = CASE WHEN entitlement.wanted > "
        + "entitlement.granted THEN entitlement.wanted_at ELSE excluded.wanted_at END WHERE entitlement.wanted < excluded.wanted "
        + "AND NOT (entitlement.hold = 'mark' AND entitlement.held_until > excluded.wanted_at)";

    private const string WasOverdue = "UPDATE entitlement SET overdue = 1 WHERE partition_id = @partition AND account_id = @account";

    private const string Stand =
        "UPDATE entitlement SET hold = @hold, held_until = @until WHERE partition_id = @partition AND account_id = @account";

    private const string CountDay =
        "INSERT INTO use_day (partition_id, day, cleared, unusable, refreshed, waited, longest) "
        + "VALUES (@partition, @day, @cleared, @unusable, @refreshed, @waited, @longest) ON CONFLICT (partition_id, day) DO UPDATE SET "
        + "cleared = use_day.cleared + excluded.cleared, unusable = use_day.unusable + excluded.unusable, "
        + "refreshed = use_day.refreshed + excluded.refreshed, waited = use_day.waited + excluded.waited, "
        + "longest = CASE WHEN excluded.longest > use_day.longest THEN excluded.longest ELSE use_day.longest END";

    private const string AllDays =
        "SELECT day AS Day, CAST(sum(cleared) AS BIGINT) AS Cleared, CAST(sum(unusable) AS BIGINT) AS Unusable, "
        + "CAST(sum(refreshed) AS BIGINT) AS Refreshed, CAST(sum(waited) AS BIGINT) AS Waited, max(longest) AS Longest FROM use_day "
        + "WHERE partition_id BETWEEN 0 AND 1023 GROUP BY day ORDER BY day DESC LIMIT @most";

    /// <summary>Of an account, or null.</summary>
    public static Entitlement? Find(DbConnection connection, AccountId account) => connection.QueryFirstOrDefault<Row>(
        One, new { partition = account.PartitionId, account = account.Value })?.ToEntitlement();

    /// <summary>Those that do not know everything they have to, longest waiting first.</summary>
    public static IReadOnlyList<Entitlement> Behind(DbConnection connection, long now, int most) =>
        Many(connection, Late, new { now, most });

    /// <summary>Those whose figures change by themselves on a day.</summary>
    public static IReadOnlyList<Entitlement> Due(DbConnection connection, DateOnly day, int most) =>
        Many(connection, DayCame, new { day = day.ToStored(), most });

    /// <summary>The next ones after an account, in order.</summary>
    public static IReadOnlyList<Entitlement> Next(DbConnection connection, AccountId after, int most) =>
        Many(connection, After, new { partition = after.Value == 0 ? -1 : after.PartitionId, account = after.Value, most });

    /// <summary>Those decided with other access rules; reads every account when there are none.</summary>
    public static IReadOnlyList<Entitlement> DecidedOtherwise(DbConnection connection, string rules, int most) =>
        Many(connection, OtherRules, new { rules, most });

    /// <summary>How many have waited since before an instant.</summary>
    public static long Stuck(DbConnection connection, long before) => connection.ExecuteScalar<long>(Waiting, new { before });

    /// <summary>Keeps what was worked out.</summary>
    public static void Put(DbConnection connection, DbTransaction transaction, IEnumerable<EntitlementGrant> grants) => ManyRows.Write(
        connection, transaction, Grant,
        [
            "@version", "@now", "@on", "@next", "@spend", "@borrow", "@total", "@available", "@posted", "@due", "@rules", "@partition",
            "@account",
        ],
        grants,
        one => [
            one.Version, one.At, one.Figures.On.ToStored(), NextOf(one.Figures), one.Figures.Spend ? 1 : 0,
            one.Figures.Borrow ? 1 : 0, one.Figures.Total, one.Figures.Available, one.Figures.Posted, one.Figures.Due, one.Rules,
            one.Account.PartitionId, one.Account.Value,
        ]);

    /// <summary>Notes which sequence the accounts' rows have to know, unless that stage was told to stand still.</summary>
    public static void Mark(DbConnection connection, DbTransaction transaction, IReadOnlyList<EntitlementMark> marks)
    {
        ManyRows.Write(
            connection, transaction, Note, ["@partition", "@account", "@sequence", "@at", "@repaid", "@overdue"], marks,
            one => [.. Of(one), one.Sequence, one.At, one.Repaid ? 1 : 0, one.Overdue ? 1 : 0]);
        ManyRows.Write(connection, transaction, WasOverdue, ["@partition", "@account"], marks.Where(one => one.Overdue), Of);
    }

    /// <summary>Lets a stage stand still (sandbox).</summary>
    public static void Hold(DbConnection connection, DbTransaction transaction, AccountId account, string hold, long until) =>
        connection.Execute(Stand, new { hold, until, partition = account.PartitionId, account = account.Value }, transaction);

    /// <summary>Counts rows that were worked out, by partition and business day.</summary>
    public static void Count(
        DbConnection connection, DbTransaction transaction, IEnumerable<(int Partition, UseDay Day)> days) => ManyRows.Write(
        connection, transaction, CountDay,
        ["@partition", "@day", "@cleared", "@unusable", "@refreshed", "@waited", "@longest"], days,
        one => [
            one.Partition, one.Day.Day.ToStored(), one.Day.Cleared, one.Day.Unusable, one.Day.Refreshed, one.Day.Waited, one.Day.Longest,
        ]);

    /// <summary>The latest days.</summary>
    public static IReadOnlyList<UseDay> Days(DbConnection connection, int most) =>
        [.. connection.Query<DayRow>(AllDays, new { most }).Select(row => new UseDay(
            StoreDates.FromStored(row.Day), row.Cleared, row.Unusable, row.Refreshed, row.Waited, row.Longest))];

    private static int NextOf(EntitlementFigures figures) => figures.NextOn == DateOnly.MaxValue ? 0 : figures.NextOn.ToStored();

    private static object[] Of(EntitlementMark mark) => [mark.Account.PartitionId, mark.Account.Value];

    private static List<Entitlement> Many(DbConnection connection, string sql, object values) =>
        [.. connection.Query<Row>(sql, values).Select(row => row.ToEntitlement())];

    private sealed record DayRow
    {
        public long Day { get; init; }
        public long Cleared { get; init; }
        public long Unusable { get; init; }
        public long Refreshed { get; init; }
        public long Waited { get; init; }
        public long Longest { get; init; }
    }

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Account { get; init; }
        public long Wanted { get; init; }
        public long WantedAt { get; init; }
        public long Repaid { get; init; }
        public long Overdue { get; init; }
        public long Granted { get; init; }
        public long GrantedAt { get; init; }
        public long GrantedOn { get; init; }
        public long NextOn { get; init; }
        public long Spend { get; init; }
        public long Borrow { get; init; }
        public long Total { get; init; }
        public long Available { get; init; }
        public long Posted { get; init; }
        public long Due { get; init; }
        public string Rules { get; init; } = "";
        public string Hold { get; init; } = "";
        public long HeldUntil { get; init; }

        public Entitlement ToEntitlement() => new()
        {
            Account = new AccountId(Account), Wanted = Wanted, WantedAt = WantedAt, Repaid = Repaid == 1, EverOverdue = Overdue == 1,
            Granted = Granted, GrantedAt = GrantedAt,
            Figures = GrantedOn == 0 ? EntitlementFigures.None : new EntitlementFigures(
                StoreDates.FromStored(GrantedOn), NextOn == 0 ? DateOnly.MaxValue : StoreDates.FromStored(NextOn), Spend == 1,
                Borrow == 1, Total, Available, Posted, Due),
            Rules = Rules, Hold = Hold, HeldUntil = HeldUntil,
        };
    }
}
