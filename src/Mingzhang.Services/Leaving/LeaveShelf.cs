using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Services.Leaving;

/// <summary>The rows of leaving: steps taken, cases, signals.</summary>
public sealed class LeaveShelf(CreditHouse house)
{
    /// <summary>So long an interview that was passed counts.</summary>
    public const int InterviewDays = 30;

    private const string Steps =
        "SELECT number AS Number, step AS Step, at AS At, day AS Day, mode AS Mode, reason AS Reason, tier AS Tier, channel AS Channel, "
        + "actor AS Actor, device AS Device, version AS Version, language AS Language, "
        + "text_hash AS TextHash, shown AS Shown, means AS Means "
        + "FROM closing_step WHERE partition_id = @partition AND account_id = @account ORDER BY number";

    private const string AddStepRow =
        "INSERT INTO closing_step (partition_id, account_id, number, step, at, day, mode, reason, tier, channel, actor, device, version, "
        + "language, text_hash, shown, means) SELECT @partition, @account, coalesce(max(number), 0) + 1, @Step, "
        + "@At, @day, @Mode, @Reason, @Tier, "
        + "@Channel, @Actor, @Device, @Version, @Language, @TextHash, @Shown, @Means FROM closing_step "
        + "WHERE partition_id = @partition AND account_id = @account";

    private const string CaseColumns =
        "SELECT partition_id AS Partition, account_id AS Account, number AS Number, rule AS Rule, version AS Version, detail AS Detail, "
        + "tier AS Tier, at AS At, day AS Day, state AS State, note AS Note, decided_by AS DecidedBy FROM leave_case ";

    private const string CasesOf = CaseColumns + "WHERE partition_id = @partition AND account_id = @account ORDER BY number";

    private const string CasesOfHouse =
        CaseColumns + "WHERE partition_id BETWEEN 0 AND 1023 ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, at DESC LIMIT @most";

    private const string AddCaseRow =
        "INSERT INTO leave_case (partition_id, account_id, number, rule, version, detail, tier, at, day, state, note, decided_by, "
        + "decided_at) SELECT @partition, @account, coalesce(max(number), 0) + 1, @Rule, @Version, @Detail, @Tier, @At, @day, @State, "
        + "@Note, @DecidedBy, 0 FROM leave_case WHERE partition_id = @partition AND account_id = @account";

    private const string Decide =
        "UPDATE leave_case SET state = @state, note = @note, decided_by = @by, decided_at = @at WHERE partition_id = @partition "
        + "AND account_id = @account AND number = @number AND state = 'open'";

    private const string AddSignalRow =
        "INSERT INTO leave_signal (partition_id, account_id, number, kind, at, day, detail) SELECT @partition, @account, "
        + "coalesce(max(number), 0) + 1, @Kind, @At, @day, @Detail FROM leave_signal "
        + "WHERE partition_id = @partition AND account_id = @account";

    private const string SignalsOf =
        "SELECT kind AS Kind, at AS At, day AS Day, detail AS Detail FROM leave_signal WHERE partition_id = @partition "
        + "AND account_id = @account ORDER BY number DESC";

    private const string TierCounts =
        "SELECT t.tier AS Tier, CAST(sum(t.asked) AS BIGINT) AS Asked, CAST(sum(t.confirmed) AS BIGINT) AS Confirmed, "
        + "CAST(sum(t.called_off) AS BIGINT) AS CalledOff, CAST(sum(t.stopped) AS BIGINT) AS Stopped, "
        + "CAST(sum(t.cleared) AS BIGINT) AS Cleared FROM ("
        + "SELECT tier, CASE WHEN step IN ('request', 'wish') THEN 1 ELSE 0 END AS asked, CASE WHEN step = 'confirm' THEN 1 ELSE 0 END "
        + "AS confirmed, CASE WHEN step = 'cancel' THEN 1 ELSE 0 END AS called_off, 0 AS stopped, 0 AS cleared FROM closing_step "
        + "WHERE partition_id BETWEEN 0 AND 1023 UNION ALL "
        + "SELECT tier, 0, 0, 0, CASE WHEN state = 'stopped' THEN 1 ELSE 0 END, CASE WHEN state IN ('cleared', 'interviewed') THEN 1 "
        + "ELSE 0 END FROM leave_case WHERE partition_id BETWEEN 0 AND 1023) AS t WHERE t.tier <> '' GROUP BY t.tier ORDER BY t.tier";

    private const string Requests =
        "SELECT count(*) FROM closing_step WHERE partition_id BETWEEN 0 AND 1023 AND step IN ('request', 'wish') AND at >= @since";

    private const string OfDevice =
        "SELECT DISTINCT account_id FROM closing_step WHERE partition_id BETWEEN 0 AND 1023 AND step IN ('request', 'wish') "
        + "AND at >= @since AND device = @device";

