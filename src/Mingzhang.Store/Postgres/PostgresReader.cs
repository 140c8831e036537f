using Mingzhang.Domain.Values;
using Mingzhang.Store.Writing;

namespace Mingzhang.Store.Postgres;

/// <summary>The engine's reads on one read-only connection, joined with what is committed but not settled.</summary>
internal sealed class PostgresReader(PostgresConnections connections, Backlog backlog) : IStoreReader
{
    private readonly PostgresRows _rows = new(connections);

    /// <inheritdoc/>
    public LoadedAccount? Load(AccountId account)
    {
        var index = Index(account);
        if (index.Count == 0)
        {
            return null;
        }

        var snapshot = _rows.Snapshot(account);
        return new LoadedAccount(index, snapshot, Rows(account, index, snapshot?.Sequence ?? 1));
    }

    /// <inheritdoc/>
    public JournalRow? FindByKey(AccountId account, string key)
    {
        var hash = RowHash.OfKey(key);
        var waiting = backlog.Of(account).Where(entry => entry.KeyHash == hash).Select(entry => entry.Position);
        long[] positions = [.. waiting.Concat(_rows.ByKey(account, hash)).Distinct()];
        return positions.Length == 0 ? null : _rows.At(account.PartitionId, positions)
            .Select(row => AccountIndex.Proved(account, new IndexEntry(0, hash, row.Position), row)).FirstOrDefault(row => row.Key == key);
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournalRow> History(AccountId account, long after = 0) => Rows(account, Index(account), after + 1);

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

    private List<IndexEntry> Index(AccountId account)
    {
        var waiting = backlog.Of(account);
        return AccountIndex.Join(account, _rows.Index(account), waiting);
    }

    private List<JournalRow> Rows(AccountId account, List<IndexEntry> index, long from)
    {
        var wanted = index[(int)Math.Clamp(from - 1, 0, index.Count)..];
        if (wanted.Count == 0)
        {
            return [];
        }

        var found = _rows.At(account.PartitionId, [.. wanted.Select(entry => entry.Position)]).ToDictionary(row => row.Position);
        return wanted.ConvertAll(entry => AccountIndex.Proved(account, entry, found.GetValueOrDefault(entry.Position)));
    }
}
