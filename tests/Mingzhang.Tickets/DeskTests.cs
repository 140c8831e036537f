using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Tickets;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Tickets;

public sealed class DeskTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ticket_lives_from_question_to_rating_and_every_step_is_kept(bool server)
    {
        using var house = new TicketHouse(server);
        var ticket = await house.OpenAsync();
        Assert.Equal((TicketState.Open, "ordinary", "usual"), (ticket.State, ticket.Queue, ticket.Route));
        Assert.Equal(TicketHouse.At("2026-03-04 09:30"), ((KnownDeadline)house.Clock(ticket, "answer").Due).At);
        var desk = house.Desk;
        house.Time.Now += TimeSpan.FromHours(1);
        await desk.TakeAsync(ticket.Number, "staff:li", "k0");
        await desk.SpeakAsync(ticket.Number, "staff:li", StaffWord.AskCustomer, "Which purchase?", "k1");
        Assert.Equal(ClockStatus.Paused, house.Clock(ticket, "answer").Status);
        house.Time.Now += TimeSpan.FromHours(30);
        Assert.Equal(TimeSpan.FromHours(47), house.Clock(ticket, "answer").Left);
        await desk.SayAsync(ticket.Number, "customer:1", "The one of 1 March", "k2");
        var running = house.Clock(ticket, "answer");
        Assert.Equal((ClockStatus.Running, TimeSpan.FromHours(47)), (running.Status, running.Left));
        await desk.SpeakAsync(ticket.Number, "staff:li", StaffWord.Answer, "It is the transfer fee.", "k3");
        Assert.Equal(ClockStatus.Met, house.Clock(ticket, "answer").Status);
        await desk.RateAsync(ticket.Number, "customer:1", 4, "k4");
        await desk.CloseAsync(ticket.Number, "customer:1", "k5");
        Assert.Equal(["opened", "taken", "asked-customer", "message", "answered", "rated", "closed"], house.Steps(ticket));
        var steps = desk.Steps(ticket);
        Assert.Equal(("staff:li", "Which purchase?", TicketState.Open, TicketState.WaitingCustomer), (
            steps[2].Actor, steps[2].Text, steps[2].From, steps[2].To));
        Assert.Equal((TicketState.Closed, 4, "staff:li"), (desk.Find(ticket.Number)!.State, desk.Find(ticket.Number)!.Rating,
            desk.Find(ticket.Number)!.Owner));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_one_is_open_the_same_question_goes_on_there_and_the_house_opens_none_twice(bool server)
    {
        using var house = new TicketHouse(server);
        var asked = new OpenTicket(
            new CustomerId(1), null, TicketKind.TechnicalFault, "use", TicketChannel.House, "D99_UNKNOWN", "house:diagnosis");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => house.Desk.OpenAsync(asked)));
        Assert.Single(answers.Select(answer => answer.Ticket!.Number).Distinct());
        Assert.Equal(19, answers.Count(answer => answer.Added));
        Assert.Equal(["opened"], house.Steps(answers[0].Ticket!));
        var other = await house.OpenAsync(TicketKind.TechnicalFault, "use");
        Assert.Equal(answers[0].Ticket!.Number, other.Number);
        Assert.Equal(["opened", "message"], house.Steps(other));
        Assert.NotEqual(other.Number, (await house.OpenAsync(TicketKind.Question, "use")).Number);
        Assert.NotEqual(other.Number, (await house.OpenAsync(TicketKind.TechnicalFault, "use", customer: 2)).Number);
        await house.Desk.SpeakAsync(other.Number, "staff:li", StaffWord.Answer, "Mended.", "k");
        Assert.NotEqual(other.Number, (await house.OpenAsync(TicketKind.TechnicalFault, "use")).Number);
    }

    [Fact]
    public async Task A_diagnosis_that_finds_no_cause_is_handed_over_once()
    {
        using var house = new TicketHouse();
        var none = new UseDiagnosis(
            Sample.Account(1), Sample.Start, house.Time.Now, UseVerdict.RepaidButPermissionWrong, false,
            [new UseCause(UnlocatedCause.Code, "未定位", "Not located", "ticket", "o-1: refused")], [], Sample.Cny(0), Sample.Cny(100), "1",
            1);
        var ticket = await UnlocatedCause.HandOverAsync(house.Desk, none);
        Assert.Equal(ticket!.Number, (await UnlocatedCause.HandOverAsync(house.Desk, none))!.Number);
        Assert.Equal((TicketKind.TechnicalFault, TicketChannel.House, "house:diagnosis"), (ticket.Kind, ticket.Channel, ticket.OpenedBy));
        Assert.Equal("D99_UNKNOWN: o-1: refused", house.Desk.Steps(ticket).Single().Text);
        Assert.Null(await UnlocatedCause.HandOverAsync(house.Desk, none with { Causes = [] }));
    }

    [Fact]
    public async Task A_second_contact_about_an_overdue_ticket_escalates_that_ticket()
    {
        using var house = new TicketHouse();
        var ticket = await house.OpenAsync();
        await house.Desk.TakeAsync(ticket.Number, "staff:li", "k0");
        Assert.IsType<TicketNotOverdue>((await house.Desk.EscalateAsync(ticket.Number, "customer:1", "Faster!", "k1")).Refusal);
        await house.Desk.SayAsync(ticket.Number, "customer:1", "Any news?", "k2");
        Assert.Equal(0, house.Desk.Find(ticket.Number)!.Escalated);
        house.Time.Now += TimeSpan.FromHours(48);
        Assert.True(house.Clock(ticket, "answer").IsOverdue);
        var again = await house.OpenAsync(text: "I wrote two days ago", channel: TicketChannel.Phone);
        Assert.Equal(ticket.Number, again.Number);
        Assert.Equal((1, "special", "escalated", ""), (again.Escalated, again.Queue, again.Route, again.Owner));
        Assert.Equal(["opened", "taken", "message", "message", "escalated"], house.Steps(ticket));
        Assert.Null((await house.Desk.EscalateAsync(ticket.Number, "customer:1", "", "k3")).Refusal);
        Assert.Equal(2, house.Desk.Find(ticket.Number)!.Escalated);
        Assert.Single(house.Desk.Of(new CustomerId(1)));
    }

    [Fact]
    public async Task A_complaint_has_two_clocks_and_its_own_is_made_longer_with_notice_and_a_second_person()
    {
        using var house = new TicketHouse();
        var ticket = await house.OpenAsync(TicketKind.Complaint);
        Assert.Equal(["first-reply", "complaint"], house.Desk.Clocks(ticket).Select(one => one.Clock.Code));
        await house.Desk.SpeakAsync(ticket.Number, "staff:li", StaffWord.Reply, "We look into it.", "k1");
        Assert.Equal(ClockStatus.Met, house.Clock(ticket, "first-reply").Status);
        Assert.Equal(new DateOnly(2026, 3, 17), ((KnownDeadline)house.Clock(ticket, "complaint").Due).LastOn);
        var number = house.Clock(ticket, "complaint").Clock.Number;
        Assert.IsType<TicketTextWrong>((await house.Desk.ExtendAsync(ticket.Number, number, "staff:li", " ", "k2")).Refusal);
        await house.Desk.ExtendAsync(ticket.Number, number, "staff:li", "It is complex.", "k3");
        Assert.Equal(new DateOnly(2026, 4, 1), ((KnownDeadline)house.Clock(ticket, "complaint").Due).LastOn);
        await house.Desk.ExtendAsync(ticket.Number, number, "staff:li", "Especially complex.", "k4");
        Assert.Equal(new DateOnly(2026, 4, 1), ((KnownDeadline)house.Clock(ticket, "complaint").Due).LastOn);
        Assert.IsType<SecondPersonNeeded>((await house.Desk.ExtendAsync(ticket.Number, number, "staff:li", "Yes.", "k5")).Refusal);
        await house.Desk.ExtendAsync(ticket.Number, number, "staff:wang", "Agreed; you are told.", "k6");
        Assert.Equal(new DateOnly(2026, 5, 1), ((KnownDeadline)house.Clock(ticket, "complaint").Due).LastOn);
        Assert.IsType<ClockNotExtendable>((await house.Desk.ExtendAsync(ticket.Number, number, "staff:li", "Again.", "k7")).Refusal);
        Assert.Equal(["opened", "reply", "extended", "extension-asked", "extended"], house.Steps(ticket));
        var reply = house.Clock(ticket, "first-reply").Clock.Number;
        Assert.IsType<ClockNotExtendable>((await house.Desk.ExtendAsync(ticket.Number, reply, "staff:li", "No.", "k8")).Refusal);
        house.Time.Now = TicketHouse.At("2026-05-02 00:00");
        Assert.Equal(ClockStatus.Overdue, house.Clock(ticket, "complaint").Status);
    }

    [Fact]
    public async Task The_clock_of_a_complaint_does_not_stand_still_for_the_customer()
    {
        using var house = new TicketHouse();
        var ticket = await house.OpenAsync(TicketKind.Complaint);
        await house.Desk.SpeakAsync(ticket.Number, "staff:li", StaffWord.AskCustomer, "Which call?", "k1");
        house.Time.Now += TimeSpan.FromDays(16);
        Assert.Equal(ClockStatus.Overdue, house.Clock(ticket, "complaint").Status);
    }

    [Fact]
    public async Task A_privacy_request_shows_target_and_limit_and_an_unknown_year_as_unknown()
    {
        using var house = new TicketHouse();
        house.Time.Now = TicketHouse.At("2026-11-23 10:00");
        var ticket = await house.OpenAsync(TicketKind.PrivacyRequest);
        Assert.Equal(new DateOnly(2026, 12, 14), ((KnownDeadline)house.Clock(ticket, "privacy-target").Due).LastOn);
        var limit = house.Clock(ticket, "privacy-limit");
        Assert.Equal((ClockStatus.Unknown, 2027), (limit.Status, ((UnknownDeadline)limit.Due).Year));
    }

    [Fact]
    public async Task An_answered_ticket_that_is_asked_about_again_opens_with_new_clocks()
    {
        using var house = new TicketHouse();
        var ticket = await house.OpenAsync();
        Assert.IsType<TicketStateForbids>((await house.Desk.ReopenAsync(ticket.Number, "customer:1", "Again", "k0")).Refusal);
        Assert.IsType<TicketStateForbids>((await house.Desk.CloseAsync(ticket.Number, "staff:li", "k1")).Refusal);
        await house.Desk.SpeakAsync(ticket.Number, "staff:li", StaffWord.Answer, "So.", "k2");
        house.Time.Now += TimeSpan.FromDays(30);
        await house.Desk.ReopenAsync(ticket.Number, "customer:1", "Not so.", "k3");
        Assert.Equal(
            [ClockStatus.Met, ClockStatus.Running], house.Desk.Clocks(ticket).Select(one => one.Status));
        Assert.Equal(TicketState.Reopened, house.Desk.Find(ticket.Number)!.State);
        await house.Desk.SpeakAsync(ticket.Number, "staff:li", StaffWord.Answer, "But so.", "k4");
        var next = await house.OpenAsync();
        Assert.NotEqual(ticket.Number, next.Number);
        var refusal = Assert.IsType<TicketOpenAlready>((await house.Desk.SayAsync(ticket.Number, "customer:1", "Hm", "k5")).Refusal);
        Assert.Equal(next.Number.ToString(), refusal.Number);
    }

    [Fact]
    public async Task What_is_taken_back_was_neither_met_nor_missed()
    {
        using var house = new TicketHouse();
        var ticket = await house.OpenAsync();
        await house.Desk.CloseAsync(ticket.Number, "customer:1", "k");
        Assert.Equal(ClockStatus.Withdrawn, house.Clock(ticket, "answer").Status);
        Assert.IsType<TicketStateForbids>((await house.Desk.RateAsync(ticket.Number, "customer:1", 5, "k2")).Refusal);
    }

    [Fact]
    public async Task The_same_request_twice_is_once_and_a_strangers_number_is_unknown()
    {
        using var house = new TicketHouse();
        var ticket = await house.OpenAsync();
        await house.Desk.SayAsync(ticket.Number, "customer:1", "And?", "same");
        await house.Desk.SayAsync(ticket.Number, "customer:1", "And?", "same");
        Assert.Equal(["opened", "message"], house.Steps(ticket));
        Assert.Null(house.Desk.Find(ticket.Number.ToString(), new CustomerId(2)));
        Assert.NotNull(house.Desk.Find(ticket.Number.ToString(), new CustomerId(1)));
        Assert.IsType<TicketUnknown>((await house.Desk.SayAsync(new TicketNumber(9, 9), "customer:1", "?", "k")).Refusal);
        Assert.IsType<QueueUnknown>((await house.Desk.MoveAsync(ticket.Number, "staff:li", "nowhere", "why", "k")).Refusal);
        var tooLong = new string('长', TicketDesk.LongestText + 1);
        Assert.IsType<TicketTextWrong>((await house.Desk.SayAsync(ticket.Number, "customer:1", tooLong, "k")).Refusal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lists_page_without_gaps_and_the_feed_goes_on_where_it_stopped(bool server)
    {
        using var house = new TicketHouse(server);
        foreach (var customer in Enumerable.Range(1, 25))
        {
            await house.OpenAsync(customer % 2 == 0 ? TicketKind.Question : TicketKind.Complaint, customer: customer);
            house.Time.Now += TimeSpan.FromMinutes(customer % 3);
        }

        var walked = new List<Ticket>();
        TicketCursor? after = null;
        while (house.Desk.List(new TicketQuery { Limit = 4, After = after, Kind = TicketKind.Complaint }) is { Count: > 0 } page)
        {
            walked.AddRange(page);
            after = TicketCursor.Read(TicketCursor.Of(page[^1]).ToString());
        }

        Assert.Equal(13, walked.Count);
        Assert.Equal(13, walked.Select(ticket => ticket.Number).Distinct().Count());
        Assert.Equal(walked.OrderByDescending(ticket => ticket.OpenedAt).Select(t => t.OpenedAt), walked.Select(t => t.OpenedAt));
        var first = house.Feed.Read("", 10);
        var rest = house.Feed.Read(first[^1].Cursor, 100);
        Assert.Equal((10, 15), (first.Count, rest.Count));
        Assert.Empty(house.Feed.Read(rest[^1].Cursor, 100));
        Assert.Equal(25, first.Concat(rest).Select(one => one.Ticket).Distinct().Count());
        await house.Desk.SpeakAsync(walked[0].Number, "staff:li", StaffWord.Answer, "So.", "k");
        var told = Assert.Single(house.Feed.Read(rest[^1].Cursor, 100));
        Assert.Equal(("answered", walked[0].Customer), (told.What, told.Customer));
        Assert.Throws<FormatException>(() => house.Feed.Read("1.2", 1));
    }

    [Fact]
    public async Task In_a_sandbox_the_business_date_moves_every_clock()
    {
        using var house = new TicketHouse(sandbox: true);
        var ticket = await house.OpenAsync();
        Assert.Equal(Sample.Start, Deadlines.DayOf(ticket.OpenedAt));
        await house.House.AdvanceToAsync(Sample.Start.AddDays(2));
        Assert.Equal(ClockStatus.Overdue, house.Clock(ticket, "answer").Status);
    }
}
