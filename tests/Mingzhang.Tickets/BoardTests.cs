using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Board;

namespace Mingzhang.Tickets;

public sealed class BoardTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_board_counts_what_is_due_late_unknown_and_how_long_answers_took(bool server)
    {
        using var house = new TicketHouse(server);
        var board = new TicketBoard(house.House, house.Desk, TicketHouse.Calendar);
        Assert.Empty(board.Read().Queues);
        house.Time.Now = TicketHouse.At("2026-11-20 09:00");
        for (var customer = 1; customer <= 10; customer++)
        {
            var ticket = await house.OpenAsync(customer: customer);
            house.Time.Now += TimeSpan.FromHours(customer);
            await house.Desk.TakeAsync(ticket.Number, "staff:li", "t");
            house.Time.Now += TimeSpan.FromMinutes(20);
            await house.Desk.SpeakAsync(ticket.Number, "staff:li", StaffWord.Answer, "So.", "k");
        }

        house.Time.Now = TicketHouse.At("2026-11-24 09:00");
        await house.OpenAsync(TicketKind.PrivacyRequest, customer: 20);
        var late = await house.OpenAsync(customer: 21);
        house.Time.Now = TicketHouse.At("2026-11-26 10:00");
        await house.OpenAsync(TicketKind.TechnicalFault, customer: 22);
        await house.Desk.SayAsync(late.Number, "customer:21", "Well?", "k");
        var sheet = board.Read();
        var special = Assert.Single(sheet.Queues, line => line.Queue == "special");
        Assert.Equal((1, 1, 1), (special.Tickets, special.Overdue, special.Escalated));
        var privacy = Assert.Single(sheet.Queues, line => line.Queue == "privacy");
        Assert.Equal((1, 1, 1), (privacy.Tickets, privacy.Unknown, privacy.Overdue));
        Assert.Equal(2, sheet.Late.Count);
        var answers = Assert.Single(sheet.Kinds);
        Assert.Equal(("question", 10), (answers.Name, answers.Answered));
        Assert.Equal(new TimeSpan(5, 20, 0), answers.Median);
        Assert.Equal(new TimeSpan(9, 20, 0), answers.Ninety);
        Assert.Equal(TimeSpan.FromMinutes(20), sheet.Handling);
        Assert.Equal((10, 0), (sheet.Met, sheet.Missed));
        Assert.Equal("a-none", Assert.Single(sheet.Activity).Name);
    }
}
