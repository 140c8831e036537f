using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>The end of the journal: one row that every commit locks first, which puts the commits of all nodes in one order.</summary>
/// <param name="Position">Of the last row.</param>
/// <param name="Stamp">Of the last transaction.</param>
/// <param name="Facts">How often date, clocks or product versions changed.</param>
internal readonly record struct JournalHead(long Position, long Stamp, long Facts)
{
    /// <summary>
    /// Moves the head that was locked before; fails the transaction it stands in, by a division by zero, when another one came between.
    /// </summary>
    public const string Move =
        "UPDATE journal_head SET position = @position, stamp = @stamp WHERE id = 1 "
        + "AND 1 / (CASE WHEN stamp = @expected AND facts = @facts THEN 1 ELSE 0 END) = 1";

    /// <summary>Moves the head that the transaction has locked.</summary>
    public const string Set = "UPDATE journal_head SET position = @position, stamp = @stamp, facts = @facts WHERE id = 1";

    private const string Read = "SELECT position, stamp, facts FROM journal_head WHERE id = 1";

    /// <summary>Waits until nobody else commits, and keeps it so until the transaction ends.</summary>
    public const string Lock = "SELECT position, stamp, facts FROM journal_head WHERE id = 1 FOR UPDATE";

    /// <summary>As it is committed.</summary>
    public static JournalHead Look(NpgsqlConnection connection) => One(new NpgsqlCommand(Read, connection));

    /// <summary>As it is after a message that ends with <see cref="Lock"/>.</summary>
    public static JournalHead Locked(NpgsqlBatch batch)
    {
        using var row = batch.ExecuteReader();
        return One(row);
    }

    /// <summary>Locks it until the transaction ends: nobody else commits meanwhile.</summary>
    public static JournalHead LockIn(NpgsqlTransaction transaction) =>
        One(new NpgsqlCommand(Lock, transaction.Connection, transaction));

    private static JournalHead One(NpgsqlCommand command)
    {
        using (command)
        using (var row = command.ExecuteReader())
        {
            return One(row);
        }
    }

    private static JournalHead One(NpgsqlDataReader row) => row.Read()
        ? new JournalHead(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))
        : throw new StoreException("journal_head: its one row is missing.");
}
