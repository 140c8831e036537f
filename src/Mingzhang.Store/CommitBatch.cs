namespace Mingzhang.Store;

/// <summary>Rows decided together. The store commits it in one transaction, perhaps with others, in the order they were enqueued.</summary>
public abstract class CommitBatch
{
    /// <summary>The rows in order; positions are given at commit.</summary>
    public List<JournalRow> Rows { get; } = [];

    /// <summary>The accounts touched, as they stand after the rows.</summary>
    public List<AccountHead> Heads { get; } = [];

    /// <summary>What an account remembers of the batch its last row is in; small, so that it keeps no rows alive.</summary>
    public CommitTicket Ticket { get; } = new();

    /// <summary>True once COMMIT has returned.</summary>
    public bool IsCommitted => Ticket.IsCommitted;

    /// <summary>What it builds on; null when nothing goes before it.</summary>
    public CommitLine? Line { get; init; }

    /// <summary>The line's generation it was decided in.</summary>
    public long Generation { get; init; }

    /// <summary>Rows of other nodes up to this position were known when it was decided.</summary>
    public long SeenTo { get; init; }

    /// <summary>See <see cref="INeighbours.HouseChanged"/>.</summary>
    public long Facts { get; init; }

    /// <summary>Called once, after COMMIT returned, on the thread that committed: answers the callers.</summary>
    public void Commit()
    {
        Ticket.Set();
        OnCommitted();
    }

    /// <summary>Called instead when it was not, or not surely, committed.</summary>
    public abstract void Fail(Exception why);

    /// <summary>
    /// Called instead when another node came first: nothing of it is written, and what is in it has to be decided again.
    /// </summary>
    public void Reject()
    {
        Line?.Reject(Generation);
        OnRejected();
    }

    /// <summary>Has it decided again. The default fails it.</summary>
    protected virtual void OnRejected() => Fail(new StoreException("Another node wrote to the same account first; decide again."));

    /// <summary>Answers the callers.</summary>
    protected abstract void OnCommitted();
}

/// <summary>Whether a batch is committed.</summary>
public sealed class CommitTicket
{
    private volatile bool _committed;

    /// <summary>True once COMMIT has returned.</summary>
    public bool IsCommitted => _committed;

    internal void Set() => _committed = true;
}
