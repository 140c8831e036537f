using System.Data.Common;

namespace Mingzhang.Store.Writing;

/// <summary>A database's side of the one writer; for the thread that has the writer's turn.</summary>
internal interface IWriterSession : IDisposable
{
    /// <summary>The connection that writes, for the tables of other parts.</summary>
    DbConnection Connection { get; }

    /// <summary>Writes everything in one transaction and returns after COMMIT has; any exception leaves its outcome unknown.</summary>
    void Commit(in WriterTransaction transaction);

    /// <summary>Whether an error of another part's write comes from the storage, so that the store must stop.</summary>
    bool IsStorageFault(Exception cause);

    /// <summary>After each round of work: what the database needs done now and then.</summary>
    void Tidy();

    /// <summary>Overwrites what was deleted; false when a reader is in the way at present.</summary>
    bool Scrub();

    /// <summary>After the last transaction of a store that did not fail.</summary>
    void Close();
}

/// <summary>What the writer commits at once.</summary>
/// <param name="Group">Batches whose rows have their positions.</param>
/// <param name="Rows">Rows in them.</param>
/// <param name="Portion">Index and account rows to write with them, or null.</param>
/// <param name="LastPosition">The last position after it.</param>
/// <param name="Recovering">Whether some index rows of the portion may stand already.</param>
internal readonly record struct WriterTransaction(
    IReadOnlyList<CommitBatch> Group, int Rows, Backlog.Portion? Portion, long LastPosition, bool Recovering);
