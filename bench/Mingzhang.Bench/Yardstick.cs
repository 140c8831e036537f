using Mingzhang.Domain.Values;
using Mingzhang.Store;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Bench;

/// <summary>Plain loops that keep up with a house: after each run of the engine they write what it wrote.</summary>
internal sealed class Yardstick : IDisposable
{
    private readonly House _house;
    private readonly PlainLoop[] _loops;
    private long _position;

    /// <summary>Loops that hold everything the house holds so far; not timed.</summary>
    public Yardstick(House house)
    {
        _house = house;
        _loops = Array.ConvertAll(
            Enum.GetValues<PlainShape>(), shape => new PlainLoop(Path.Combine(house.Folder, $"plain-{shape}.db"), shape));
        var rows = Next();
        foreach (var loop in _loops)
        {
            loop.Create(house.File);
            loop.Write(rows, [.. Enumerable.Repeat(2_000, rows.Count / 2_000)]);
        }
    }

    /// <summary>Rows a second of writing the last run again, by shape.</summary>
    public double[] Run()
    {
        var rows = Next();
        List<int> sizes = [.. _house.Transactions.Where(size => size > 0)];
        GC.Collect();
        return Array.ConvertAll(_loops, loop => loop.Write(rows, sizes));
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_loops, loop => loop.Dispose());

    private List<PlainRow> Next()
    {
        using var source = SqliteAudit.Open(_house.File);
        var accounts = new Dictionary<AccountId, AccountRow>();
        var rows = new List<PlainRow>();
        foreach (var row in source.After(_position).ToList())
        {
            if (!accounts.TryGetValue(row.Account, out var account))
            {
                accounts[row.Account] = account = source.Account(row.Account)!;
            }

            rows.Add(PlainRow.Of(row, account));
            _position = row.Position;
        }

        return rows;
    }
}
