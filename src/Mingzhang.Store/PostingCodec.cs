using System.Buffers;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store;

/// <summary>
/// The entry of a row in few bytes: three letters of currency, then ledger account (16 bits, little-endian) and amount (zigzag
/// varint) in turn.
/// </summary>
/// <remarks>No postings are no bytes. One row has one currency, as one account has.</remarks>
public static class PostingCodec
{
    /// <summary>Appends postings; throws when they are of two currencies or do not sum to zero: a broken invariant.</summary>
    public static void Write(IBufferWriter<byte> target, ReadOnlySpan<Posting> postings, ref Currency currency)
    {
        long sum = 0;
        foreach (var posting in postings)
        {
            if (currency.IsNone)
            {
                currency = posting.Amount.Currency;
                WriteCurrency(target, currency);
            }

            if (posting.Amount.Currency != currency)
            {
                throw new InvalidOperationException($"An entry mixes {currency} and {posting.Amount.Currency}.");
            }

            WriteLine(target, posting);
            sum += posting.Amount.MinorUnits;
        }

        if (sum != 0)
        {
            throw new InvalidOperationException($"The postings of an event sum to {sum}, not to zero.");
        }
    }

    /// <summary>Reads an entry; throws <see cref="FormatException"/> on bytes that are none.</summary>
    public static List<Posting> Read(ReadOnlySpan<byte> bytes)
    {
        var result = new List<Posting>();
        if (bytes.IsEmpty)
        {
            return result;
        }

        if (bytes.Length < 3 || !Currency.TryParse([(char)bytes[0], (char)bytes[1], (char)bytes[2]], out var currency))
        {
            throw new FormatException("An entry starts with a currency.");
        }

        var at = 3;
        while (at < bytes.Length)
        {
            if (at + 3 > bytes.Length)
            {
                throw new FormatException("An entry ends within a line.");
            }

            var account = (LedgerAccount)(bytes[at] | (bytes[at + 1] << 8));
            at += 2;
            result.Add(new Posting(account, Money.Of(ReadVarint(bytes, ref at), currency)));
        }

        return result;
    }

    private static void WriteCurrency(IBufferWriter<byte> target, Currency currency)
    {
        var letters = currency.ToString();
        var span = target.GetSpan(3);
        span[0] = (byte)letters[0];
        span[1] = (byte)letters[1];
        span[2] = (byte)letters[2];
        target.Advance(3);
    }

    private static void WriteLine(IBufferWriter<byte> target, Posting posting)
    {
        var span = target.GetSpan(12);
        var account = (int)posting.Account;
        span[0] = (byte)(account & 0xFF);
        span[1] = (byte)((account >> 8) & 0xFF);
        var minor = posting.Amount.MinorUnits;
        var value = unchecked((ulong)((minor << 1) ^ (minor >> 63)));
        var at = 2;
        while (value >= 0x80)
        {
            span[at++] = (byte)((value & 0x7F) | 0x80);
            value >>= 7;
        }

        span[at++] = (byte)value;
        target.Advance(at);
    }

    private static long ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 70 && at < bytes.Length; shift += 7)
        {
            var next = bytes[at++];
            value |= unchecked((ulong)(next & 0x7F) << shift);
            if (next < 0x80)
            {
                return unchecked((long)(value >> 1) ^ -(long)(value & 1));
            }
        }

        throw new FormatException("An amount of an entry does not end.");
    }
}
