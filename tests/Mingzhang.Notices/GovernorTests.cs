using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Notifications;

namespace Mingzhang.Notices;

public sealed class GovernorTests
{
    private static readonly CustomerId Someone = new(7);

    public static TheoryData<string, ContactReason, string?> Clock => new()
    {
        { "2026-01-05T21:59:59+08:00", ContactReason.Allowed, null },
        { "2026-01-05T22:00:00+08:00", ContactReason.QuietHours, "2026-01-06T08:00:00+08:00" },
        { "2026-01-06T00:00:00+08:00", ContactReason.QuietHours, "2026-01-06T08:00:00+08:00" },
        { "2026-01-06T07:59:59+08:00", ContactReason.QuietHours, "2026-01-06T08:00:00+08:00" },
        { "2026-01-06T08:00:00+08:00", ContactReason.Allowed, null },
        { "2026-01-05T13:59:59Z", ContactReason.Allowed, null },
        { "2026-01-05T14:00:00Z", ContactReason.QuietHours, "2026-01-06T00:00:00Z" },
        { "2026-07-05T23:59:59Z", ContactReason.QuietHours, "2026-07-06T00:00:00Z" },
        { "2026-07-06T00:00:00Z", ContactReason.Allowed, null },
    };

    [Theory]
    [MemberData(nameof(Clock))]
    public void Night_begins_and_ends_on_the_second_in_Shanghai(string at, ContactReason reason, string? next) =>
        Assert.Equal((reason, next is null ? null : Instant(next)), Told(ContactRules.Shipped, at));

    [Theory]
    [InlineData("22:00", "22:01")]
    [InlineData("08:00", "07:59")]
    [InlineData("08:00", "08:01")]
    [InlineData("480", "0")]
    [InlineData("480", "540")]
    public void A_planted_clock_is_caught(string good, string bad)
    {
        var text = NoticeBook.ShippedFile("contact-rules.json");
        var at = text.IndexOf(good, text.IndexOf("offsetMinutes", StringComparison.Ordinal), StringComparison.Ordinal);
        var planted = ContactRules.Read(text[..at] + bad + text[(at + good.Length)..]);
        Assert.Contains(Clock, row => Told(planted, row.Data.Item1)
            != (row.Data.Item2, row.Data.Item3 is { } next ? Instant(next) : null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_seventh_try_of_a_day_waits_whatever_the_channel(bool server)
    {
        using var house = new NoticeHouse(server);
        house.Time.Now = Instant("2026-01-05T10:00:00+08:00");
        string[] channels = ["phone", "sms", "email", "letter", "visit", "sms"];
        foreach (var (channel, i) in channels.Select((channel, i) => (channel, i)))
        {
            Assert.True((await AskAsync(house, NoticeClass.Collection, channel, "c" + i)).IsAllowed);
        }

        var seventh = await AskAsync(house, NoticeClass.Collection, "phone", "c7");
        Assert.Equal((ContactReason.TriesSpent, Instant("2026-01-06T08:00:00+08:00")), (seventh.Reason, seventh.NextAt));
        Assert.True((await AskAsync(house, NoticeClass.Service, "sms", "s1")).IsAllowed, "counted apart");
        Assert.Equal(ContactReason.SameMessage, (await AskAsync(house, NoticeClass.Collection, "sms", "c3")).Reason);
        house.Time.Now = Instant("2026-01-06T08:00:00+08:00");
        Assert.True((await AskAsync(house, NoticeClass.Collection, "phone", "c8")).IsAllowed, "another day");
        Assert.Equal(10, house.Governor.Of(Someone, 100).Count);
    }

    [Fact]
    public async Task A_planted_seventh_try_is_caught()
    {
        using var house = new NoticeHouse(server: false);
        house.Rules = ContactRules.Read(
            NoticeBook.ShippedFile("contact-rules.json").Replace("\"most\": 6", "\"most\": 7", StringComparison.Ordinal));
        house.Time.Now = Instant("2026-01-05T10:00:00+08:00");
        List<ContactAnswer> answers = [];
        for (var i = 0; i < 7; i++)
        {
            answers.Add(await AskAsync(house, NoticeClass.Collection, "phone", "c" + i));
        }

        Assert.True(answers[6].IsAllowed, "the test above would have failed");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_many_who_ask_at_once_six_are_allowed(bool server)
    {
        using var house = new NoticeHouse(server);
        house.Time.Now = Instant("2026-01-05T10:00:00+08:00");
        var governor = house.Governor;
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => governor.AskAsync(
            new ContactAsk(Someone, NoticeClass.Collection, "phone", "c" + i, "test")))));
        Assert.Equal(6, answers.Count(answer => answer.IsAllowed));
    }

    [Fact]
    public async Task Third_parties_never_and_marketing_only_with_consent()
    {
        using var house = new NoticeHouse(server: false);
        house.Time.Now = Instant("2026-01-05T10:00:00+08:00");
        var third = await house.Governor.AskAsync(new ContactAsk(Someone, NoticeClass.Legal, "phone", "t", "staff:a", ToThirdParty: true));
        Assert.Equal((ContactReason.ThirdParty, (DateTimeOffset?)null), (third.Reason, third.NextAt));
        Assert.Equal(ContactReason.NoConsent, (await AskAsync(house, NoticeClass.Marketing, "sms", "m")).Reason);
        Assert.Null(await house.Wishes.TakeAsync(Someone, (kind, channel) => Usual(kind, channel) || kind.Code == "offer", false, false));
        Assert.True((await AskAsync(house, NoticeClass.Marketing, "sms", "m2")).IsAllowed);
    }

    [Fact]
    public async Task Security_comes_at_night_and_so_does_what_the_person_allowed()
    {
        using var house = new NoticeHouse(server: false);
        house.Time.Now = Instant("2026-01-05T23:00:00+08:00");
        Assert.True((await AskAsync(house, NoticeClass.Security, "sms", "n")).IsAllowed);
        Assert.Equal(ContactReason.QuietHours, (await AskAsync(house, NoticeClass.Legal, "email", "l")).Reason);
        Assert.Null(await house.Wishes.TakeAsync(Someone, Usual, night: true, english: false));
        Assert.True((await AskAsync(house, NoticeClass.Service, "sms", "s")).IsAllowed);
        Assert.Null(await house.Wishes.TakeAsync(Someone, Usual, night: false, english: false));
        Assert.Equal(ContactReason.QuietHours, (await AskAsync(house, NoticeClass.Service, "sms", "s2")).Reason);
    }

    [Fact]
    public async Task What_cannot_be_turned_off_is_not_and_nothing_else_is_kept_with_it()
    {
        using var house = new NoticeHouse(server: false);
        var locked = await house.Wishes.TakeAsync(Someone, (_, _) => false, night: true, english: true);
        Assert.Equal("statement-issued", locked?.Code);
        Assert.Equal(0, house.Count("SELECT count(*) FROM notice_wish WHERE partition_id >= 0"));
    }

    internal static bool Usual(NoticeKind kind, string channel) => Wishes.RuleOf(kind, channel) is ChannelRule.On or ChannelRule.Always;

    internal static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static Task<ContactAnswer> AskAsync(NoticeHouse house, NoticeClass purpose, string channel, string subject) =>
        house.Governor.AskAsync(new ContactAsk(Someone, purpose, channel, subject, "test"));

    private static (ContactReason Reason, DateTimeOffset? NextAt) Told(ContactRules rules, string at)
    {
        var refused = rules.Refuse(NoticeClass.Collection, false, Instant(at), false, false);
        return (refused?.Reason ?? ContactReason.Allowed, refused?.NextAt);
    }
}
