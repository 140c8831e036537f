namespace Mingzhang.Simulation;

/// <summary>Drives the core as the engine does: days first, then commands; keeps history and books.</summary>
public sealed class CoreAccount
{
    private readonly SortedDictionary<int, long> _ledger = [];
    private readonly List<HistoryEntry> _history = [];
    private readonly RefoldMemory _foldings = new();

    public AccountState State { get; private set; } = AccountState.Empty(Sample.Account, Sample.Cny);

    public IReadOnlyList<HistoryEntry> History => _history;

    public IReadOnlyDictionary<int, long> Ledger => _ledger;

    /// <summary>The product.</summary>
    public Line Line { get; init; } = LendingLines.PayLater;

    /// <summary>A planted bug, or null.</summary>
    public PlantedBug? Bug { get; init; }

    /// <summary>Opens every day up to one.</summary>
    public void PassTo(DateOnly day)
    {
        while (State.NextDate <= day)
        {
            DateOnly next = State.NextDate;
            Decision decision = Decide(new PassDay { EffectiveOn = next }, next);
            if (decision is Refused || State.NextDate <= next)
            {
                throw new InvalidOperationException($"{next}: {decision}, the next date is {State.NextDate}");
            }
        }
    }

    /// <summary>Decides a command on a day and keeps what was accepted.</summary>
    public Decision Decide(AccountCommand command, DateOnly bookedOn)
    {
        NoTrace trace = default;
        AccountState before = State;
        command = CostTables.Filled(command, Place(command, bookedOn), Line.Core);
        Decision decision = AccountCorrector.NeedsHistory(command, bookedOn)
            ? AccountCorrector.Decide(State, _history, command, Line.Book, bookedOn, _foldings)
            : AccountDecider.Decide(State, command, Line.Core, bookedOn, ref trace);
        decision = Bug?.OnDecision(before, command, decision) ?? decision;
        if (decision is Accepted accepted)
        {
            State = accepted.After;
            if (accepted.Events.Count > 0)
            {
                _history.Add(new HistoryEntry(State.Version, bookedOn, accepted.Events));
            }

            foreach (AccountEvent happened in accepted.Events)
            {
                Post(PostingRules.For(happened));
            }
        }

        return decision;
    }

    // What a customer confirmed about a late agreement is the table of its own day.
    private AccountState Place(AccountCommand command, DateOnly bookedOn) => command is AcceptRelief && command.EffectiveOn < bookedOn
        ? AccountCorrector.AsOf(_history, Line.Book, command.EffectiveOn, bookedOn) ?? State
        : State;

    private void Post(ValueList<Posting> postings)
    {
        postings = Bug?.OnPostings(postings) ?? postings;
        foreach (Posting posting in postings)
        {
            _ledger[(int)posting.Account] = _ledger.GetValueOrDefault((int)posting.Account) + posting.Amount.MinorUnits;
        }
    }
}
