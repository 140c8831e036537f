using System.Data.Common;
using Npgsql;

namespace Mingzhang.Store.Moving;

/// <summary>Which tables and columns a database of a house has.</summary>
internal static class MoveCatalogue
{
    private const string OfServer =
        "SELECT c.table_name, c.column_name, t.table_type FROM information_schema.columns c JOIN information_schema.tables t "
        + "ON t.table_schema = c.table_schema AND t.table_name = c.table_name WHERE c.table_schema = 'public' "
        + "ORDER BY c.table_name, c.ordinal_position";

    private const string OfFile =
        "SELECT m.name, c.name, 'BASE TABLE' FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table' "
        + "AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid";

    // What a database says about itself and its processes is its own.
    private static readonly HashSet<string> Own = ["schema_version", "journal_head", "node", "leader"];

    /// <summary>Tables to fill, with their columns.</summary>
    public static SortedDictionary<string, List<string>> Tables(DbConnection connection) => Read(connection, views: false);

    /// <summary>Tables and views to read, with their columns.</summary>
    public static SortedDictionary<string, List<string>> Readable(DbConnection connection) => Read(connection, views: true);

    private static SortedDictionary<string, List<string>> Read(DbConnection connection, bool views)
    {
        var tables = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        using var command = connection.CreateCommand();
        command.CommandText = connection is NpgsqlConnection ? OfServer : OfFile;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var table = reader.GetString(0);
            if (Own.Contains(table) || (!views && reader.GetString(2) != "BASE TABLE"))
            {
                continue;
            }

            if (!tables.TryGetValue(table, out var columns))
            {
                tables.Add(table, columns = []);
            }

            columns.Add(reader.GetString(1));
        }

        return tables;
    }
}
