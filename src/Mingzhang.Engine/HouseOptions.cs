using Mingzhang.Domain.Products;
using Mingzhang.Store;

namespace Mingzhang.Engine;

/// <summary>How a house is opened.</summary>
public sealed record HouseOptions
{
    /// <summary>The store; the house starts it and disposes it.</summary>
    public required ILedgerStore Store { get; init; }

    /// <summary>All product terms.</summary>
    public required TermsBook Terms { get; init; }

    /// <summary>Machine time, metadata only.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Threads that decide; partitions are spread over them. Default 1, which is right for SQLite; range 1 to 64.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>
    /// Commands a lane decides in one go at most. Default 256: larger ones make lane, writer and callers wait for each other in turn
    /// (docs/decisions/0012). Range 1 to 512.
    /// </summary>
    public int LargestBatch { get; init; } = 256;

    /// <summary>
    /// Accounts kept in memory over all lanes, each about 1 KB when young and 2 KB with a year behind it. Default: as many as fill a
    /// quarter of the memory the process may use at 2 KB each, at least 65,536: with 16 GB about 2 million.
    /// </summary>
    public int CachedAccounts { get; init; } = FillAQuarter();

    /// <summary>Rows of an account after which a snapshot is due. Default 64.</summary>
    public int SnapshotEvery { get; init; } = 64;

    /// <summary>Followers beside the built-in ones.</summary>
    public IReadOnlyList<Followers.IFollower> Followers { get; init; } = [];

    /// <summary>Whether the built-in followers (trial balance, webhooks) run. Default true.</summary>
    public bool BuiltInFollowers { get; init; } = true;

    private static int FillAQuarter() =>
        (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / 2_048, 65_536, 16_777_216);
}