    /// <summary>What each tier of friction costs and prevents: how often closing was asked for, went through, was called off; and cases of
    /// those who were asked for it that staff stopped or cleared (R104). Names nobody.</summary>
    public IReadOnlyList<TierFigure> Tiers()
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<TierFigure>(TierCounts)];
    }

    /// <summary>Every step an account took, in order.</summary>
    public IReadOnlyList<ClosingStepTaken> StepsOf(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<StepRow>(Steps, Place(account)).Select(row => new ClosingStepTaken(
            row.Number, row.Step, row.At, StoreDates.FromStored(row.Day), row.Mode, row.Reason, row.Tier, row.Channel, row.Actor,
            row.Device, row.Version, row.Language, row.TextHash, row.Shown) { Means = row.Means })];
    }

    /// <summary>Cases of an account, oldest first.</summary>
    public IReadOnlyList<LeaveCase> Cases(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<CaseRow>(CasesOf, Place(account)).Select(row => row.ToCase())];
    }

    /// <summary>The latest cases of the house, open ones first.</summary>
    public IReadOnlyList<LeaveCase> Cases(int most)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<CaseRow>(CasesOfHouse, new { most }).Select(row => row.ToCase())];
    }

    /// <summary>Whether a case is open or was stopped, so that an interview has to come first.</summary>
    public static bool Holds(IReadOnlyList<LeaveCase> cases) => cases.Any(one => one.Tier.Length > 0 && one.State is "open" or "stopped");

    /// <summary>Whether an interview was passed lately and nothing is open.</summary>
    public static bool Interviewed(IReadOnlyList<LeaveCase> cases, DateOnly today) => !Holds(cases)
        && cases.Any(one => one.State == "interviewed" && one.Day.AddDays(InterviewDays) >= today);

    /// <summary>Signals of an account, latest first.</summary>
    public IReadOnlyList<LeaveSignal> Signals(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<SignalRow>(SignalsOf, Place(account))
            .Select(row => new LeaveSignal(row.Kind, row.At, StoreDates.FromStored(row.Day), row.Detail))];
    }

    /// <summary>Closings asked for in the house since a moment, microseconds since 1970 UTC.</summary>
    public long RequestsSince(long since)
    {
        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long>(Requests, new { since });
    }

    /// <summary>Customers whose accounts were asked to close from a device since a moment.</summary>
    public int CustomersOf(string device, long since)
    {
        using var connection = house.OpenReadOnly();
        return connection.Query<long>(OfDevice, new { since, device }).Select(id => new AccountId(id).Customer).Distinct().Count();
    }

    /// <summary>Decides an open case. False: it is not open.</summary>
    public Task<bool> DecideAsync(AccountId account, long number, string state, string note, string by, long at) =>
        house.WriteAsync((connection, transaction) => connection.Execute(
            Decide, new { partition = account.PartitionId, account = account.Value, number, state, note, by, at }, transaction) == 1);

    /// <summary>Writes a step down.</summary>
    internal static void Add(DbConnection connection, DbTransaction transaction, AccountId account, ClosingStepTaken step) =>
        connection.Execute(
            AddStepRow,
            new
            {
                partition = account.PartitionId, account = account.Value, step.Step, step.At, day = step.Day.ToStored(), step.Mode,
                step.Reason, step.Tier, step.Channel, step.Actor, step.Device, step.Version, step.Language, step.TextHash, step.Shown,
                step.Means,
            },
            transaction);

    /// <summary>Opens a case.</summary>
    internal static void Add(DbConnection connection, DbTransaction transaction, LeaveCase one) => connection.Execute(
        AddCaseRow,
        new
        {
            partition = one.Account.PartitionId, account = one.Account.Value, one.Rule, one.Version, one.Detail, one.Tier, one.At,
            day = one.Day.ToStored(), one.State, one.Note, one.DecidedBy,
        },
        transaction);

    /// <summary>Writes a signal down.</summary>
    internal static void Add(DbConnection connection, DbTransaction transaction, AccountId account, LeaveSignal signal) =>
        connection.Execute(
            AddSignalRow,
            new
            {
                partition = account.PartitionId, account = account.Value, signal.Kind, signal.At, day = signal.Day.ToStored(),
                signal.Detail,
            },
            transaction);

    private static object Place(AccountId account) => new { partition = account.PartitionId, account = account.Value };

    private sealed record SignalRow
    {
        public string Kind { get; init; } = "";
        public long At { get; init; }
        public long Day { get; init; }
        public string Detail { get; init; } = "";
    }

    private sealed record CaseRow
    {
        public long Partition { get; init; }
        public long Account { get; init; }
        public long Number { get; init; }
        public string Rule { get; init; } = "";
        public long Version { get; init; }
        public string Detail { get; init; } = "";
        public string Tier { get; init; } = "";
        public long At { get; init; }
        public long Day { get; init; }
        public string State { get; init; } = "";
        public string Note { get; init; } = "";
        public string DecidedBy { get; init; } = "";

        public LeaveCase ToCase() => new(
            new AccountId(Account), Number, Rule, (int)Version, Detail, Tier, At, StoreDates.FromStored(Day), State, Note, DecidedBy);
    }

    private sealed record StepRow
    {
        public long Number { get; init; }
        public string Step { get; init; } = "";
        public long At { get; init; }
        public long Day { get; init; }
        public string Mode { get; init; } = "";
        public string Reason { get; init; } = "";
        public string Tier { get; init; } = "";
        public string Channel { get; init; } = "";
        public string Actor { get; init; } = "";
        public string Device { get; init; } = "";
        public string Version { get; init; } = "";
        public string Language { get; init; } = "";
        public string TextHash { get; init; } = "";
        public string Shown { get; init; } = "";
        public string Means { get; init; } = "";
    }
}
