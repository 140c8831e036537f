using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Calendar;
using Mingzhang.Domain.Tickets;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Services.Tickets.Rules;

namespace Mingzhang.Services.Tickets;

/// <summary>
/// The one store of tickets, whichever way they come in: opens them, takes what the customer says, escalates, closes. Everything that
/// happens is a row that stays (decision 0025).
/// </summary>
public sealed partial class TicketDesk(
    CreditHouse house, AccountReader reader, TicketRules rules, ITicketText texts, WorkingCalendar calendar, TimeProvider time)
{
    /// <summary>The longest text.</summary>
    public const int LongestText = 2000;

    /// <summary>The route of a ticket that was escalated.</summary>
    public const string EscalatedRoute = "escalated";

    /// <summary>The route of a ticket that a person moved.</summary>
    public const string MovedRoute = "moved-by-hand";

    private readonly HouseTime _clock = new(house, time);

    /// <summary>Queues, clocks, kinds and routes.</summary>
    public TicketRules Rules => rules;

    /// <summary>The time of the house.</summary>
    public DateTimeOffset Now => _clock.Now;

    /// <summary>
    /// Opens a ticket and starts its clocks. While one of the same customer and kind about the same is open, what is said is added to that
    /// one, and escalates it when it is overdue; what the house itself opens is then only found.
    /// </summary>
    /// <param name="asked">What to open. The text is refused (803) unless it has 1 to 2,000 characters.</param>
    /// <returns>The ticket; <see cref="TicketAnswer.Added"/> when it stood there before.</returns>
    public async Task<TicketAnswer> OpenAsync(OpenTicket asked)
    {
        var text = asked.Text.Trim();
        if (Wrong(text) is { } wrong)
        {
            return new TicketAnswer(null, wrong);
        }

        var account = asked.Account is { } id ? await reader.FindAsync(id) : null;
        var route = rules.RouteOf(asked.Kind, RoutingFacts.Of(account, asked.Subject));
        return await house.WriteAsync((connection, transaction) =>
        {
            while (true)
            {
                if (TicketShelf.Open(connection, asked.Customer, asked.Kind, asked.Subject, transaction) is { } open)
                {
                    if (asked.Channel == TicketChannel.House)
                    {
                        return new TicketAnswer(open, null, Added: true);
                    }

                    var said = Change(connection, transaction, open.Number, asked.Key, work => Say(work, asked.By, text, asked.Key));
                    return said with { Added = true };
                }

                var now = _clock.Now;
                var ticket = new Ticket
                {
                    Number = default, Customer = asked.Customer, Account = asked.Account, Kind = asked.Kind, Channel = asked.Channel,
                    Subject = asked.Subject, Playbook = asked.Playbook, OpenedBy = asked.By, Queue = route.Queue, Route = route.Id,
                    State = TicketState.Open, OpenedAt = now, ChangedAt = now,
                };
                if (TicketShelf.Add(connection, transaction, ticket) is { } added)
                {
                    var work = new TicketWork(added, [], rules, now);
                    work.Note(asked.By, "opened", route.Id, text, asked.Key);
                    work.StartClocks();
                    work.Write(connection, transaction, texts, _clock.Recorded, isNew: true);
                    return new TicketAnswer(work.Ticket, null);
                }
            }
        });
    }

    /// <summary>
    /// The customer, or an agent for them, says more. It goes on; one that was answered or closed is opened again; one that is overdue is
    /// escalated, not opened a second time. Refused: 800, 802 (another about the same is open), 803.
    /// </summary>
    public Task<TicketAnswer> SayAsync(TicketNumber number, string by, string said, string key)
    {
        var text = said.Trim();
        return Wrong(text) is { } wrong
            ? Task.FromResult(new TicketAnswer(null, wrong))
            : ChangeAsync(number, key, work => Say(work, by, text, key));
    }

    /// <summary>Escalates a ticket whose clock ran out; refused (804) before.</summary>
    public Task<TicketAnswer> EscalateAsync(TicketNumber number, string by, string said, string key)
    {
        var text = said.Trim();
        return text.Length > LongestText
            ? Task.FromResult(new TicketAnswer(null, new TicketTextWrong(LongestText)))
            : ChangeAsync(number, key, work => OverdueOf(work) is { } overdue
                ? Done(() => Escalate(work, by, overdue.Code, text, key)) : new TicketNotOverdue(number.ToString()));
    }

    /// <summary>The customer closes it. What was not answered is taken back: its clocks end without an answer.</summary>
    public Task<TicketAnswer> CloseAsync(TicketNumber number, string by, string key) => ChangeAsync(number, key, work =>
    {
        // Staff do not end what was not answered; whoever asked may.
        if (work.Ticket.State == TicketState.Closed || (work.Ticket.IsOpen && by.StartsWith("staff:", StringComparison.Ordinal)))
        {
            return new TicketStateForbids(number.ToString(), TicketWords.Of(work.Ticket.State));
        }

        work.Withdraw();
        work.Go(TicketState.Closed, by, "closed", work.Ticket.IsOpen ? "withdrawn" : "", "", key);
        return null;
    });

    /// <summary>Opens one that was answered or closed again; its clocks start anew.</summary>
    public Task<TicketAnswer> ReopenAsync(TicketNumber number, string by, string why, string key)
    {
        var text = why.Trim();
        return Wrong(text) is { } wrong
            ? Task.FromResult(new TicketAnswer(null, wrong))
            : ChangeAsync(number, key, work => work.Ticket.IsOpen
                ? new TicketStateForbids(number.ToString(), TicketWords.Of(work.Ticket.State)) : Say(work, by, text, key));
    }

    /// <summary>The customer rates the answer, 1 to 5; refused (801) before there is one.</summary>
    public Task<TicketAnswer> RateAsync(TicketNumber number, string by, int stars, string key) => ChangeAsync(number, key, work =>
    {
        if (work.Ticket.AnsweredAt is null || stars is < 1 or > 5)
        {
            return new TicketStateForbids(number.ToString(), TicketWords.Of(work.Ticket.State));
        }

        work.Set(ticket => ticket with { Rating = stars });
        work.Note(by, "rated", stars.ToString(System.Globalization.CultureInfo.InvariantCulture), "", key);
        return null;
    });

    private Refusal? Say(TicketWork work, string by, string text, string key)
    {
        var overdue = OverdueOf(work);
        switch (work.Ticket.State)
        {
            case TicketState.Answered or TicketState.Closed:
                work.Go(TicketState.Reopened, by, "reopened", "", text, key);
                work.StartClocks();
                break;
            case TicketState.WaitingCustomer:
                work.Go(TicketState.Open, by, "message", "", text, key);
                break;
            default:
                work.Note(by, "message", "", text, key);
                break;
        }

        if (overdue is not null)
        {
            Escalate(work, by, overdue.Code, "", "");
        }

        return null;
    }

    private void Escalate(TicketWork work, string by, string clock, string text, string key)
    {
        var queue = rules.Kind(work.Ticket.Kind).EscalatesTo;
        work.Set(ticket => ticket with
        {
            Escalated = ticket.Escalated + 1, Queue = queue, Route = EscalatedRoute, Owner = ticket.Queue == queue ? ticket.Owner : "",
        });
        work.Note(by, "escalated", clock, text, key);
    }

    private TicketClock? OverdueOf(TicketWork work) => work.Clocks.FirstOrDefault(clock => clock.Read(work.Now, calendar).IsOverdue);

    private static TicketTextWrong? Wrong(string text) =>
        text.Length is > 0 and <= LongestText && !text.Contains('\0', StringComparison.Ordinal) ? null : new TicketTextWrong(LongestText);

    private static Refusal? Done(Action act)
    {
        act();
        return null;
    }

    private Task<TicketAnswer> ChangeAsync(TicketNumber number, string key, Func<TicketWork, Refusal?> change) =>
        house.WriteAsync((connection, transaction) => Change(connection, transaction, number, key, change));

    /// <summary>Changes a ticket as it stands, not as it was read.</summary>
    private TicketAnswer Change(
        System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction transaction, TicketNumber number, string key,
        Func<TicketWork, Refusal?> change)
    {
        while (true)
        {
            if (TicketShelf.Find(connection, number, transaction) is not { } ticket)
            {
                return new TicketAnswer(null, new TicketUnknown(number.ToString()));
            }

            if (TicketStepShelf.Knows(connection, transaction, number, key))
            {
                return new TicketAnswer(ticket, null);
            }

            var work = new TicketWork(ticket, ClockShelf.Of(connection, number, transaction), rules, _clock.Now);
            if (change(work) is { } refusal)
            {
                return new TicketAnswer(ticket, refusal);
            }

            if (work.Ticket.IsOpen && !ticket.IsOpen
                && TicketShelf.Open(connection, ticket.Customer, ticket.Kind, ticket.Subject, transaction) is { } other)
            {
                return new TicketAnswer(ticket, new TicketOpenAlready(other.Number.ToString()));
            }

            if (!work.IsDone || work.Write(connection, transaction, texts, _clock.Recorded, isNew: false))
            {
                return new TicketAnswer(work.Ticket, null);
            }
        }
    }
}
