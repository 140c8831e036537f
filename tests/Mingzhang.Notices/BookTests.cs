using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Relief;
using Mingzhang.Services.Notifications;

namespace Mingzhang.Notices;

public sealed class BookTests
{
    [Fact]
    public void The_shipped_kinds_have_their_texts_in_both_languages()
    {
        var book = NoticeBook.Shipped;
        Assert.True(book.Kinds.Count >= 35);
        foreach (var kind in book.Kinds)
        {
            Assert.NotEqual(book.Text(kind.Code, chinese: true).Title, book.Text(kind.Code, chinese: false).Title);
        }
    }

    [Fact]
    public void Every_reason_of_a_stop_and_every_end_of_an_agreement_has_its_word()
    {
        foreach (var chinese in (bool[])[true, false])
        {
            foreach (var reason in Enum.GetNames<RestrictionReason>())
            {
                Assert.NotEqual(reason, NoticeBook.Shipped.Word("restriction", reason, chinese));
            }

            foreach (var end in Enum.GetNames<ReliefEnding>())
            {
                Assert.NotEqual(end, NoticeBook.Shipped.Word("relief", end, chinese));
            }
        }
    }

    [Fact]
    public void A_legal_notice_names_the_rule_why_it_cannot_be_turned_off() => Assert.All(
        NoticeBook.Shipped.Kinds.Where(kind => kind.Class is NoticeClass.Legal or NoticeClass.Security),
        kind => Assert.True(kind is { Locked.Zh.Length: > 10, Locked.En.Length: > 10, Inbox: ChannelRule.Always }, kind.Code));

    [Fact]
    public void Marketing_goes_nowhere_without_consent() => Assert.All(
        NoticeBook.Shipped.Kinds.Where(kind => kind.Class == NoticeClass.Marketing),
        kind => Assert.Equal((ChannelRule.Consent, ChannelRule.Consent, ChannelRule.Consent), (kind.Inbox, kind.Email, kind.Sms)));

    [Theory]
    [InlineData("en.json", "\"Payment booked\"", "\"Payment {booked}\"", "asks for {booked}")]
    [InlineData("en.json", "\"loan-settled\": {", "\"loan-gone\": {", "loan-settled has no text")]
    [InlineData("en.json", "\"closing.closed\"", "\"closing.shut\"", "closing.closed has no twin")]
    [InlineData("zh-Hans.json", "\"还款已入账\"", "\"https://example.com\"", "messages link nowhere")]
    [InlineData("en.json", "\"sms\": \"Your {product} payment", "\"note\": \"Your {product} payment", "SMS of payment-failed has no twin")]
    [InlineData("kinds.json", "\"/app/bills/{issued}\"", "\"/app/bills/{day}\"", "its link asks for {day}")]
    [InlineData("kinds.json", "{\"kind\": \"payment-due-soon\"", "{\"kind\": \"payment-soon\"", "there is no kind payment-soon")]
    public void A_broken_file_is_an_error_at_the_start(string file, string good, string bad, string fault)
    {
        Assert.Contains(good, NoticeBook.ShippedFile(file), StringComparison.Ordinal);
        var thrown = Assert.Throws<InvalidOperationException>(() => NoticeBook.Read(name =>
            name == file ? NoticeBook.ShippedFile(name).Replace(good, bad, StringComparison.Ordinal) : NoticeBook.ShippedFile(name)));
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("张三", "张*")]
    [InlineData("欧阳修远", "欧***")]
    [InlineData("", "")]
    public void Names_are_masked(string name, string masked) => Assert.Equal(masked, NoticeWords.Masked(name));
}
