using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;

namespace Mingzhang.Store.Moving;

/// <summary>What was moved.</summary>
/// <param name="Tables">Tables.</param>
/// <param name="Rows">Rows in them.</param>
/// <param name="HeadHash">SHA-256 over every account's number, length and last hash, the same on both sides; hexadecimal.</param>
public sealed record HouseMoved(int Tables, long Rows, string HeadHash);

/// <summary>
/// Copies a whole house into an empty database of either kind: the journal as it stands, byte for byte, and everything kept beside it.
/// Positions, hashes and keys stay what they were, so a caller that repeats a key after the move gets its old answer.
/// </summary>
public static class HouseMove
{
    private const string Heads = "SELECT partition_id, account_id, version, head_hash FROM account ORDER BY account_id";

    /// <summary>
    /// Moves. All or nothing: the target gets its tables and then everything in one transaction. Throws <see cref="StoreException"/> when
    /// the target has a house already, when it lacks a table, or when the heads differ afterwards.
    /// </summary>
    /// <param name="source">The house as it stands, settled, with nobody writing.</param>
    /// <param name="facts">The source's facts.</param>
    /// <param name="target">A file that does not exist yet, or an empty PostgreSQL database.</param>
    /// <param name="others">Tables of other parts.</param>
    public static HouseMoved Run(DbConnection source, HouseFacts facts, string target, IReadOnlyList<Migration> others)
    {
        MustBeEmpty(target);
        using (LedgerStores.Open(new StoreOptions { Path = target, CreateAs = facts, Migrations = others }))
        {
            // Its tables and its house are made; what it holds comes now.
        }

        using var sink = MoveSink.Open(target);
        var from = MoveCatalogue.Readable(source);
        var to = MoveCatalogue.Tables(sink.Connection);
        var kept = MoveCatalogue.Tables(source).Keys.Where(table => table is not ("entry" or "settled"));
        if (kept.FirstOrDefault(table => !to.ContainsKey(table)) is { } lost)
        {
            throw new StoreException($"The house has a table {lost} that this program does not know; nothing was moved.");
        }

        var (tables, rows) = (0, 0L);
        foreach (var (table, columns) in to)
        {
            if (from.TryGetValue(table, out var known))
            {
                tables++;
                var copy = new TableCopy(source, table, columns, known);
                sink.Take(table, columns, copy.Rows());
                rows += copy.Count;
            }
        }

        if (LedgerStores.IsServer(target))
        {
            sink.Run("UPDATE journal_head SET position = (SELECT coalesce(max(position), 0) FROM journal WHERE partition_id >= 0) "
                + "WHERE id = 1");
        }

        var head = HeadOf(Ask(source, Heads));
        if (head != HeadOf(sink.Command(Heads)))
        {
            throw new StoreException("The heads of the accounts differ after copying; nothing was moved.");
        }

        sink.Commit();
        return new HouseMoved(tables, rows, head);
    }

    /// <summary>SHA-256 over every account's number, length and last hash, in the order of accounts.</summary>
    public static string HeadHash(DbConnection house) => HeadOf(Ask(house, Heads));

    private static DbCommand Ask(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static string HeadOf(DbCommand command)
    {
        using (command)
        {
            using var reader = command.ExecuteReader();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Span<byte> numbers = stackalloc byte[16];
            while (reader.Read())
            {
                BinaryPrimitives.WriteInt64BigEndian(numbers, reader.GetInt64(1));
                BinaryPrimitives.WriteInt64BigEndian(numbers[8..], reader.GetInt64(2));
                hash.AppendData(numbers);
                hash.AppendData((byte[])reader.GetValue(3));
            }

            return Convert.ToHexString(hash.GetHashAndReset());
        }
    }

    private static void MustBeEmpty(string target)
    {
        if (!LedgerStores.IsServer(target))
        {
            if (File.Exists(target))
            {
                throw new StoreException($"{target} exists; a house is moved into a new file only.");
            }

            return;
        }

        using var connections = new Postgres.PostgresConnections(target);
        using var connection = connections.OpenReader();
        using var command = Ask(connection, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'");
        if (command.ExecuteScalar() is not 0L)
        {
            throw new StoreException($"{LedgerStores.Shown(target)} has tables; a house is moved into an empty database only.");
        }
    }
}
