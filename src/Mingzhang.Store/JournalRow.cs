using Mingzhang.Domain.Values;

namespace Mingzhang.Store;

/// <summary>What a journal row records.</summary>
public enum RowKind
{
    /// <summary>An accepted command and what followed.</summary>
    Accepted = 1,

    /// <summary>A refused command: its key and its answer live as long as the account.</summary>
    Refused = 2,

    /// <summary>A day that passed.</summary>
    Day = 3,
}

/// <summary>One row of the journal: the unit of truth. Written once, never changed.</summary>
public sealed class JournalRow
{
    /// <summary>Append order in the house, 1 upwards; 0 until the store has written it.</summary>
    public long Position { get; set; }

    /// <summary>The account.</summary>
    public required AccountId Account { get; init; }

    /// <summary>1, 2, 3 … within the account, without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>Accepted, refused, or a day.</summary>
    public required RowKind Kind { get; init; }

    /// <summary>Business day of the books.</summary>
    public required DateOnly BookedOn { get; init; }

    /// <summary>Economic day.</summary>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>Machine time in microseconds since 1970 UTC; metadata, outside the hash chain.</summary>
    public required long RecordedAt { get; init; }

    /// <summary>Who asked, for audit.</summary>
    public required string Actor { get; init; }

    /// <summary>Idempotency key, unique within the account.</summary>
    public required string Key { get; init; }

    /// <summary>See <see cref="RowHash.OfKey"/>; computed when not given.</summary>
    public long KeyHash
    {
        get => field == 0 ? field = RowHash.OfKey(Key) : field;
        init;
    }

    /// <summary>First 16 bytes of SHA-256 over the command's canonical JSON, big-endian.</summary>
    public required UInt128 RequestHash { get; init; }

    /// <summary>JSON, UTF-8: an array of events, or one refusal.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The balanced entry, see <see cref="PostingCodec"/>.</summary>
    public required byte[] Postings { get; init; }

    /// <summary>SHA-256 over the account's previous hash and this row, see <see cref="RowHash"/>.</summary>
    public required byte[] Hash { get; init; }
}
