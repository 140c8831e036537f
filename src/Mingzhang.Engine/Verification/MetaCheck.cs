using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Engine.Verification;

/// <summary>Holds the tables about the house itself against each other and against the journal's end.</summary>
internal sealed class MetaCheck(DbConnection connection, Findings findings)
{
    private const string Forks =
        "SELECT partition_id AS Partition, account_id AS Account, origin_id AS Origin, business_date AS Date FROM fork_clock "
        + "WHERE partition_id IS NOT NULL";

    private const string House = "SELECT next_fork AS NextFork, recorded_at AS RecordedAt FROM house WHERE id = 1";
    private const string Versions = "SELECT part AS Part, version AS Version, applied_at AS AppliedAt FROM schema_version";
    private const string Webhooks = "SELECT id AS Id, url AS Url, since AS Since, active AS Active FROM webhook";
    private const string Strays =
        "SELECT (SELECT count(*) FROM outbox WHERE partition_id NOT BETWEEN 0 AND 1023) "
        + "+ (SELECT count(*) FROM ledger_day WHERE partition_id NOT BETWEEN 0 AND 1023)";

    private static readonly DateTimeOffset First = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Names what does not fit; returns the clocks and origins of forks.</summary>
    public Dictionary<AccountId, (DateOnly Date, AccountId Origin)> Compare(bool sandbox, long lastPosition)
    {
        var forks = new Dictionary<AccountId, (DateOnly, AccountId)>();
        foreach (var fork in connection.Query<(long Partition, long Account, long Origin, long Date)>(Forks))
        {
            var account = new AccountId(fork.Account);
            var placed = BusinessClock.IsFork(account) && account.PartitionId == fork.Partition;
            Must(placed, "fork_clock", $"{fork.Account} is no fork's number");
            forks[account] = (StoreDates.FromStored(fork.Date), new AccountId(fork.Origin));
        }

        var (next, recorded) = connection.QuerySingle<(long, long)>(House);
        Must(next == forks.Count, "house", $"it has given {next} numbers to forks, but there are {forks.Count}");
        Must(IsTime(recorded / 1000), "house", "the time it was made lies outside of 2020 to 2200");
        foreach (var part in connection.Query<(string Part, long Version, long AppliedAt)>(Versions).GroupBy(step => step.Part))
        {
            Must(
                part.Select(step => step.Version).Order().SequenceEqual(Enumerable.Range(1, part.Count()).Select(v => (long)v)),
                "schema_version", $"the steps of part {part.Key} are not 1 to {part.Count()}");
            Must(part.All(step => IsTime(step.AppliedAt)), "schema_version", $"a step of part {part.Key} lies outside of 2020 to 2200");
        }

        foreach (var hook in connection.Query<(string Id, string Url, long Since, long Active)>(Webhooks))
        {
            var sound = Uri.TryCreate(hook.Url, UriKind.Absolute, out var url) && WebhookDeliverer.Fault(url, sandbox) is null
                && hook.Active is 0 or 1 && hook.Since >= 0 && hook.Since <= lastPosition;
            Must(sound, "webhook", $"endpoint {hook.Id} has an address, a start or a state that cannot be");
        }

        Must(connection.ExecuteScalar<long>(Strays) == 0, "outbox", "a row of outbox or ledger_day stands in no partition");
        return forks;
    }

    private static bool IsTime(long milliseconds) =>
        milliseconds >= First.ToUnixTimeMilliseconds() && milliseconds < Last.ToUnixTimeMilliseconds();

    private void Must(bool holds, string table, string what)
    {
        if (!holds)
        {
            findings.Add(new Difference(table, null, null, null, what));
        }
    }
}
