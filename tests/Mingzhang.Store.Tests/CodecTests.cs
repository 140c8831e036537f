using System.Buffers;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;

namespace Mingzhang.Store.Tests;

public sealed class CodecTests
{
    [Fact]
    public void Postings_come_back_as_they_were()
    {
        Posting[] postings =
        [
            new(LedgerAccount.PrincipalReceivable, Money.Of(long.MaxValue, Currency.Twd)),
            new(LedgerAccount.MerchantPayable, Money.Of(-long.MaxValue, Currency.Twd)),
            new(LedgerAccount.ForkContra, Money.Of(-1, Currency.Twd)), new(LedgerAccount.SettlementCash, Money.Of(1, Currency.Twd)),
        ];
        var buffer = new ArrayBufferWriter<byte>();
        var currency = default(Currency);
        PostingCodec.Write(buffer, postings, ref currency);
        Assert.Equal(postings, PostingCodec.Read(buffer.WrittenSpan));
        Assert.Empty(PostingCodec.Read([]));
    }

    [Fact]
    public void An_entry_that_does_not_balance_is_a_broken_invariant()
    {
        var currency = default(Currency);
        Posting[] postings = [new(LedgerAccount.SettlementCash, Money.Of(1, Currency.Cny))];
        Assert.Throws<InvalidOperationException>(() => PostingCodec.Write(new ArrayBufferWriter<byte>(), postings, ref currency));
    }

    [Theory]
    [InlineData("43")]
    [InlineData("434E59E9")]
    [InlineData("434E59E90380")]
    [InlineData("303030E90302")]
    public void Damaged_postings_are_a_format_error(string hex) =>
        Assert.Throws<FormatException>(() => PostingCodec.Read(Convert.FromHexString(hex)));

    [Fact]
    public void Days_are_readable_numbers()
    {
        Assert.Equal(20260105, new DateOnly(2026, 1, 5).ToStored());
        Assert.Equal(DateOnly.MaxValue, StoreDates.FromStored(99991231));
        Assert.Throws<FormatException>(() => StoreDates.FromStored(20260231));
    }
}
