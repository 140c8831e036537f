using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.Campaigns;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Reading;

namespace Mingzhang.Progress;

/// <summary>Invitations to open progress management again, and education that is counted.</summary>
public sealed class CampaignTests
{
    private const string File = """
        {"note": "", "winBack": [{"version": 1, "from": "2020-01-01", "sample": true, "closedDays": 30, "due": 1, "limitMinor": 2000000,
        "usualMinor": 500000, "pauseDays": 180, "zh": "规则", "en": "rule"}], "lessons": [
        {"code": "late", "sample": true, "article": "overdue", "from": "2026-01-01", "until": "2026-03-31",
        "segment": "overdue", "days": 0, "tell": true},
        {"code": "all", "sample": false, "article": "fees", "from": "2026-01-01", "until": "2026-12-31",
        "segment": "everybody", "days": 0, "tell": false}]}
        """;

    private static readonly CampaignBook Book = CampaignBook.Parse(File);

    public static TheoryData<WinBackFacts, bool> People => new()
    {
        { new WinBackFacts(30, 1, 0, 2_000_000, 0), true },
        { new WinBackFacts(30, 1, 0, 0, 500_000), true },
        { new WinBackFacts(29, 1, 0, 2_000_000, 0), false },
        { new WinBackFacts(30, 0, 0, 2_000_000, 0), false },
        { new WinBackFacts(30, 3, 1, 2_000_000, 500_000), false },
        { new WinBackFacts(300, 9, 0, 1_999_999, 499_999), false },
    };

    [Theory]
    [MemberData(nameof(People))]
    public void The_segment_is_closed_paid_in_full_and_wealthy(WinBackFacts facts, bool fits) =>
        Assert.Equal(fits, Book.RuleOn(Sample.Start)!.Fits(facts));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_who_agreed_to_offers_is_invited_and_once_in_the_pause(bool server)
    {
        using var house = await ClosedAsync(server, pay: 5_000);
        Assert.Equal(0, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken));
        Assert.Empty(Desk(house).Members(10));

