using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store;

/// <summary>The hashes of a row: its link to the row before, its seal, and the short hash of its key.</summary>
public static class RowHash
{
    /// <summary>Bytes of a link.</summary>
    public const int Size = 32;

    /// <summary>The hash before the first row of any account.</summary>
    public static byte[] Genesis { get; } = new byte[Size];

    /// <summary>
    /// The link of a row: SHA-256 over the previous link and every column but position, machine time and the hashes themselves.
    /// </summary>
    public static byte[] Link(
        ReadOnlySpan<byte> previous, AccountId account, long sequence, RowKind kind, DateOnly bookedOn, DateOnly effectiveOn,
        string key, UInt128 request, string actor, ReadOnlySpan<byte> body, ReadOnlySpan<byte> postings)
    {
        var most = Size + 64 + ((key.Length + actor.Length) * 3) + body.Length + postings.Length;
        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            var span = rented.AsSpan();
            previous.CopyTo(span);
            BinaryPrimitives.WriteInt32LittleEndian(span[32..], account.PartitionId);
            BinaryPrimitives.WriteInt64LittleEndian(span[36..], account.Value);
            BinaryPrimitives.WriteInt64LittleEndian(span[44..], sequence);
            span[52] = (byte)kind;
            BinaryPrimitives.WriteInt32LittleEndian(span[53..], bookedOn.DayNumber);
            BinaryPrimitives.WriteInt32LittleEndian(span[57..], effectiveOn.DayNumber);
            BinaryPrimitives.WriteUInt128BigEndian(span[61..], request);
            var at = 77;
            at += WriteText(span[at..], key);
            at += WriteText(span[at..], actor);
            at += WriteBytes(span[at..], body);
            at += WriteBytes(span[at..], postings);
            return SHA256.HashData(span[..at]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The link a stored row should have after <paramref name="previous"/>.</summary>
    public static byte[] Link(ReadOnlySpan<byte> previous, JournalRow row) => Link(
        previous, row.Account, row.Sequence, row.Kind, row.BookedOn, row.EffectiveOn, row.Key, row.RequestHash, row.Actor, row.Body,
            row.Postings);

    /// <summary>63 bits over what the link leaves out: where the row stands and when it was recorded. Finds damage, not forgery.</summary>
    public static long Seal(ReadOnlySpan<byte> hash, long position, long recordedAt)
    {
        var mixed = Mix(unchecked((ulong)position), unchecked((ulong)recordedAt));
        for (var at = 0; at + 8 <= hash.Length; at += 8)
        {
            mixed = Mix(mixed, BinaryPrimitives.ReadUInt64LittleEndian(hash[at..]));
        }

        return unchecked((long)mixed) & long.MaxValue;
    }

    /// <summary>The seal of a snapshot: SHA-256 over the hash of the row it stands at and the state.</summary>
    public static byte[] SnapshotSeal(ReadOnlySpan<byte> rowHash, ReadOnlySpan<byte> state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(rowHash);
        hash.AppendData(state);
        return hash.GetHashAndReset();
    }

    /// <summary>A stable 63-bit hash of an idempotency key, for finding it; what is found is compared in full.</summary>
    public static long OfKey(string key)
    {
        var mixed = Mix((ulong)key.Length, 0x9E3779B97F4A7C15);
        foreach (var letter in key)
        {
            mixed = Mix(mixed, letter);
        }

        return (unchecked((long)mixed) & long.MaxValue) | 1;
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a ^ 0xA0761D6478BD642F, b ^ 0xE7037ED1A0B428DB, out var low);
        return high ^ low ^ (a << 17 | a >> 47);
    }

    private static int WriteText(Span<byte> target, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, target[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(target, length);
        return length + 4;
    }

    private static int WriteBytes(Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, bytes.Length);
        bytes.CopyTo(target[4..]);
        return bytes.Length + 4;
    }
}
