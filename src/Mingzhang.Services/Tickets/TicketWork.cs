using System.Data.Common;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Services.Tickets.Rules;

namespace Mingzhang.Services.Tickets;

/// <summary>A ticket that is being changed, within a transaction: what becomes of it and its clocks, and what is written down.</summary>
internal sealed class TicketWork(Ticket ticket, IReadOnlyList<TicketClock> clocks, TicketRules rules, DateTimeOffset now)
{
    private readonly List<Step> _steps = [];
    private readonly List<TicketClock> _clocks = [.. clocks];

    /// <summary>As it stands in this work.</summary>
    public Ticket Ticket { get; private set; } = ticket;

    /// <summary>Its clocks, as they stand in this work.</summary>
    public IReadOnlyList<TicketClock> Clocks => _clocks;

    /// <summary>The moment of the work: never before what happened last.</summary>
    public DateTimeOffset Now { get; } = now > ticket.ChangedAt ? now : ticket.ChangedAt;

    /// <summary>Whether anything was done.</summary>
    public bool IsDone => _steps.Count > 0;

    /// <summary>Notes that something happened without changing the state.</summary>
    public void Note(string actor, string what, string detail = "", string text = "", string key = "") =>
        Go(Ticket.State, actor, what, detail, text, key);

    /// <summary>Goes to a state; clocks that stand still in it stop, others go on.</summary>
    public void Go(TicketState to, string actor, string what, string detail = "", string text = "", string key = "")
    {
        _steps.Add(new Step(actor, what, Ticket.State, to, detail, text, key));
        Ticket = Ticket with { State = to, ChangedAt = Now };
        Each(clock => clock.EndedAt is null, clock => Paused(clock, rules.Clock(clock.Code)?.PausesFor.Contains(to) == true));
    }

    /// <summary>Changes the ticket itself.</summary>
    public void Set(Func<Ticket, Ticket> change) => Ticket = change(Ticket);

    /// <summary>Starts the clocks of the kind that do not run.</summary>
    public void StartClocks()
    {
        foreach (var code in rules.Kind(Ticket.Kind).Clocks)
        {
            if (!_clocks.Exists(clock => clock.Code == code && clock.EndedAt is null) && rules.Clock(code) is { } rule)
            {
                _clocks.Add(new TicketClock
                {
                    Number = _clocks.Count + 1, Code = code, StartedAt = Now, Amount = rule.Amount, Unit = rule.Unit, MetBy = rule.MetBy,
                });
            }
        }
    }

    /// <summary>Ends what a word to the customer, or the answer, ends.</summary>
    public void End(ClockGoal goal) => Each(
        clock => clock.EndedAt is null && (goal == ClockGoal.Answer || clock.MetBy == ClockGoal.Reply),
        clock => Paused(clock, false) with { EndedAt = Now });

    /// <summary>The customer took it back: the clocks end without an answer.</summary>
    public void Withdraw() =>
        Each(clock => clock.EndedAt is null, clock => Paused(clock, false) with { EndedAt = Now, Withdrawn = true });

    /// <summary>Makes a clock longer.</summary>
    public void Extend(int number, int by) =>
        Each(clock => clock.Number == number, clock => clock with { Amount = clock.Amount + by, Extensions = clock.Extensions + 1 });

    /// <summary>Writes all of it; false when somebody else changed the ticket meanwhile.</summary>
    public bool Write(DbConnection connection, DbTransaction transaction, ITicketText texts, long recorded, bool isNew)
    {
        if (!isNew && !TicketShelf.Put(connection, transaction, Ticket))
        {
            return false;
        }

        var number = Ticket.Number;
        using var pen = texts.Of(connection, Ticket.Customer, transaction);
        foreach (var step in _steps)
        {
            TicketStepShelf.Add(connection, transaction, new NewStep(
                number.Partition, number.Sequence, HouseTime.Micros(Now), recorded, step.Actor, step.What, TicketWords.Of(step.From),
                TicketWords.Of(step.To), step.Detail, step.Text.Length == 0 ? "" : pen.Write(step.Text), step.Key));
        }

        foreach (var clock in _clocks.Except(clocks))
        {
            ClockShelf.Put(connection, transaction, number, clock);
        }

        return true;
    }

    private TicketClock Paused(TicketClock clock, bool stand) => (clock.PausedAt, stand) switch
    {
        (null, true) => clock with { PausedAt = Now },
        ({ } since, false) => clock with { PausedAt = null, Stood = clock.Stood + (Now - since) },
        // The rest: it is as it should be.
        _ => clock,
    };

    private void Each(Func<TicketClock, bool> which, Func<TicketClock, TicketClock> change)
    {
        for (var i = 0; i < _clocks.Count; i++)
        {
            _clocks[i] = which(_clocks[i]) ? change(_clocks[i]) : _clocks[i];
        }
    }

    private sealed record Step(string Actor, string What, TicketState From, TicketState To, string Detail, string Text, string Key);
}
