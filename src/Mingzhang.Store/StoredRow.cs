using System.Buffers.Binary;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store;

/// <summary>A journal row as its columns stand in a database, not yet trusted.</summary>
internal readonly record struct StoredRow(
    long Position, long Partition, long Account, long Sequence, long Kind, long BookedOn, long EffectiveOn, long RecordedAt, string Actor,
    string Key, byte[] RequestHash, byte[] Body, byte[] Postings, byte[] Hash, long Seal)
{
    /// <summary>The row. Throws <see cref="FormatException"/> naming it when a column is not what it must be.</summary>
    public JournalRow Checked()
    {
        try
        {
            var row = new JournalRow
            {
                Position = Position,
                Account = new AccountId(Account),
                Sequence = Sequence,
                Kind = (RowKind)Kind,
                BookedOn = StoreDates.FromStored(BookedOn),
                EffectiveOn = StoreDates.FromStored(EffectiveOn),
                RecordedAt = RecordedAt,
                Actor = Actor,
                Key = Key,
                RequestHash = BinaryPrimitives.ReadUInt128BigEndian(RequestHash),
                Body = Body,
                Postings = Postings,
                Hash = Hash,
            };
            return row.Account.Value > 0 && row.Account.PartitionId == Partition && Seal == RowHash.Seal(Hash, Position, RecordedAt)
                ? row : throw new FormatException("partition, seal, position or machine time was altered");
        }
        catch (Exception cause) when (cause is FormatException or ArgumentException or OverflowException)
        {
            throw new FormatException(
                $"journal row at position {Position} (partition {Partition}, account {Account}, sequence {Sequence}): {cause.Message}",
                cause);
        }
    }
}
