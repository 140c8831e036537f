using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Mingzhang.Store;

namespace Mingzhang.Bench;

/// <summary>What a plain loop writes.</summary>
internal enum PlainShape
{
    /// <summary>Journal, index entry and account row of every command in its own transaction.</summary>
    AtOnce,

    /// <summary>The journal at once; index entries and account rows behind it, sorted, as the engine does under load.</summary>
    Behind,

    /// <summary>The journal and nothing else: less than a command needs.</summary>
    JournalOnly,
}

/// <summary>
/// The yardstick: a plain loop over Microsoft.Data.Sqlite that writes the very rows the engine wrote, in transactions of the same sizes,
/// into tables of the same definition. Nothing of our store is in it. It decides nothing, hashes nothing and answers nobody.
/// </summary>
/// <param name="path">A fresh file on the disk that is measured.</param>
/// <param name="shape">What it writes.</param>
internal sealed class PlainLoop(string path, PlainShape shape) : IDisposable
{
    private const long CheckpointBytes = 256_000_000;
    private static readonly int MostBehind = new StoreOptions { Path = "" }.LargestBacklog;

    private readonly SqliteConnection _connection = Open(path);
    private readonly List<PlainStatement> _statements = [];
    private readonly List<PlainRow> _behind = [];
    private int _commits;

    /// <summary>Makes the tables.</summary>
    public void Create(string houseFile)
    {
        using var house = Open(houseFile, SqliteOpenMode.ReadOnly);
        using var read = house.CreateCommand();
        read.CommandText = "SELECT sql FROM sqlite_schema WHERE tbl_name IN ('journal', 'entry', 'account') AND sql IS NOT NULL";
        using var definition = read.ExecuteReader();
        while (definition.Read())
        {
            Run(definition.GetString(0));
        }

        _statements.Add(new PlainStatement(_connection, "journal", Columns("journal"), ""));
        _statements.Add(new PlainStatement(_connection, "entry", Columns("entry"), ""));
        _statements.Add(new PlainStatement(_connection, "account", Columns("account"), "partition_id, account_id"));
    }

    /// <summary>Writes the rows in batches of the sizes given; the rate in rows a second, COMMIT and checkpoints included.</summary>
    public double Write(IReadOnlyList<PlainRow> rows, IReadOnlyList<int> sizes)
    {
        var watch = Stopwatch.StartNew();
        var at = 0;
        foreach (var size in sizes)
        {
            Batch(rows, at, Math.Min(rows.Count, at + size));
            at = Math.Min(rows.Count, at + size);
        }

        Batch(rows, at, rows.Count);
        CatchUp();
        return rows.Count / watch.Elapsed.TotalSeconds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _statements.ForEach(statement => statement.Dispose());
        _connection.Dispose();
        File.Delete(path);
    }

    private void Batch(IReadOnlyList<PlainRow> rows, int from, int to)
    {
        if (from == to)
        {
            return;
        }

        using (var transaction = _connection.BeginTransaction(deferred: false))
        {
            for (var i = from; i < to; i++)
            {
                _statements[0].Run(transaction, rows[i].Journal);
                if (shape == PlainShape.AtOnce)
                {
                    _statements[1].Run(transaction, rows[i].Entry);
                    _statements[2].Run(transaction, rows[i].Account);
                }
                else if (shape == PlainShape.Behind)
                {
                    _behind.Add(rows[i]);
                }
            }

            transaction.Commit();
        }

        if (_behind.Count >= MostBehind)
        {
            CatchUp();
        }

        if (++_commits % 64 == 0 && new FileInfo(path + "-wal").Length > CheckpointBytes)
        {
            Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /// <summary>Writes what is behind in the order of the tables, the last row of each account once.</summary>
    private void CatchUp()
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var account in _behind.GroupBy(row => row.Number).OrderBy(rows => rows.Key))
        {
            foreach (var row in account)
            {
                _statements[1].Run(transaction, row.Entry);
            }

            _statements[2].Run(transaction, account.Last().Account);
        }

        transaction.Commit();
        _behind.Clear();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode = SqliteOpenMode.ReadWriteCreate)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(text.ToString());
        connection.Open();
        if (mode == SqliteOpenMode.ReadWriteCreate)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                + "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -131072";
            command.ExecuteNonQuery();
        }

        return connection;
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private List<string> Columns(string table)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}

/// <summary>One prepared INSERT, or UPSERT where <paramref name="key"/> names the columns of the key.</summary>
internal sealed class PlainStatement : IDisposable
{
    private readonly SqliteCommand _command;

    public PlainStatement(SqliteConnection connection, string table, List<string> columns, string key)
    {
        _command = connection.CreateCommand();
        var update = key.Length == 0 ? "" : $" ON CONFLICT ({key}) DO UPDATE SET "
            + string.Join(", ", columns.Skip(2).Select(column => $"{column} = excluded.{column}"));
        var values = string.Join(", ", columns.Select(column => "$" + column));
        _command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({values}){update}";
        foreach (var column in columns)
        {
            _command.Parameters.AddWithValue("$" + column, 0L);
        }

        _command.Prepare();
    }

    public void Run(SqliteTransaction transaction, object[] values)
    {
        _command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i];
        }

        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();
}

/// <summary>The values of a command's rows in the order of the columns, made before the clock runs.</summary>
internal sealed record PlainRow(object[] Journal, object[] Entry, object[] Account)
{
    /// <summary>Sorts as the tables do.</summary>
    public (long Partition, long Account) Number => ((long)Account[0], (long)Account[1]);

    public static PlainRow Of(JournalRow row, AccountRow account)
    {
        var request = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(request, row.RequestHash);
        var partition = (long)row.Account.PartitionId;
        return new PlainRow(
            [
                row.Position, partition, row.Account.Value, row.Sequence, (long)row.Kind, Day(row.BookedOn), Day(row.EffectiveOn),
                row.RecordedAt, row.Actor, row.Key, request, System.Text.Encoding.UTF8.GetString(row.Body), row.Postings, row.Hash,
                RowHash.Seal(row.Hash, row.Position, row.RecordedAt),
            ],
            [partition, row.Account.Value, row.Sequence, row.KeyHash, row.Position],
            [
                partition, row.Account.Value, row.Sequence, row.Hash, account.Status, account.Product, (long)account.TermsVersion,
                account.Currency, Day(account.OpenedOn), Day(row.BookedOn), account.TotalLimit, account.Available, account.Debt,
                account.Credit, Day(account.OverdueSince), (long)account.Restricted, Day(account.NextDate),
            ]);
    }

    private static object Day(DateOnly? day) => (long)(day?.ToStored() ?? 0);
}
