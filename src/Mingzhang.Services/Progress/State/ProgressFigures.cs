using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Services.Progress.State;

/// <summary>A month of progress management in the house (R035).</summary>
/// <param name="Month">Its first day.</param>
/// <param name="ClosedBySelf">Closed by customers.</param>
/// <param name="ClosedByAgent">Closed by agents for callers.</param>
/// <param name="ClosedByRule">Closed by customers' own rules.</param>
/// <param name="Reopened">Opened again.</param>
/// <param name="StepsBegun">How often what closing changes was read and acknowledged.</param>
/// <param name="StepsTaken">How often the second step followed.</param>
public sealed record ProgressMonth(
    DateOnly Month, int ClosedBySelf, int ClosedByAgent, int ClosedByRule, int Reopened, int StepsBegun, int StepsTaken)
{
    /// <summary>How often the way was left between the two steps.</summary>
    public int StepsLeft => Math.Max(0, StepsBegun - StepsTaken);
}

/// <summary>Figures of the house: how many open, close and open again, by month and route.</summary>
/// <param name="ClosedNow">Accounts it is closed for now.</param>
/// <param name="Accounts">Accounts that are not closed themselves.</param>
/// <param name="Months">Oldest first.</param>
public sealed record ProgressRates(long ClosedNow, long Accounts, IReadOnlyList<ProgressMonth> Months);

/// <summary>Counts how progress management is closed and opened. Names nobody.</summary>
public sealed class ProgressFigures(CreditHouse house)
{
    private const string Closures =
        "SELECT closed_on AS ClosedOn, reopened_on AS ReopenedOn, route AS Route FROM progress_closure "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND (closed_on >= @since OR reopened_on >= @since)";

    private const string Tallies =
        "SELECT month AS Month, what AS What, CAST(sum(times) AS BIGINT) AS Times FROM progress_tally "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND month >= @since GROUP BY month, what";

    private const string Lasting =
        "SELECT count(*) FROM progress_closure WHERE partition_id BETWEEN 0 AND 1023 AND reopened_on = 0";

    private const string Living =
        "SELECT count(*) FROM account WHERE partition_id BETWEEN 0 AND 1023 AND status IN ('active', 'closing')";

    private const string Count =
        "INSERT INTO progress_tally (partition_id, month, what, times) VALUES (@partition, @month, @what, 1) "
        + "ON CONFLICT (partition_id, month, what) DO UPDATE SET times = progress_tally.times + 1";

    /// <summary>The last so many months, 1 to 24.</summary>
    public ProgressRates Of(int months)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(months, 24);
        var first = MonthOf(house.BusinessDate).AddMonths(1 - months);
        using var connection = house.OpenReadOnly();
        var closures = connection.Query<Row>(Closures, new { since = first.ToStored() })
            .Select(row => (Closed: StoreDates.FromStored(row.ClosedOn), Reopened: row.ReopenedOn == 0 ? (DateOnly?)null
                : StoreDates.FromStored(row.ReopenedOn), Route: (ClosingRoute)row.Route)).ToList();
        var tallies = connection.Query<Tally>(Tallies, new { since = first.ToStored() }).ToList();
        return new ProgressRates(
            connection.ExecuteScalar<long>(Lasting), connection.ExecuteScalar<long>(Living),
            [
                .. Enumerable.Range(0, months).Select(first.AddMonths).Select(month => new ProgressMonth(
                    month, Routed(ClosingRoute.Self, month), Routed(ClosingRoute.Agent, month), Routed(ClosingRoute.Automatic, month),
                    closures.Count(one => one.Reopened is { } on && MonthOf(on) == month), Times("begun", month), Times("taken", month))),
            ]);

        int Routed(ClosingRoute route, DateOnly month) => closures.Count(one => one.Route == route && MonthOf(one.Closed) == month);

        int Times(string what, DateOnly month) =>
            (int)(tallies.Find(one => one.What == what && one.Month == month.ToStored())?.Times ?? 0);
    }

    /// <summary>Counts a step: begun or taken.</summary>
    internal static int Add(DbConnection connection, DbTransaction transaction, AccountId account, DateOnly today, string what) =>
        connection.Execute(Count, new { partition = account.PartitionId, month = MonthOf(today).ToStored(), what }, transaction);

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    private sealed record Row
    {
        public long ClosedOn { get; init; }
        public long ReopenedOn { get; init; }
        public long Route { get; init; }
    }

    private sealed record Tally
    {
        public long Month { get; init; }
        public string What { get; init; } = "";
        public long Times { get; init; }
    }
}
