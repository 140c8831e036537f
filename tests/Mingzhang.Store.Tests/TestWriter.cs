using System.Collections.Concurrent;
using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store.Tests;

/// <summary>Appends rows that mean nothing, and remembers them.</summary>
internal sealed class TestWriter
{
    private readonly ConcurrentDictionary<AccountId, List<JournalRow>> _rows = [];
    private readonly ConcurrentDictionary<AccountId, DateOnly> _due = [];

    public static IHeadProjector Projector { get; } = new Heads();

    public ICollection<AccountId> Accounts => _rows.Keys;

    public static void Ignore(Exception cause)
    {
    }

    public IReadOnlyList<JournalRow> Rows(AccountId account) => _rows[account];

    public Task AppendAsync(ILedgerStore store, AccountId account, params string[] keys) =>
        AppendAsync(store, account, DateOnly.MaxValue, keys);

    public Task AppendAsync(ILedgerStore store, AccountId account, DateOnly due, params string[] keys)
    {
        var batch = Take(account, due, keys);
        store.Enqueue(batch);
        return batch.Done;
    }

    /// <summary>Appends what a lane decided, knowing of other nodes what it says.</summary>
    public Task AppendAsync(ILedgerStore store, AccountId account, CommitLine line, long seenTo, long facts, params string[] keys)
    {
        var into = new Batch { Line = line, Generation = line.Generation, SeenTo = seenTo, Facts = facts };
        var batch = Take(account, DateOnly.MaxValue, keys, into);
        store.Enqueue(batch);
        return batch.Done;
    }

    /// <summary>Appends on this thread when the store lets it, as a lone caller does.</summary>
    public Task AppendInTurnAsync(ILedgerStore store, AccountId account, params string[] keys)
    {
        var batch = Take(account, DateOnly.MaxValue, keys);
        if (store.TryTakeTurn())
        {
            store.CommitInTurn(batch);
        }
        else
        {
            store.Enqueue(batch);
        }

        return batch.Done;
    }

    /// <summary>Commits in the turn that was taken before.</summary>
    public Task CommitAsync(ILedgerStore store, AccountId account, params string[] keys)
    {
        var batch = Take(account, DateOnly.MaxValue, keys);
        store.CommitInTurn(batch);
        return batch.Done;
    }

    private Batch Take(AccountId account, DateOnly due, string[] keys, Batch? into = null)
    {
        var rows = _rows.GetOrAdd(account, _ => []);
        _due[account] = due;
        var batch = into ?? new Batch();
        foreach (var key in keys)
        {
            batch.Rows.Add(Next(account, key, rows));
            rows.Add(batch.Rows[^1]);
        }

        if (keys.Length > 0)
        {
            batch.Heads.Add(HeadOf(account));
        }

        return batch;
    }

    public AccountHead HeadOf(AccountId account)
    {
        var last = _rows[account][^1];
        var state = AccountState.Empty(account, Currency.Cny) with { Version = last.Sequence, NextDate = _due[account] };
        return new AccountHead(state, last.Hash, last.BookedOn, false);
    }

    private static JournalRow Next(AccountId account, string key, List<JournalRow> rows)
    {
        var (sequence, day) = (rows.Count + 1L, new DateOnly(2026, 1, 5));
        var body = System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{sequence},\"明账\"]"));
        var previous = rows.Count == 0 ? RowHash.Genesis : rows[^1].Hash;
        return new JournalRow
        {
            Account = account, Sequence = sequence, Kind = RowKind.Accepted, BookedOn = day, EffectiveOn = day, RecordedAt = 5,
            Actor = "测试", Key = key,
            RequestHash = UInt128.MaxValue, Body = body, Postings = [],
            Hash = RowHash.Link(previous, account, sequence, RowKind.Accepted, day, day, key, UInt128.MaxValue, "测试", body, []),
        };
    }

    private sealed class Batch : CommitBatch
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public override void Fail(Exception why) => _done.TrySetException(why);

        protected override void OnCommitted() => _done.TrySetResult();
    }

    private sealed class Heads : IHeadProjector
    {
        public AccountRow Row(in AccountHead head) => new(
            head.State.Id, head.State.Version, head.HeadHash, "active", "p", 1, "CNY", null, head.BookedOn,
            0, 0, 0, 0, null, 0, head.State.NextDate);

        public byte[] Snapshot(AccountState state) => [];
    }
}
