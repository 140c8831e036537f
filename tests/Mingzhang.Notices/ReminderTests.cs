using System.Globalization;
using System.Text.RegularExpressions;
using Mingzhang.Domain.Billing;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.Notifications;

namespace Mingzhang.Notices;

public sealed class ReminderTests
{
    private static readonly DateOnly Far = new(2026, 2, 27);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Before_on_and_after_the_due_day_each_once(bool server)
    {
        using var house = await OwingAsync(server, NoticeBook.Shipped);
        await house.MoveAsync(Far, eachDay: true);
        var due = house.House.History(Sample.Account(7)).SelectMany(entry => entry.Events).OfType<StatementIssued>().First().Bill.DueOn;
        var told = house.Of(7).Where(one => one.Kind.StartsWith("payment-", StringComparison.Ordinal) && one.HappenedOn <= due.AddDays(15))
            .Select(one => (one.Kind, Day: one.HappenedOn.DayNumber - due.DayNumber)).Order().ToList();
        Assert.Contains(("payment-due-soon", -3), told);
        Assert.Contains(("payment-due-today", 0), told);
        Assert.Contains(("payment-overdue", 1), told);
        Assert.Contains(("payment-still-overdue", 3), told);
        Assert.Contains(("payment-still-overdue", 7), told);
        Assert.Equal(told.Count, told.Distinct().Count());
    }

    [Fact]
    public async Task What_was_paid_is_not_reminded_of()
    {
        using var house = await OwingAsync(false, NoticeBook.Shipped);
        await house.MoveAsync(new DateOnly(2026, 2, 2), eachDay: true);
        await house.House.SubmitAsync(Sample.Pay(7, "p", 20_000, new DateOnly(2026, 2, 2)));
        await house.MoveAsync(Far, eachDay: true);
        Assert.DoesNotContain(house.Of(7), one => one.Kind.StartsWith("payment-due", StringComparison.Ordinal)
            || one.Kind.StartsWith("payment-still", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sandbox_that_moves_months_at_once_tells_no_old_due_day()
    {
        using var house = await OwingAsync(false, NoticeBook.Shipped);
        await house.MoveAsync(Far, eachDay: false);
        Assert.Empty(Late(house));
        Assert.True(house.Count("SELECT count(*) FROM reminder WHERE partition_id >= 0 AND state = 3") >= 4, "looked at too late");
    }

    [Fact]
    public async Task A_planted_book_without_an_end_of_freshness_is_caught()
    {
        var book = NoticeBook.Read(name => Regex.Replace(
            NoticeBook.ShippedFile(name), "\"staleAfterDays\": \\d+", "\"staleAfterDays\": 4000"));
        using var house = await OwingAsync(false, book);
        await house.MoveAsync(Far, eachDay: false);
        Assert.NotEmpty(Late(house));
    }

    /// <summary>Reminders whose day was over when they were told.</summary>
    private static List<Notice> Late(NoticeHouse house) =>
    [
        .. house.Of(7).Where(one => one.Id.StartsWith("due-", StringComparison.Ordinal)
            && !one.Id.Contains(one.HappenedOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture), StringComparison.Ordinal)),
    ];

    private static async Task<NoticeHouse> OwingAsync(bool server, NoticeBook book)
    {
        var house = new NoticeHouse(server, book);
        await house.House.SubmitAsync(Sample.Open(7));
        await house.House.SubmitAsync(Sample.Buy(7, "b", 20_000, Sample.Start));
        return house;
    }
}
