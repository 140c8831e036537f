using System.Runtime.InteropServices;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store.Sqlite;

/// <summary>Committed rows whose index and account rows are not written yet. Filled by the writer, read by readers.</summary>
internal sealed class Backlog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AccountId, Waiting> _accounts = [];
    private long _committed;

    /// <summary>Rows waiting.</summary>
    public int Rows { get; private set; }

    /// <summary>The accounts that wait.</summary>
    public IReadOnlyList<AccountId> Accounts
    {
        get
        {
            lock (_gate)
            {
                return [.. _accounts.Keys];
            }
        }
    }

    /// <summary>Adds the rows of a committed batch.</summary>
    public void Add(CommitBatch batch)
    {
        lock (_gate)
        {
            foreach (var row in batch.Rows)
            {
                AddLocked(row);
            }

            foreach (var head in batch.Heads)
            {
                SetHeadLocked(head);
            }
        }
    }

    /// <summary>Adds a row found unsettled at opening.</summary>
    public void Add(JournalRow row)
    {
        lock (_gate)
        {
            AddLocked(row);
        }
    }

    /// <summary>Sets the head of an account folded at opening.</summary>
    public void SetHead(in AccountHead head)
    {
        lock (_gate)
        {
            SetHeadLocked(head);
        }
    }

    /// <summary>A copy of what an account has waiting and committed.</summary>
    public List<IndexEntry> Of(AccountId account)
    {
        lock (_gate)
        {
            return _accounts.TryGetValue(account, out var waiting) ? waiting.Entries.FindAll(entry => entry.Position <= _committed) : [];
        }
    }

    /// <summary>Everything up to a position is committed: readers may see it.</summary>
    public void Committed(long position)
    {
        lock (_gate)
        {
            _committed = position;
        }
    }

    /// <summary>Everything, sorted as the tables are. Only the writer calls it, and only the writer changes the backlog.</summary>
    public List<Waiting> Sorted()
    {
        lock (_gate)
        {
            var all = _accounts.Values.ToList();
            all.Sort(static (a, b) =>
            {
                var byPartition = a.Account.PartitionId.CompareTo(b.Account.PartitionId);
                return byPartition != 0 ? byPartition : a.Account.Value.CompareTo(b.Account.Value);
            });
            return all;
        }
    }

    /// <summary>Empties it, after what <see cref="Sorted"/> returned was committed.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _accounts.Clear();
            Rows = 0;
        }
    }

    private void AddLocked(JournalRow row)
    {
        ref var waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(_accounts, row.Account, out _);
        waiting ??= new Waiting(row.Account);
        waiting.Entries.Add(new IndexEntry(row.Sequence, row.KeyHash, row.Position));
        Rows++;
    }

    private void SetHeadLocked(in AccountHead head)
    {
        if (_accounts.TryGetValue(head.State.Id, out var waiting))
        {
            waiting.SnapshotDue |= head.SnapshotDue;
            waiting.Head = head;
        }
    }

    /// <summary>One account that waits.</summary>
    internal sealed class Waiting(AccountId account)
    {
        /// <summary>Which.</summary>
        public AccountId Account { get; } = account;

        /// <summary>Its rows.</summary>
        public List<IndexEntry> Entries { get; } = new(2);

        /// <summary>Its state after them; null until it was folded after a crash.</summary>
        public AccountHead? Head { get; set; }

        /// <summary>Whether a snapshot is due.</summary>
        public bool SnapshotDue { get; set; }
    }
}
