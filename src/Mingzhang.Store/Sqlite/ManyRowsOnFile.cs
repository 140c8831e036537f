using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Mingzhang.Store.Sqlite;

/// <summary>One statement for many rows, without ADO.NET, whose calls cost as much as what most of these do (decision 0013).</summary>
internal static class ManyRowsOnFile
{
    private const string Name = "write rows";

    /// <summary>Runs it for each row, inside the transaction that the connection has open.</summary>
    public static void Write(SqliteConnection connection, string sql, IReadOnlyList<string> names, IEnumerable<object[]> rows)
    {
        using var statement = new RawStatement(connection.Handle!, Name, sql);
        var order = names.Select((name, at) => (Index: statement.IndexOf(name), At: at)).OrderBy(one => one.Index).ToArray();
        if (order.Length == 0 || order[0].Index != 1)
        {
            throw new ArgumentException($"Not all of {string.Join(", ", names)} stand in the statement: {sql}", nameof(names));
        }

        foreach (var row in rows)
        {
            statement.Reserve(SizeOf(row));
            foreach (var (index, at) in order)
            {
                Bind(statement, index, row[at]);
            }

            statement.Run();
        }
    }

    private static int SizeOf(object[] row)
    {
        var size = 0;
        foreach (var value in row)
        {
            size += value switch { string text => text.Length * 3, byte[] bytes => bytes.Length, _ => 0 };
        }

        return size + 3; // an empty text needs a place too
    }

    private static void Bind(RawStatement statement, int index, object value)
    {
        switch (value)
        {
            case long number: statement.Bind(index, number); break;
            case int number: statement.Bind(index, number); break;
            case string text: statement.Bind(index, text); break;
            case byte[] bytes: statement.Bind(index, bytes); break;
            default: throw new ArgumentException($"A {value.GetType().Name} is not written.", nameof(value));
        }
    }
}
