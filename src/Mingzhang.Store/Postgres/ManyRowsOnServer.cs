using System.Buffers;
using System.Globalization;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>One statement for many rows, in batches of one round trip; its parameters are numbered once, not in each row.</summary>
internal static class ManyRowsOnServer
{
    private const int MostInBatch = 512;

    private static readonly SearchValues<char> InNames =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>Runs it for each row, inside the transaction that the connection has open.</summary>
    public static void Write(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, IReadOnlyList<string> names, IEnumerable<object[]> rows)
    {
        var text = WithNumbers(sql, names);
        foreach (var some in rows.Chunk(MostInBatch))
        {
            using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var row in some)
            {
                var command = new NpgsqlBatchCommand(text);
                foreach (var value in row)
                {
                    command.Parameters.Add(new NpgsqlParameter { Value = value });
                }

                batch.BatchCommands.Add(command);
            }

            batch.Prepare();
            batch.ExecuteNonQuery();
        }
    }

    /// <summary>A statement with <c>$1</c> for its first parameter and so on; the server's own way, which needs no parsing here.</summary>
    private static string WithNumbers(string sql, IReadOnlyList<string> names)
    {
        var (parts, numbers) = (sql.Split('@'), names.ToList());
        for (var at = 1; at < parts.Length; at++)
        {
            var end = parts[at].AsSpan().IndexOfAnyExcept(InNames);
            var name = end < 0 ? parts[at] : parts[at][..end];
            var number = numbers.IndexOf("@" + name) + 1;
            parts[at] = number > 0
                ? string.Create(CultureInfo.InvariantCulture, $"${number}{parts[at].AsSpan(name.Length)}")
                : throw new ArgumentException($"@{name} has no value: {sql}", nameof(names));
        }

        return string.Concat(parts);
    }
}
