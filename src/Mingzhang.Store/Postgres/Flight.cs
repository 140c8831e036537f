namespace Mingzhang.Store.Postgres;

/// <summary>One transaction on its way: sent while the one before it is still being written, told in order.</summary>
/// <param name="number">1 upwards; the order in which flights are told.</param>
/// <param name="stamp">What the head gets.</param>
/// <param name="before">The head it expects.</param>
internal sealed class Flight(long number, long stamp, JournalHead before)
{
    /// <summary>Its place in the order.</summary>
    public long Number { get; } = number;

    /// <summary>The head it expects.</summary>
    public JournalHead Before { get; private set; } = before;

    /// <summary>The head after it.</summary>
    public JournalHead After => Rows == 0 ? Before : Before with { Position = Before.Position + Rows, Stamp = stamp };

    /// <summary>Batches to write.</summary>
    public List<CommitBatch> Batches { get; } = [];

    /// <summary>What else is to be done in its turn.</summary>
    public List<IFlightRequest> Requests { get; } = [];

    /// <summary>Rows in its batches.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a batch.</summary>
    public void Add(CommitBatch batch)
    {
        foreach (var row in batch.Rows)
        {
            row.Position = Before.Position + ++Rows;
        }

        Batches.Add(batch);
    }

    /// <summary>Expects another head, with another stamp of its own; the batches get new positions.</summary>
    public void Renumber(JournalHead head, long newStamp)
    {
        (Before, Rows, stamp) = (head, 0, newStamp);
        foreach (var row in Batches.SelectMany(batch => batch.Rows))
        {
            row.Position = head.Position + ++Rows;
        }
    }

    /// <summary>The accounts touched, each as it stands at the end, and which of them have their first row here.</summary>
    public (List<AccountHead> Heads, HashSet<long> Fresh) Heads()
    {
        var heads = new List<AccountHead>();
        var at = new Dictionary<long, int>();
        foreach (var head in Batches.SelectMany(batch => batch.Heads))
        {
            if (at.TryGetValue(head.State.Id.Value, out var index))
            {
                heads[index] = head with { SnapshotDue = head.SnapshotDue || heads[index].SnapshotDue };
            }
            else
            {
                at.Add(head.State.Id.Value, heads.Count);
                heads.Add(head);
            }
        }

        var fresh = Batches.SelectMany(batch => batch.Rows).Where(row => row.Sequence == 1).Select(row => row.Account.Value).ToHashSet();
        return (heads, fresh);
    }
}

/// <summary>Something that is done when everything before it is committed.</summary>
internal interface IFlightRequest
{
    /// <summary>Does it.</summary>
    void Do(PostgresWriter writer, PostgresSession session);

    /// <summary>It will not be done.</summary>
    void Fail(Exception why);
}

/// <summary>Nothing but to know that everything before is committed.</summary>
internal sealed class Marker : TaskCompletionSource, IFlightRequest
{
    public Marker()
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
    }

    /// <inheritdoc/>
    public void Do(PostgresWriter writer, PostgresSession session) => TrySetResult();

    /// <inheritdoc/>
    public void Fail(Exception why) => TrySetException(why);
}

/// <summary>Looks what other nodes have done.</summary>
internal sealed class LookRequest : IFlightRequest
{
    /// <inheritdoc/>
    public void Do(PostgresWriter writer, PostgresSession session) => writer.Look(session);

    /// <inheritdoc/>
    public void Fail(Exception why)
    {
        // Nobody waits for it.
    }
}

/// <summary>A write of facts that decisions rest on.</summary>
internal sealed class HouseChange<T>(Func<System.Data.Common.DbConnection, System.Data.Common.DbTransaction, T> write)
    : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IFlightRequest
{
    /// <inheritdoc/>
    public void Do(PostgresWriter writer, PostgresSession session)
    {
        var result = default(T);
        if (writer.ChangeHouse(session, (connection, transaction) => result = write(connection, transaction)) is { } own)
        {
            TrySetException(own);
            return;
        }

        TrySetResult(result!);
    }

    /// <inheritdoc/>
    public void Fail(Exception why) => TrySetException(why);
}
