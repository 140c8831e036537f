using System.Data.Common;

namespace Mingzhang.Store.Moving;

/// <summary>The rows of one table as the target wants its columns.</summary>
/// <remarks>Two columns exist on PostgreSQL only and follow from others: the hash of a journal row's key, and the day an account is looked
/// at, which is its next date as long as nobody knows better (decisions 0019 and 0020).</remarks>
internal sealed class TableCopy(DbConnection source, string table, IReadOnlyList<string> columns, IReadOnlyList<string> known)
{
    /// <summary>Rows read so far.</summary>
    public long Count { get; private set; }

    /// <summary>The rows, one at a time.</summary>
    public IEnumerable<object[]> Rows()
    {
        using var command = source.CreateCommand();
        command.CommandText = string.Join(' ', "SELECT", string.Join(", ", columns.Select(Asked)), "FROM", table);
        using var reader = command.ExecuteReader();
        var hashed = table == "journal" && !known.Contains("key_hash") ? columns.ToList().IndexOf("key_hash") : -1;
        while (reader.Read())
        {
            var row = new object[columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.GetValue(i);
            }

            if (hashed >= 0)
            {
                row[hashed] = RowHash.OfKey((string)row[hashed]);
            }

            Count++;
            yield return row;
        }
    }

    private string Asked(string column) => known.Contains(column) ? column : (table, column) switch
    {
        ("journal", "key_hash") => "key",
        ("account", "wake_on") => "next_date",
        // The rest: nothing else differs between the two.
        _ => throw new StoreException($"The house has no column {column} in {table}."),
    };
}
