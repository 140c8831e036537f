namespace Mingzhang.Store;

/// <summary>A schema step of a part of the house: plain SQL, run once, in order of version.</summary>
/// <param name="Part">Whose tables: <c>core</c>, or the name of the part that registers it, such as <c>web</c>.</param>
/// <param name="Version">1 upwards within the part.</param>
/// <param name="Sql">The statements.</param>
public sealed record Migration(string Part, int Version, string Sql);

/// <summary>How a store is opened.</summary>
public sealed record StoreOptions
{
    /// <summary>
    /// The database file, beside which its <c>-wal</c>, <c>-shm</c> and <c>.lock</c> files stand; or the connection string or URL of a
    /// PostgreSQL database.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Used when the file is new: the first business date. Null: a missing file is an error.</summary>
    public HouseFacts? CreateAs { get; init; }

    /// <summary>Tables of other parts, such as users and API keys.</summary>
    public IReadOnlyList<Migration> Migrations { get; init; } = [];

    /// <summary>Gives machine time for metadata.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Rows in one transaction at most, unless one batch has more. Default 512, range 1 to 100,000.</summary>
    public int LargestTransaction { get; init; } = 512;

    /// <summary>
    /// A transaction of at most so many rows also writes index and account rows; larger ones leave them to later. Default 32.
    /// </summary>
    public int SettleAtOnceUpTo { get; init; } = 32;

    /// <summary>
    /// Rows that may wait to be settled. A restart after a crash folds the accounts of at most about twice as many, because what is settled
    /// is told by one position. More let more rows share a page of the index and of the account rows. Default 262,144.
    /// </summary>
    public int LargestBacklog { get; init; } = 262_144;

    /// <summary>How long a row waits under load until it begins to be settled, so that lists and filters are not older. Default
    /// 4 s.</summary>
    public TimeSpan SettleWithin { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Size of the write-ahead log in megabytes at which the writer checkpoints; what earlier processes left in it counts. Default 256.
    /// </summary>
    public int CheckpointMegabytes { get; init; } = 256;

    /// <summary>
    /// How long a node on PostgreSQL counts as alive after it last said so. A dead leader is followed after this time, and a node that
    /// joins others waits half of it. Default 5 s.
    /// </summary>
    public TimeSpan NodeCountsFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long connections to PostgreSQL that broke are opened again before the store stops. Callers wait meanwhile. Default 60 s.
    /// </summary>
    public TimeSpan ReconnectFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Called before each COMMIT with the number of rows; a test throws here to make commits fail.</summary>
    public Action<int>? BeforeCommit { get; init; }
}