        await AgreeAsync(house);
        Assert.Equal(1, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken)); // a host that starts again that day
        var member = Assert.Single(Desk(house).Members(10));
        Assert.Equal(("invited", house.House.BusinessDate, 1, 0), (member.State, member.InvitedOn, member.Facts.Due, member.Facts.Short));
        Assert.Single(Told(house));

        await house.MoveAsync(house.House.BusinessDate.AddDays(30));
        Assert.Equal(0, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken));
        Assert.Equal("resting", Assert.Single(Desk(house).Members(10)).State);
        await house.MoveAsync(house.House.BusinessDate.AddDays(150));
        Assert.Equal(1, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, Told(house).Count);

        // Who opens it again leaves the segment; what was looked at goes, the day of the invitation stays.
        Assert.Null(await house.Progress.ReopenAsync(Sample.Account(1), fill: true, resume: false, "customer:1"));
        await house.MoveAsync(house.House.BusinessDate.AddDays(1));
        Assert.Equal(0, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken));
        Assert.Empty(Desk(house).Members(10));
        Assert.Equal((1, 1, 0), (Desk(house).Figures().Invited, Desk(house).Figures().Reopened, Desk(house).Figures().Refused));
        Assert.Equal(new WinBackFacts(0, 0, 0, 0, 0), Assert.Single(Desk(house).Of(Sample.Account(1).Customer)).Facts);
    }

    [Fact]
    public async Task Who_paid_the_minimum_only_is_not_invited()
    {
        using var house = await ClosedAsync(server: false, pay: 1_000);
        await AgreeAsync(house);
        Assert.Equal(0, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken));
        Assert.Empty(Desk(house).Members(10));
    }

    [Fact]
    public async Task A_stopped_campaign_invites_nobody_and_a_refusal_in_one_step_ends_all_offers()
    {
        using var house = await ClosedAsync(server: false, pay: 5_000);
        await AgreeAsync(house);
        await Stops(house).StopAsync(CampaignBook.WinBackCode, "staff:a", "complaints");
        Assert.Equal(0, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken));
        Assert.Equal("waiting", Assert.Single(Desk(house).Members(10)).State);
        Assert.Empty(Told(house));

        await Stops(house).ResumeAsync(CampaignBook.WinBackCode);
        Assert.Equal(1, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken));
        await Desk(house).RefuseAsync(Sample.Account(1).Customer, Wish(house));
        var said = Wish(house).Of(Sample.Account(1).Customer);
        Assert.DoesNotContain(Wishes.Channels, said.AgreesToMarketing);
        Assert.All(Wishes.Channels, channel => Assert.False(said.Wants(NoticeBook.Shipped.Find(WinBackDesk.Kind)!, channel)));
        await house.MoveAsync(house.House.BusinessDate.AddDays(200));
        Assert.Equal(0, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, Desk(house).Figures().Refused);
    }

    [Fact]
    public async Task The_message_of_an_invitation_waits_for_the_morning_and_comes_once_a_day()
    {
        using var house = await ClosedAsync(server: false, pay: 5_000);
        await AgreeAsync(house);
        Assert.Equal(1, await Desk(house).GoOnAsync(TestContext.Current.CancellationToken));
        var governor = new ContactGovernor(house.House, ContactRules.Shipped, house.Time);
        house.Time.Now = new DateTimeOffset(2026, 2, 20, 23, 0, 0, TimeSpan.FromHours(8));
        var kind = NoticeBook.Shipped.Find(WinBackDesk.Kind)!;
        ContactAsk Ask(string subject) => new(Sample.Account(1).Customer, kind.Class, "sms", subject, "house");
        Assert.Equal(ContactReason.QuietHours, (await governor.AskAsync(Ask("a"))).Reason);
        house.Time.Now = house.Time.Now.AddHours(9);
        Assert.True((await governor.AskAsync(Ask("a"))).IsAllowed);
        Assert.Equal(ContactReason.TriesSpent, (await governor.AskAsync(Ask("b"))).Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lesson_counts_people_once_and_forgets_them_when_it_ends(bool server)
    {
        using var house = new ProgressHouse(server);
        await house.AcceptAsync(Sample.Open(1));
        await house.AcceptAsync(Sample.Open(2));
        await house.AcceptAsync(Sample.Buy(1, "p1", 5_000, Sample.Start));
        await house.MoveAsync(new DateOnly(2026, 2, 15)); // the bill of 1 February fell due on the 10th
        await house.CatchUpAsync();
        var lessons = Lessons(house);
        Assert.Equal(1, await lessons.GoOnAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await Lessons(house).GoOnAsync(TestContext.Current.CancellationToken));
        var told = house.Notices.Of(Sample.Account(1).Customer, new NoticeQuery(false, [LessonDesk.Kind], 9, 0)).Single();
        Assert.Equal("late", told.Fields["lesson"]);

        var (late, all) = (Book.Lessons[0], Book.Lessons[1]);
        var (one, other) = (Sample.Account(1).Customer, Sample.Account(2).Customer);
        Assert.True(await lessons.ShowAsync(one, late));
        Assert.False(await lessons.ShowAsync(one, late));
        Assert.True(await lessons.ReadAsync(one, late));
        Assert.False(await lessons.ReadAsync(one, late));
        Assert.True(await lessons.ShowAsync(other, all));
        Assert.True(await lessons.ReadAsync(one, all)); // who says so without a page was shown it
        Assert.Equal([(1, 1, 1), (0, 2, 1)], lessons.Reach().Select(reach => ((int)reach.Told, (int)reach.Shown, (int)reach.Read)));
        var view = (await new AccountReader(house.House).FindAsync(Sample.Account(2)))!;
        Assert.Equal([("all", false)], lessons.For(view).Select(found => (found.Lesson.Code, found.Read)));
        await Stops(house).StopAsync("all", "staff:a", "wrong figures");
        Assert.Empty(lessons.For(view));

        await house.MoveAsync(new DateOnly(2026, 4, 1));
        await Lessons(house).GoOnAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, house.Run("DELETE FROM lesson_mark WHERE partition_id >= 0 AND lesson = @lesson", new { lesson = "late" }));
        Assert.Equal(1, lessons.Reach()[0].Read);
    }

    [Theory]
    [InlineData("\"pauseDays\": 180", "\"pauseDays\": 29", "pauseDays")]
    [InlineData("\"article\": \"fees\"", "\"article\": \"none\"", "no article none")]
    [InlineData("\"code\": \"all\"", "\"code\": \"late\"", "each code once")]
    [InlineData("2026-12-31", "2025-12-31", "until not before from")]
    [InlineData("\"everybody\"", "\"rich\"", "segment")]
    public void A_broken_rule_is_named(string good, string bad, string named) => Assert.Contains(
        named, Assert.Throws<ProductsException>(() => CampaignBook.Parse(File.Replace(good, bad, StringComparison.Ordinal))).Message);

    [Fact]
    public void Samples_run_in_sandboxes_only()
    {
        var folder = Directory.CreateTempSubdirectory("mz-campaigns-").FullName;
        System.IO.File.WriteAllText(Path.Combine(folder, CampaignBook.FileName), File);
        var live = CampaignBook.Read(folder, isSandbox: false);
        Assert.Equal((0, "all"), (live.WinBack.Count, live.Lessons.Single().Code));
        Assert.Equal((1, 2), (CampaignBook.Read(folder, isSandbox: true).WinBack.Count, CampaignBook.Read(folder, true).Lessons.Count));
        Directory.Delete(folder, recursive: true);
        Assert.Empty(CampaignBook.Read(folder, isSandbox: true).Lessons);
    }

    /// <summary>Somebody with a high limit closed progress management on the first day; a bill of 50.00 fell due on 10 February.</summary>
    private static async Task<ProgressHouse> ClosedAsync(bool server, long pay)
    {
        var house = new ProgressHouse(server);
        await house.AcceptAsync(Sample.Open(1, 5_000_000));
        await house.AcceptAsync(Sample.Buy(1, "p1", 5_000, Sample.Start));
        Assert.Null(await house.Progress.CloseByAgentAsync((await house.House.ReadAsync(Sample.Account(1)))!, "staff:a"));
        await house.MoveAsync(new DateOnly(2026, 2, 5));
        await house.AcceptAsync(Sample.Pay(1, "r1", pay, house.House.BusinessDate));
        await house.MoveAsync(new DateOnly(2026, 2, 20));
        return house;
    }

    private static Task AgreeAsync(ProgressHouse house) =>
        Wish(house).KeepAsync(Sample.Account(1).Customer, [new Wish(Wishes.Offers, "inbox", true), new Wish(Wishes.Offers, "sms", true)]);

    private static IReadOnlyList<Notice> Told(ProgressHouse house) =>
        house.Notices.Of(Sample.Account(1).Customer, new NoticeQuery(false, [WinBackDesk.Kind], 10, 0));

    private static WishDesk Wish(ProgressHouse house) => new(house.House, NoticeBook.Shipped, house.Time);

    private static CampaignStops Stops(ProgressHouse house) => new(house.House, house.Time);

    private static WinBackDesk Desk(ProgressHouse house) =>
        new(house.House, new AccountReader(house.House), house.Progress, house.Notices, Book, Stops(house));

    private static LessonDesk Lessons(ProgressHouse house) =>
        new(house.House, new AccountReader(house.House), house.Notices, Book, Stops(house));
}
