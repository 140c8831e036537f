using System.Data.Common;
using Microsoft.Data.Sqlite;
using Mingzhang.Store.Sqlite;
using Npgsql;

namespace Mingzhang.Store.Moving;

/// <summary>Takes rows of one table into a new house, within the one transaction of the move.</summary>
internal abstract class MoveSink : IDisposable
{
    /// <summary>Begins the move into a database that has its tables and nothing in them.</summary>
    public static MoveSink Open(string path) => LedgerStores.IsServer(path) ? new ServerSink(path) : new FileSink(path);

    /// <summary>The connection, inside the transaction.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>Empties a table and takes its rows; a number, a text, or bytes in each place.</summary>
    public abstract void Take(string table, IReadOnlyList<string> columns, IEnumerable<object[]> rows);

    /// <summary>Runs one statement.</summary>
    public void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>A command inside the transaction.</summary>
    public abstract DbCommand Command(string sql);

    /// <summary>Makes it lasting.</summary>
    public abstract void Commit();

    /// <inheritdoc/>
    public abstract void Dispose();

    private sealed class FileSink : MoveSink
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteTransaction _transaction;

        public FileSink(string path)
        {
            _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            _connection.Open();
            SqliteConnections.Run(_connection, "PRAGMA synchronous = FULL");
            _transaction = _connection.BeginTransaction();
        }

        public override DbConnection Connection => _connection;

        public override void Take(string table, IReadOnlyList<string> columns, IEnumerable<object[]> rows)
        {
            Run("DELETE FROM " + table);
            var places = columns.Select((_, i) => "$" + i).ToList();
            using var command = Command(string.Join(' ', "INSERT INTO", table, "(" + string.Join(", ", columns) + ")", "VALUES",
                "(" + string.Join(", ", places) + ")"));
            var parameters = places.Select(place => new SqliteParameter(place, SqliteType.Text)).ToList();
            parameters.ForEach(parameter => command.Parameters.Add(parameter));
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    parameters[i].SqliteType = row[i] is long ? SqliteType.Integer : row[i] is byte[] ? SqliteType.Blob : SqliteType.Text;
                    parameters[i].Value = row[i];
                }

                command.ExecuteNonQuery();
            }
        }

        public override DbCommand Command(string sql)
        {
            var command = _connection.CreateCommand();
            (command.CommandText, command.Transaction) = (sql, _transaction);
            return command;
        }

        public override void Commit() => _transaction.Commit();

        public override void Dispose()
        {
            _transaction.Dispose();
            _connection.Dispose();
        }
    }

    private sealed class ServerSink : MoveSink
    {
        private readonly NpgsqlConnection _connection;
        private readonly NpgsqlTransaction _transaction;

        public ServerSink(string path)
        {
            using var connections = new Postgres.PostgresConnections(path);
            _connection = connections.OpenWriter();
            _transaction = _connection.BeginTransaction();
        }

        public override DbConnection Connection => _connection;

        public override void Take(string table, IReadOnlyList<string> columns, IEnumerable<object[]> rows)
        {
            Run("DELETE FROM " + table);
            using var import = _connection.BeginBinaryImport(
                string.Join(' ', "COPY", table, "(" + string.Join(", ", columns) + ")", "FROM STDIN (FORMAT BINARY)"));
            foreach (var row in rows)
            {
                import.StartRow();
                foreach (var value in row)
                {
                    switch (value)
                    {
                        case long number: import.Write(number); break;
                        case string text: import.Write(text); break;
                        case byte[] bytes: import.Write(bytes); break;
                        default: throw new StoreException($"{table} holds a value that is no number, text or bytes.");
                    }
                }
            }

            import.Complete();
        }

        public override DbCommand Command(string sql) => new NpgsqlCommand(sql, _connection, _transaction);

        public override void Commit() => _transaction.Commit();

        public override void Dispose()
        {
            _transaction.Dispose();
            _connection.Dispose();
        }
    }
}
