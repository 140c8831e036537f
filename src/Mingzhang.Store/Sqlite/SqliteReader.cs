using Microsoft.Data.Sqlite;
using Mingzhang.Domain.Values;
using Mingzhang.Store.Writing;
using SQLitePCL;

namespace Mingzhang.Store.Sqlite;

/// <summary>The engine's reads on one read-only connection, joined with what is committed but not settled.</summary>
internal sealed class SqliteReader : IStoreReader
{
    private readonly SqliteConnection _connection;
    private readonly Backlog _backlog;
    private readonly RawStatement _byPosition;
    private readonly RawStatement _after;
    private readonly RawStatement _index;
    private readonly RawStatement _byKey;
    private readonly RawStatement _snapshot;
    private readonly RawStatement _due;
    private readonly RawStatement _earliest;
    private readonly RawStatement _account;

    public SqliteReader(SqliteConnection connection, Backlog backlog)
    {
        _connection = connection;
        _backlog = backlog;
        var db = connection.Handle!;
        _byPosition = new RawStatement(db, "read journal by position", JournalColumns.ByPosition);
        _after = new RawStatement(db, "read journal", JournalColumns.After);
        _index = new RawStatement(
            db, "read entry", "SELECT sequence, key_hash, position FROM entry WHERE partition_id = ?1 AND account_id = ?2 ORDER BY "
                + "sequence");
        _byKey = new RawStatement(
            db, "find entry", "SELECT position FROM entry WHERE partition_id = ?1 AND account_id = ?2 AND key_hash = ?3");
        _snapshot = new RawStatement(
            db, "read snapshot", "SELECT sequence, state, seal FROM snapshot WHERE partition_id = ?1 AND account_id = ?2");
        _due = new RawStatement(
            db, "read due accounts", "SELECT account_id FROM account WHERE partition_id = ?1 AND next_date <= ?2 AND next_date < "
                + "99991231 AND account_id > ?3 ORDER BY account_id LIMIT ?4");
        _earliest = new RawStatement(
            db, "read earliest due", "SELECT next_date FROM account WHERE partition_id = ?1 AND next_date < 99991231 AND account_id < "
                + "?2 ORDER BY next_date LIMIT 1");
        _account = new RawStatement(db, "read account", AccountColumns.ById);
    }

    /// <inheritdoc/>
    public LoadedAccount? Load(AccountId account)
    {
        var index = Index(account);
        if (index.Count == 0)
        {
            return null;
        }

        StoredSnapshot? snapshot = null;
        _snapshot.Bind(1, account.PartitionId).Bind(2, account.Value);
        if (_snapshot.Step())
        {
            snapshot = new StoredSnapshot(_snapshot.Long(0), _snapshot.Utf8(1), _snapshot.Bytes(2));
            _snapshot.Reset();
        }

        var from = snapshot?.Sequence ?? 1;
        return new LoadedAccount(index, snapshot, Rows(account, index, from, long.MaxValue));
    }

    /// <inheritdoc/>
    public JournalRow? FindByKey(AccountId account, string key)
    {
        var hash = RowHash.OfKey(key);
        var positions = _backlog.Of(account).Where(entry => entry.KeyHash == hash).Select(entry => entry.Position).ToList();
        _byKey.Bind(1, account.PartitionId).Bind(2, account.Value).Bind(3, hash);
        while (_byKey.Step())
        {
            positions.Add(_byKey.Long(0));
        }

        return positions.Select(position => At(account, new IndexEntry(0, hash, position))).FirstOrDefault(row => row.Key == key);
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournalRow> History(AccountId account, long after = 0, long upTo = long.MaxValue) =>
        Rows(account, Index(account), after + 1, upTo);

    /// <inheritdoc/>
    public IReadOnlyList<JournalRow> Log(long after, int most)
    {
        var rows = new List<JournalRow>();
        _after.Bind(1, after).Bind(2, most);
        while (_after.Step())
        {
            rows.Add(JournalColumns.Read(_after));
        }

        return rows;
    }

    /// <inheritdoc/>
    public IReadOnlyList<AccountId> Due(int partition, DateOnly upTo, AccountId after, int most)
    {
        var accounts = new List<AccountId>();
        _due.Bind(1, partition).Bind(2, upTo.ToStored()).Bind(3, after.Value).Bind(4, most);
        while (_due.Step())
        {
            accounts.Add(new AccountId(_due.Long(0)));
        }

        return accounts;
    }

    /// <inheritdoc/>
    public DateOnly? EarliestDue(int partition, AccountId below)
    {
        _earliest.Bind(1, partition).Bind(2, below.Value);
        if (!_earliest.Step())
        {
            return null;
        }

        var day = StoreDates.FromStored(_earliest.Long(0));
        _earliest.Reset();
        return day;
    }

    /// <inheritdoc/>
    public AccountRow? Account(AccountId account)
    {
        _account.Bind(1, account.PartitionId).Bind(2, account.Value);
        if (!_account.Step())
        {
            return null;
        }

        var row = AccountColumns.Read(_account);
        _account.Reset();
        return row;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _byPosition.Dispose();
        _after.Dispose();
        _index.Dispose();
        _byKey.Dispose();
        _snapshot.Dispose();
        _due.Dispose();
        _earliest.Dispose();
        _account.Dispose();
        _connection.Dispose();
    }

    private List<IndexEntry> Index(AccountId account)
    {
        var waiting = _backlog.Of(account);
        var index = new List<IndexEntry>();
        _index.Bind(1, account.PartitionId).Bind(2, account.Value);
        while (_index.Step())
        {
            index.Add(new IndexEntry(_index.Long(0), _index.Long(1), _index.Long(2)));
        }

        return AccountIndex.Join(account, index, waiting);
    }

    private List<JournalRow> Rows(AccountId account, List<IndexEntry> index, long from, long upTo)
    {
        var rows = new List<JournalRow>();
        var end = (int)Math.Min(upTo, index.Count);
        for (var i = (int)Math.Clamp(from - 1, 0, index.Count); i < end; i++)
        {
            rows.Add(At(account, index[i]));
        }

        return rows;
    }

    /// <summary>The row of an entry; one of sequence 0 is looked for by position only.</summary>
    private JournalRow At(AccountId account, IndexEntry entry)
    {
        _byPosition.Bind(1, entry.Position).Bind(2, account.PartitionId);
        try
        {
            return AccountIndex.Proved(account, entry, _byPosition.Step() ? JournalColumns.Read(_byPosition) : null);
        }
        finally
        {
            _byPosition.Reset();
        }
    }
}
