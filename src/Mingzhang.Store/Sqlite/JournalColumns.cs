using System.Buffers.Binary;

namespace Mingzhang.Store.Sqlite;

/// <summary>The one place that knows how a journal row stands in its columns.</summary>
internal static class JournalColumns
{
    /// <summary>Appends a row; parameters in column order.</summary>
    public const string Insert =
        "INSERT INTO journal (position, partition_id, account_id, sequence, kind, booked_on, effective_on, recorded_at, actor, key, "
            + "request_hash, body, postings, hash, seal) "
        + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";

    /// <summary>One row by its position and partition.</summary>
    public const string ByPosition =
        "SELECT position, partition_id, account_id, sequence, kind, booked_on, effective_on, recorded_at, actor, key, request_hash, "
            + "body, postings, hash, seal "
        + "FROM journal WHERE position = ?1 AND partition_id = ?2";

    /// <summary>Rows after a position, of all partitions.</summary>
    public const string After =
        "SELECT position, partition_id, account_id, sequence, kind, booked_on, effective_on, recorded_at, actor, key, request_hash, "
            + "body, postings, hash, seal "
        + "FROM journal WHERE position > ?1 ORDER BY position LIMIT ?2";

    /// <summary>Binds a row to <see cref="Insert"/>; its position must be set.</summary>
    public static void Bind(RawStatement insert, JournalRow row)
    {
        Span<byte> request = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(request, row.RequestHash);
        insert.Reserve(256 + ((row.Actor.Length + row.Key.Length) * 3) + row.Body.Length + row.Postings.Length);
        insert.Bind(1, row.Position)
            .Bind(2, row.Account.PartitionId)
            .Bind(3, row.Account.Value)
            .Bind(4, row.Sequence)
            .Bind(5, (long)row.Kind)
            .Bind(6, row.BookedOn.ToStored())
            .Bind(7, row.EffectiveOn.ToStored())
            .Bind(8, row.RecordedAt)
            .Bind(9, row.Actor)
            .Bind(10, row.Key)
            .Bind(11, request)
            .BindText(12, row.Body)
            .Bind(13, row.Postings)
            .Bind(14, row.Hash)
            .Bind(15, RowHash.Seal(row.Hash, row.Position, row.RecordedAt));
    }

    /// <summary>Reads the current row. Throws <see cref="FormatException"/> naming the row when a column is not what it must be.</summary>
    public static JournalRow Read(RawStatement row) => Stored(row).Checked();

    private static StoredRow Stored(RawStatement row)
    {
        try
        {
            return new StoredRow(
                row.Long(0), row.Long(1), row.Long(2), row.Long(3), row.Long(4), row.Long(5), row.Long(6), row.Long(7), row.Text(8),
                row.Text(9), row.Bytes(10), row.Utf8(11), row.Bytes(12), row.Bytes(13), row.Long(14));
        }
        catch (Exception cause) when (cause is FormatException or ArgumentException or OverflowException)
        {
            throw new FormatException($"journal row at position {row.Long(0)} (partition {row.Long(1)}, account {row.Long(2)}, sequence "
                + $"{row.Long(3)}): {cause.Message}", cause);
        }
    }
}
