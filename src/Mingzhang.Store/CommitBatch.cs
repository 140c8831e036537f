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

    /// <summary>Called once, after COMMIT returned, on the thread that committed: answers the callers.</summary>
    public void Commit()
    {
        Ticket.Set();
        OnCommitted();
    }

    /// <summary>Called instead when it was not, or not surely, committed.</summary>
    public abstract void Fail(Exception why);

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
