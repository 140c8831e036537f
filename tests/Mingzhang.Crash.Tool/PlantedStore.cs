using System.Data.Common;
using Mingzhang.Store;

namespace Mingzhang.Crash.Tool;

/// <summary>A fault put into the program that is killed. The harness must find every one of them.</summary>
public enum Plant
{
    None,

    /// <summary>Answers before the rows are on disk.</summary>
    AckBeforeCommit,

    /// <summary>Decides a known key again under a new one.</summary>
    ForgetKey,

    /// <summary>Leaves a journal row out.</summary>
    DropRow,

    /// <summary>Writes a row with one posting changed.</summary>
    ChangePosting,

    /// <summary>Writes a row without its hash.</summary>
    SkipHash,

    /// <summary>Gives another answer to a repeated key.</summary>
    OtherAnswer,

    /// <summary>Books every tenth command twice.</summary>
    BookTwice,

    /// <summary>The log that COMMIT promised is not there after the kill, as without fsync.</summary>
    LoseLog,

    /// <summary>The disk takes a sync of the log for done and does nothing. Only a power cut shows it.</summary>
    NoSync,
}

/// <summary>A store that does the wrong thing on purpose.</summary>
public sealed class PlantedStore(ILedgerStore inner, Plant plant) : ILedgerStore
{
    private readonly List<CommitBatch> _held = [];
    private int _rows;

    public HouseFacts House => inner.House;

    public IReadOnlyList<Domain.Values.AccountId> UnsettledAccounts => inner.UnsettledAccounts;

    public long LastPosition => inner.LastPosition;

    public Exception? Fault => inner.Fault;

    public void Start(IHeadProjector projector, Action<Exception> onFault, INeighbours? neighbours = null) =>
        inner.Start(projector, onFault, neighbours);

    public bool Leads => inner.Leads;

    public bool IsAlone => inner.IsAlone;

    public Task<T> ChangeHouseAsync<T>(Func<System.Data.Common.DbConnection, System.Data.Common.DbTransaction, T> write) =>
        inner.ChangeHouseAsync(write);

    public Task<bool> ScrubAsync() => inner.ScrubAsync();

    public bool TryTakeTurn() => plant == Plant.None && inner.TryTakeTurn();

    public void CommitInTurn(CommitBatch batch) => inner.CommitInTurn(batch);

    public void Enqueue(CommitBatch batch)
    {
        Shadow shadow = new(batch, plant == Plant.AckBeforeCommit);
        foreach (JournalRow row in batch.Rows)
        {
            _rows++;
            if (plant != Plant.DropRow || _rows % 97 != 0)
            {
                shadow.Rows.Add(_rows % 53 == 0 ? Changed(row) : row);
            }
        }

        shadow.Heads.AddRange(batch.Heads);
        if (plant != Plant.AckBeforeCommit)
        {
            inner.Enqueue(shadow);
            return;
        }

        // The answer is out; the rows follow ten batches later.
        _held.Add(shadow);
        if (_held.Count > 10)
        {
            _held.ForEach(inner.Enqueue);
            _held.Clear();
        }

        batch.Commit();
    }

    public Task SettleAsync(IReadOnlyList<AccountHead> heads) => inner.SettleAsync(heads);

    public Task SettleAsync() => inner.SettleAsync();

    public Task DayPassedAsync(DateOnly day) => inner.DayPassedAsync(day);

    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> write) => inner.WriteAsync(write);

    public IStoreReader OpenReader() => inner.OpenReader();

    public DbConnection OpenReadOnly() => inner.OpenReadOnly();

    public Task<IReadOnlyList<IAuditReader>> OpenAuditAsync(int readers) => inner.OpenAuditAsync(readers);

    public void Backup(string path) => inner.Backup(path);

    public void Dispose() => inner.Dispose();

    private JournalRow Changed(JournalRow row)
    {
        byte[] postings = [.. row.Postings];
        if (plant == Plant.ChangePosting && postings.Length > 0)
        {
            postings[^1] ^= 1;
        }

        return plant is not (Plant.ChangePosting or Plant.SkipHash) ? row : new JournalRow
        {
            Account = row.Account, Sequence = row.Sequence, Kind = row.Kind, BookedOn = row.BookedOn, EffectiveOn = row.EffectiveOn,
            RecordedAt = row.RecordedAt, Actor = row.Actor, Key = row.Key, RequestHash = row.RequestHash, Body = row.Body,
                Postings = postings,
            Hash = plant == Plant.SkipHash ? new byte[32] : row.Hash,
        };
    }

    private sealed class Shadow(CommitBatch batch, bool answered) : CommitBatch
    {
        public override void Fail(Exception why)
        {
            if (!answered)
            {
                batch.Fail(why);
            }
        }

        protected override void OnCommitted()
        {
            if (!answered)
            {
                batch.Commit();
            }
        }
    }
}
