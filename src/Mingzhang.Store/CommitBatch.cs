namespace Mingzhang.Store;

/// <summary>Rows decided together. The store commits it in one transaction, perhaps with others, in the order they were enqueued.</summary>
public abstract class CommitBatch
{
    private volatile bool _committed;

    /// <summary>The rows in order; positions are given at commit.</summary>
    public List<JournalRow> Rows { get; } = [];

    /// <summary>The accounts touched, as they stand after the rows.</summary>
    public List<AccountHead> Heads { get; } = [];

    /// <summary>True once COMMIT has returned.</summary>
    public bool IsCommitted => _committed;

    /// <summary>Called once, after COMMIT returned, on the writer's thread: answers the callers.</summary>
    public void Commit()
    {
        _committed = true;
        OnCommitted();
    }

    /// <summary>Called instead when it was not, or not surely, committed.</summary>
    public abstract void Fail(Exception why);

    /// <summary>Answers the callers.</summary>
    protected abstract void OnCommitted();
}
