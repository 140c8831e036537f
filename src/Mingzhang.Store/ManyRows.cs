using System.Data.Common;
using Microsoft.Data.Sqlite;
using Mingzhang.Store.Postgres;
using Mingzhang.Store.Sqlite;
using Npgsql;

namespace Mingzhang.Store;

/// <summary>
/// One statement for many rows: prepared once and run for each row where the database is in this process, sent in batches of one round trip
/// where it is a server.
/// </summary>
public static class ManyRows
{
    /// <summary>Runs it for each row, in their order.</summary>
    /// <param name="connection">The writer's connection.</param>
    /// <param name="transaction">Its transaction.</param>
    /// <param name="sql">A constant statement.</param>
    /// <param name="names">Its parameters, such as <c>@account</c>; each keeps the type of its first value.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="values">The values of a row, in the order of the names: whole numbers, text or bytes.</param>
    public static void Write<T>(
        DbConnection connection, DbTransaction transaction, string sql, IReadOnlyList<string> names, IEnumerable<T> rows,
        Func<T, object[]> values)
    {
        if (connection is NpgsqlConnection server)
        {
            ManyRowsOnServer.Write(server, (NpgsqlTransaction)transaction, sql, names, rows.Select(values));
            return;
        }

        ManyRowsOnFile.Write((SqliteConnection)connection, sql, names, rows.Select(values));
    }
}
