namespace Mingzhang.Bench.Capacity;

/// <summary>What was measured on two cores that ran client, house and database together; the simulation rests on nothing else.</summary>
/// <remarks>Sources are pages of bench/results. A figure taken anew is changed here and the page is written again.</remarks>
internal static class Measured
{
    /// <summary>Commands a second one house commits on PostgreSQL, two million accounts, sustained: 2026-11-22-postgres.md.</summary>
    public const double Commits = 22_000;

    /// <summary>Milliseconds from asking to the answer under that load, median: the same page.</summary>
    public const double Answer = 39;

    /// <summary>Commands a second a node takes over HTTP, PostgreSQL on the same cores: 2026-11-22-side-by-side.md.</summary>
    public const double HttpNode = 7_000;

    /// <summary>Accounts a second a day end passes on PostgreSQL, all of them with a bill: 2026-11-22-side-by-side.md.</summary>
    public const double DayEnd = 20_000;

    /// <summary>Seconds until another node leads after the leader died: docs/operations.md.</summary>
    public const double Takeover = 6;

    /// <summary>Bytes of memory for an account kept, with a year behind it, estimated: docs/operations.md.</summary>
    public const double AccountBytes = 2_000;

    /// <summary>Bytes on disk for a command, journal and indexes: docs/operations.md.</summary>
    public const double CommandBytes = 700;

    /// <summary>Accounts the sustained figure was taken with; a house is not planned larger.</summary>
    public const double AccountsOfAHouse = 2_000_000;
}
