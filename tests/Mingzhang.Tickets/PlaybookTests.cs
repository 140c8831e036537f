using Mingzhang.Domain.Tickets;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Playbooks;
using Mingzhang.Services.Tickets.Rules;

namespace Mingzhang.Tickets;

public sealed class PlaybookTests
{
    private static readonly string Shipped = TicketRulesFile.Resource(PlaybookBook.Name);
    private static readonly PlaybookBook Book = PlaybookBook.Parse(Shipped, PlaybookBook.Name).Book!;

    [Fact]
    public void The_common_questions_have_a_procedure_and_a_standard()
    {
        string[] common =
        [
            "repaid-cannot-use", "close-account", "dispute-purchase", "wrong-bureau-record", "duplicate-debit", "limit-cut", "cannot-open",
            "refund-missing", "hardship", "theft",
        ];
        Assert.All(common, code => Assert.True(Book.Find(code)?.Steps.Count >= 3, code));
        Assert.All(Enum.GetValues<TicketKind>(), kind => Assert.Contains(kind, Book.For(kind).First().Kinds));
    }

    [Theory]
    [InlineData("\"kinds\": [\"technical-fault\"]", "\"kinds\": [\"fault\"]", "playbooks[0].kinds[0]")]
    [InlineData("\"code\": \"close-account\"", "\"code\": \"repaid-cannot-use\"", "playbooks[1].code")]
    [InlineData("\"code\": \"why\"", "\"code\": \"look\"", "playbooks[0].steps[1].code")]
    [InlineData("\"minutes\": 20,", "\"minutes\": 0,", "playbooks[0].minutes")]
    public void A_broken_playbook_is_named(string part, string instead, string field)
    {
        var at = Shipped.IndexOf(part, StringComparison.Ordinal);
        var (book, errors) = PlaybookBook.Parse(Shipped[..at] + instead + Shipped[(at + part.Length)..], "p.json");
        Assert.Null(book);
        Assert.Equal(field, Assert.Single(errors).Field);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Steps_are_checked_off_under_a_name_and_readings_kept_by_version(bool server)
    {
        using var house = new TicketHouse(server);
        var desk = new PlaybookDesk(house.House, house.Desk, Book);
        var ticket = await house.OpenAsync(TicketKind.TechnicalFault);
        Assert.Equal("repaid-cannot-use", Book.Of(ticket)!.Code);
        Assert.Null((await desk.CheckAsync(ticket, "staff:li", "look", "k1")).Refusal);
        Assert.IsType<PlaybookStepUnknown>((await desk.CheckAsync(ticket, "staff:li", "dance", "k2")).Refusal);
        var done = PlaybookDesk.Done(house.Desk.Steps(ticket));
        Assert.Equal("staff:li", done["repaid-cannot-use@1#look"].Actor);
        Assert.False(done["repaid-cannot-use@1#look"].ForCustomer);
        var question = await house.OpenAsync();
        Assert.Null(Book.Of(question));
        await desk.ChooseAsync(question.Number, "staff:li", "hardship", "k3");
        Assert.Equal("hardship", Book.Of(house.Desk.Find(question.Number)!)!.Code);
        Assert.IsType<PlaybookStepUnknown>((await desk.ChooseAsync(question.Number, "staff:li", "nothing", "k4")).Refusal);
        Assert.True(await desk.ReadAsync("staff:li", "theft"));
        Assert.True(await desk.ReadAsync("staff:li", "theft"));
        Assert.False(await desk.ReadAsync("staff:li", "nothing"));
        var reading = desk.Readers().Single();
        Assert.Equal(("staff:li", "theft", 1), (reading.Staff, reading.Playbook, reading.Version));
    }
}
