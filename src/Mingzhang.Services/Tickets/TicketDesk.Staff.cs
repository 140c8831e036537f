using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Tickets;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Services.Tickets;

/// <summary>What staff say in a ticket.</summary>
public enum StaffWord
{
    /// <summary>A word in between; the answer is still to come.</summary>
    Reply,

    /// <summary>The answer.</summary>
    Answer,

    /// <summary>The customer is asked for something.</summary>
    AskCustomer,

    /// <summary>Another house is asked, and the customer told.</summary>
    AskHouse,

    /// <summary>What was waited for is there; the customer does not read this.</summary>
    Back,

    /// <summary>A note the customer does not read.</summary>
    Note,
}

/// <content>What staff do, each under their own name.</content>
public sealed partial class TicketDesk
{
    /// <summary>Says something; refused: 800, 801 (in this state), 803.</summary>
    public Task<TicketAnswer> SpeakAsync(TicketNumber number, string staff, StaffWord word, string said, string key)
    {
        var text = said.Trim();
        return Wrong(text) is { } wrong
            ? Task.FromResult(new TicketAnswer(null, wrong))
            : ChangeAsync(number, key, work => Speak(work, staff, word, text, key));
    }

    /// <summary>Takes a ticket: from now on it is this person's work.</summary>
    public Task<TicketAnswer> TakeAsync(TicketNumber number, string staff, string key) => ChangeAsync(number, key, work =>
    {
        work.Set(ticket => ticket with { Owner = staff });
        work.Note(staff, "taken", "", "", key);
        return null;
    });

    /// <summary>Moves a ticket to another queue, with a reason; refused (807) for a queue that does not exist.</summary>
    public Task<TicketAnswer> MoveAsync(TicketNumber number, string staff, string queue, string why, string key)
    {
        var text = why.Trim();
        return rules.Queue(queue) is null ? Task.FromResult(new TicketAnswer(null, new QueueUnknown(queue)))
            : Wrong(text) is { } wrong ? Task.FromResult(new TicketAnswer(null, wrong))
            : ChangeAsync(number, key, work =>
            {
                work.Set(ticket => ticket with { Queue = queue, Route = MovedRoute, Owner = "" });
                work.Note(staff, "moved", queue, text, key);
                return null;
            });
    }

    /// <summary>
    /// Makes a clock longer as its rule allows, with a notice that the customer reads. Where a second person has to agree, the first call
    /// asks and the call of another person grants. Refused: 805 (no rule, ended or run out), 806 (the same person), 803.
    /// </summary>
    public Task<TicketAnswer> ExtendAsync(TicketNumber number, int clock, string staff, string notice, string key)
    {
        var text = notice.Trim();
        return Wrong(text) is { } wrong ? Task.FromResult(new TicketAnswer(null, wrong))
            : house.WriteAsync((connection, transaction) =>
            {
                // Who asked for it is found in the rows, not in the ticket.
                var steps = TicketStepShelf.Rows(connection, transaction, number);
                return Change(connection, transaction, number, key, work => Extend(work, clock, staff, text, key, steps));
            });
    }

    /// <summary>Puts a playbook beside a ticket.</summary>
    public Task<TicketAnswer> ChooseAsync(TicketNumber number, string staff, string playbook, string key) =>
        ChangeAsync(number, key, work =>
        {
            work.Set(ticket => ticket with { Playbook = playbook });
            work.Note(staff, "playbook", playbook, "", key);
            return null;
        });

    /// <summary>Notes something an agent did for the customer: a command, a playbook step, an identity check.</summary>
    public Task<TicketAnswer> NoteAsync(TicketNumber number, string staff, string what, string detail, string text, string key) =>
        ChangeAsync(number, key, work =>
        {
            work.Note(staff, what, detail, text, key);
            return null;
        });

    private static TicketStateForbids? Speak(TicketWork work, string staff, StaffWord word, string text, string key)
    {
        var state = work.Ticket.State;
        var fits = word switch
        {
            StaffWord.Note => true,
            StaffWord.Back => state is TicketState.WaitingHouse or TicketState.WaitingCustomer,
            // The rest: the customer is told something, which a closed ticket is opened again for.
            _ => state != TicketState.Closed && (word == StaffWord.Reply || work.Ticket.IsOpen || word == StaffWord.Answer),
        };
        if (!fits)
        {
            return new TicketStateForbids(work.Ticket.Number.ToString(), TicketWords.Of(state));
        }

        switch (word)
        {
            case StaffWord.Answer:
                work.Go(TicketState.Answered, staff, "answered", "", text, key);
                work.Set(ticket => ticket with { AnsweredAt = work.Now });
                work.End(ClockGoal.Answer);
                break;
            case StaffWord.AskCustomer:
                work.End(ClockGoal.Reply);
                work.Go(TicketState.WaitingCustomer, staff, "asked-customer", "", text, key);
                break;
            case StaffWord.AskHouse:
                work.End(ClockGoal.Reply);
                work.Go(TicketState.WaitingHouse, staff, "asked-house", "", text, key);
                break;
            case StaffWord.Back:
                work.Go(TicketState.Open, staff, "back", "", text, key);
                break;
            case StaffWord.Note:
                work.Note(staff, "note", "", text, key);
                break;
            default:
                work.End(ClockGoal.Reply);
                work.Note(staff, "reply", "", text, key);
                break;
        }

        return null;
    }

    private Refusal? Extend(
        TicketWork work, int number, string staff, string notice, string key,
        IReadOnlyList<(string Actor, string What, string Detail)> steps)
    {
        var clock = work.Clocks.FirstOrDefault(one => one.Number == number);
        var rule = clock is null ? null : rules.Clock(clock.Code);
        if (clock is null || rule is null || clock.EndedAt is not null || clock.Extensions >= rule.Extensions.Count
            || clock.Read(work.Now, calendar).IsOverdue)
        {
            return new ClockNotExtendable(clock?.Code ?? "");
        }

        var extension = rule.Extensions[clock.Extensions];
        var which = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{clock.Code}:{number}:{clock.Extensions + 1}");
        var asked = steps.LastOrDefault(step => step.What == "extension-asked" && step.Detail == which).Actor;
        if (extension.Approval && asked is null)
        {
            work.Note(staff, "extension-asked", which, notice, key);
            return null;
        }

        if (extension.Approval && asked == staff)
        {
            return new SecondPersonNeeded(clock.Code);
        }

        work.Extend(number, extension.By);
        work.Note(staff, "extended", which, notice, key);
        return null;
    }
}
