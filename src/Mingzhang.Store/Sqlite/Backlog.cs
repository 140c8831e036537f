using System.Runtime.InteropServices;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store.Sqlite;

/// <summary>Committed rows whose index and account rows are not written yet. Filled by the writer, read by readers.</summary>
/// <remarks>
/// It is emptied like an elevator moves: partition after partition in the order of the tables, so that neighbours share pages and no
/// transaction grows large (docs/decisions/0011).
/// </remarks>
internal sealed class Backlog
{
    private readonly Lock _gate = new();
    private readonly Partition[] _partitions = [.. Enumerable.Range(0, AccountId.Partitions).Select(_ => new Partition())];
    private long _committed;
    private int _next;

    /// <summary>Rows waiting.</summary>
    public int Rows { get; private set; }

    /// <summary>The accounts that wait.</summary>
    public IReadOnlyList<AccountId> Accounts
    {
        get
        {
            lock (_gate)
            {
                return [.. _partitions.SelectMany(partition => partition.Accounts.Keys)];
            }
        }
    }

    /// <summary>Adds the rows of a batch that is about to be committed.</summary>
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
            return _partitions[account.PartitionId].Accounts.TryGetValue(account, out var waiting)
                ? waiting.Entries.FindAll(entry => entry.Position <= _committed)
                : [];
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

    /// <summary>Whole partitions from where the last take ended, until there are at least so many rows; sorted as the tables are.</summary>
    /// <remarks>Only the writer takes, and tells with <see cref="Settled"/> when what it took is committed.</remarks>
    public Portion Take(int rows)
    {
        lock (_gate)
        {
            var portion = new Portion();
            for (var i = 0; i < _partitions.Length && portion.Rows < rows; i++)
            {
                var number = (_next + i) % _partitions.Length;
                var partition = _partitions[number];
                if (partition.Rows > 0)
                {
                    portion.Partitions.Add(number);
                    portion.Rows += partition.Rows;
                    portion.Accounts.AddRange(partition.Accounts.Values.OrderBy(waiting => waiting.Account.Value));
                }
            }

            portion.SettledTo = _partitions.Index().Where(p => p.Item.Rows > 0 && !portion.Partitions.Contains(p.Index))
                .Select(p => p.Item.First - 1).DefaultIfEmpty(long.MaxValue).Min();
            return portion;
        }
    }

    /// <summary>What was taken is committed.</summary>
    public void Settled(Portion portion)
    {
        lock (_gate)
        {
            foreach (var number in portion.Partitions)
            {
                _partitions[number].Accounts.Clear();
                _partitions[number].Rows = 0;
            }

            Rows -= portion.Rows;
            _next = portion.Partitions.Count == 0 ? _next : (portion.Partitions[^1] + 1) % _partitions.Length;
        }
    }

    private void AddLocked(JournalRow row)
    {
        var partition = _partitions[row.Account.PartitionId];
        ref var waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(partition.Accounts, row.Account, out _);
        waiting ??= new Waiting(row.Account);
        waiting.Entries.Add(new IndexEntry(row.Sequence, row.KeyHash, row.Position));
        partition.First = partition.Rows == 0 ? row.Position : partition.First;
        partition.Rows++;
        Rows++;
    }

    private void SetHeadLocked(in AccountHead head)
    {
        if (_partitions[head.State.Id.PartitionId].Accounts.TryGetValue(head.State.Id, out var waiting))
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

    /// <summary>What one transaction settles.</summary>
    internal sealed class Portion
    {
        /// <summary>The partitions, in order.</summary>
        public List<int> Partitions { get; } = [];

        /// <summary>Their accounts, in order.</summary>
        public List<Waiting> Accounts { get; } = [];

        /// <summary>Their rows.</summary>
        public int Rows { get; set; }

        /// <summary>Every row up to here will be settled then; <c>long.MaxValue</c> when nothing else waits.</summary>
        public long SettledTo { get; set; }
    }

    private sealed class Partition
    {
        public Dictionary<AccountId, Waiting> Accounts { get; } = [];

        public int Rows { get; set; }

        /// <summary>The position of its first waiting row.</summary>
        public long First { get; set; }
    }
}
