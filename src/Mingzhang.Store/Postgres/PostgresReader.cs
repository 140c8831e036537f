using Mingzhang.Domain.Values;
using Mingzhang.Store.Writing;

namespace Mingzhang.Store.Postgres;

/// <summary>The engine's reads on one read-only connection.</summary>
internal sealed class PostgresReader(PostgresConnections connections, TimeSpan reconnectFor) : IStoreReader
{
    private readonly PostgresRows _rows = new(connections, reconnectFor);

    /// <inheritdoc/>
    public LoadedAccount? Load(AccountId account)
    {
        var index = AccountIndex.Join(account, _rows.Index(account), []);
        if (index.Count == 0)
        {
            return null;
        }

        // A row may have come since the index was read; the next command sees it.
        var snapshot = _rows.Snapshot(account) is { } found && found.Sequence <= index.Count ? found : null;
        return new LoadedAccount(index, snapshot, _rows.Of(account, snapshot?.Sequence ?? 1, index.Count));
    }

    /// <inheritdoc/>
    public JournalRow? FindByKey(AccountId account, string key) =>
        _rows.WithKey(account, RowHash.OfKey(key)).Find(row => row.Key == key);

    /// <inheritdoc/>
    public IReadOnlyList<JournalRow> History(AccountId account, long after = 0, long upTo = long.MaxValue) =>
        _rows.Of(account, after + 1, upTo);

    /// <inheritdoc/>
    public IReadOnlyList<JournalRow> Log(long after, int most) => _rows.After(after, most);

    /// <inheritdoc/>
    public IReadOnlyList<AccountId> Due(int partition, DateOnly upTo, AccountId after, int most) => _rows.Due(partition, upTo, after, most);

    /// <inheritdoc/>
    public DateOnly? EarliestDue(int partition, AccountId below) => _rows.EarliestDue(partition, below);

    /// <inheritdoc/>
    public AccountRow? Account(AccountId account) => _rows.Account(account);

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();
}
