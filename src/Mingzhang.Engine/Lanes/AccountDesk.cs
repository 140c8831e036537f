using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Engine.Lanes;

/// <summary>How often an account was found in memory, and how often it was read.</summary>
internal readonly record struct CacheCount(long Hits, long Misses);

/// <summary>A lane's accounts: the ones in memory, and how one comes back from the store.</summary>
internal sealed class AccountDesk(IStoreReader reader, TermsDesk terms, int capacity)
{
    private const int BlockSize = 256;

    private readonly Dictionary<AccountId, CachedAccount> _cached = [];
    private readonly Queue<CachedAccount> _sweep = new();
    private readonly HistoryShelf _histories = new(reader);
    private readonly SharedParts _shared = new();
    private CachedAccount[] _block = [];
    private int _used;
    private long _hits;
    private long _misses;

    /// <summary>How often an account was in memory, and how often not; read from any thread.</summary>
    public CacheCount Cache => new(Volatile.Read(ref _hits), Volatile.Read(ref _misses));

    /// <summary>
    /// The account, from memory or the store; without rows it stands before its opening. Null when no product fills its slot.
    /// </summary>
    public CachedAccount? Get(AccountId id)
    {
        if (_cached.TryGetValue(id, out var account))
        {
            _hits++;
            account.Touched = true;
            return account;
        }

        _misses++;
        account = Load(id);
        if (account is not null)
        {
            Sweep();
            _cached.Add(id, account);
            _sweep.Enqueue(account);
        }

        return account;
    }

    /// <summary>Takes an account's next row in.</summary>
    public void Take(CachedAccount account, JournalRow row, AccountState after) =>
        account.Take(row, ReferenceEquals(after.Terms, account.State.Terms) ? after : _shared.Of(after));

    /// <summary>Forgets an account: its next use reads it from the store.</summary>
    public void Forget(AccountId id) => _cached.Remove(id);

    /// <summary>The committed row with a key, or null.</summary>
    public JournalRow? FindByKey(AccountId account, string key) => reader.FindByKey(account, key);

    /// <summary>The accepted history of an account of which nothing is in flight; corrections without their states.</summary>
    public IReadOnlyList<HistoryEntry> History(AccountId account) => _histories.Of(account);

    /// <summary>Where earlier foldings of an account stood, as long as its history is kept.</summary>
    public Domain.Corrections.RefoldMemory? Foldings(AccountId account) => _histories.Foldings(account);

    /// <summary>The accepted entries among rows.</summary>
    public static List<HistoryEntry> HistoryOf(IEnumerable<JournalRow> rows) =>
    [
        .. rows.Where(row => row.Kind != RowKind.Refused)
            .Select(row => new HistoryEntry(row.Sequence, row.BookedOn, DomainJson.ReadEvents(row.Body))),
    ];

    /// <summary>
    /// Folds an account from snapshot and tail, checking seal and hash links on the way. Throws <see cref="StoreException"/>
    /// naming what does not fit.
    /// </summary>
    public CachedAccount? Load(AccountId id)
    {
        var empty = terms.Empty(id);
        if (reader.Load(id) is not { } loaded)
        {
            return empty is null ? null : Next().Fill(empty, RowHash.Genesis, default, 0, []);
        }

        var state = empty ?? throw new StoreException($"account {id} has rows, but no product in the book fills slot {id.Slot}.");
        var (previous, next) = (RowHash.Genesis, 0);
        if (loaded.Snapshot is { } snapshot)
        {
            var at = loaded.Tail.Count > 0
                ? loaded.Tail[0] : throw new StoreException($"snapshot: account {id} stands at {snapshot.Sequence}, beyond its last row.");
            state = Unpack(id, snapshot, at);
            (previous, next) = (at.Hash, 1);
        }

        for (; next < loaded.Tail.Count; next++)
        {
            var row = loaded.Tail[next];
            if (!row.Hash.AsSpan().SequenceEqual(RowHash.Link(previous, row)))
            {
                throw new StoreException(
                    $"journal: account {id} sequence {row.Sequence} at position {row.Position} breaks the hash chain.");
            }

            state = row.Kind == RowKind.Refused
                ? state with { Version = row.Sequence } : terms.After(state, DomainJson.ReadEvents(row.Body), row.Sequence);
            previous = row.Hash;
        }

        var keys = loaded.Index.Select(entry => entry.KeyHash).ToArray();
        return Next().Fill(_shared.Of(state), previous, loaded.Tail[^1].BookedOn, loaded.Snapshot?.Sequence ?? 0, keys);
    }

    private CachedAccount Next()
    {
        if (_used == _block.Length)
        {
            (_block, _used) = (CachedAccount.Block(BlockSize), 0);
        }

        return _block[_used++];
    }

    private static AccountState Unpack(AccountId id, StoredSnapshot snapshot, JournalRow at)
    {
        var sound = at.Sequence == snapshot.Sequence && RowHash.SnapshotSeal(at.Hash, snapshot.State).AsSpan().SequenceEqual(snapshot.Seal);
        return sound ? DomainJson.ReadState(snapshot.State)
            : throw new StoreException($"snapshot: account {id} at sequence {snapshot.Sequence} does not fit its seal.");
    }

    /// <summary>Makes room: accounts not used since the last round go first, those with rows in flight stay.</summary>
    private void Sweep()
    {
        for (var looked = 0; _cached.Count >= capacity && looked < 256; looked++)
        {
            var account = _sweep.Dequeue();
            if (_cached.GetValueOrDefault(account.Id) != account)
            {
                continue; // forgotten meanwhile
            }

            if (account.Touched || account.IsInFlight || account.Pinned)
            {
                account.Touched = false;
                _sweep.Enqueue(account);
            }
            else
            {
                _cached.Remove(account.Id);
            }
        }
    }
}
