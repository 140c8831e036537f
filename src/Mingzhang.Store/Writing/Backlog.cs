using System.Runtime.InteropServices;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store.Writing;

/// <summary>Committed rows whose index and account rows are not written yet. Filled by the writer, read by readers.</summary>
/// <remarks>
/// It is emptied like an elevator moves: partition after partition in the order of the tables, so that neighbours share pages and no
/// transaction grows large (docs/decisions/0011).
/// </remarks>
internal sealed class Backlog(TimeProvider time)
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

    /// <summary>How long the partition has waited that is settled next.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (_gate)
            {
                var next = Enumerable.Range(_next, _partitions.Length).Select(number => _partitions[number % _partitions.Length])
                    .FirstOrDefault(partition => partition.Rows > 0);
                return next is null ? TimeSpan.Zero : time.GetElapsedTime(next.Since);
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
            var committed = new List<IndexEntry>();
            if (_partitions[account.PartitionId].Accounts.TryGetValue(account, out var waiting))
            {
                foreach (var entry in waiting.Entries)
                {
                    if (entry.Position <= _committed)
                    {
                        committed.Add(entry);
                    }
                }
            }

            return committed;
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
        waiting.Add(new IndexEntry(row.Sequence, row.KeyHash, row.Position));
        if (partition.Rows == 0)
        {
            (partition.First, partition.Since) = (row.Position, time.GetTimestamp());
        }

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

    /// <summary>One account that waits. Most wait with one row, and very many may wait, so that one needs no list.</summary>
    internal sealed class Waiting(AccountId account)
    {
        private IndexEntry _first;
        private IndexEntry[]? _more;
        private int _count;

        /// <summary>Which.</summary>
        public AccountId Account { get; } = account;

        /// <summary>Its rows.</summary>
        public ReadOnlySpan<IndexEntry> Entries => _more is null ? new(ref _first) : _more.AsSpan(0, _count);

        /// <summary>Its state after them; null until it was folded after a crash.</summary>
        public AccountHead? Head { get; set; }

        /// <summary>Whether a snapshot is due.</summary>
        public bool SnapshotDue { get; set; }

        /// <summary>One more row waits.</summary>
        public void Add(IndexEntry entry)
        {
            if (_count == 0)
            {
                _first = entry;
            }
            else
            {
                _more ??= [_first, default, default, default];
                if (_count == _more.Length)
                {
                    Array.Resize(ref _more, _count * 2);
                }

                _more[_count] = entry;
            }

            _count++;
        }
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

        /// <summary>When it began to wait.</summary>
        public long Since { get; set; }
    }
}
