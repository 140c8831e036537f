namespace Mingzhang.Domain.Corrections;

/// <summary>A fact with its place: what, effective when, booked when, by which journal entry.</summary>
internal sealed record PlacedFact(AccountCommand Command, DateOnly BookedOn, long Sequence)
{
    public DateOnly EffectiveOn => Command.EffectiveOn;

    /// <summary>Its place among the facts of its day: its sequence, or that of the fact of the same day it replaces.</summary>
    public long Order { get; init; } = Sequence;
}

/// <summary>What followed from one fact, or (sequence 0) from one day.</summary>
internal sealed record FoldedEntry(long Sequence, DateOnly EffectiveOn, ValueList<AccountEvent> Events, AccountState After);

/// <summary>Folds facts in the order of their effective dates, days in between; the one engine behind corrections, as-of and
/// explanations.</summary>
internal sealed class Refold(TermsBook book)
{
    private readonly List<FoldedEntry> _entries = [];
    private readonly HashSet<long> _fallen = [];
    private AccountState? _state;

    /// <summary>Entries in effective order.</summary>
    public IReadOnlyList<FoldedEntry> Entries => _entries;

    /// <summary>The state so far; null before opening.</summary>
    public AccountState? State => _state;

    /// <summary>Refusal of the checked fact, if it was refused, or why a later fact no longer stands.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Facts that do not stand on what is before them.</summary>
    public IReadOnlySet<long> Fallen => _fallen;

    /// <summary>Facts that may have fallen: they had fallen before. Null = it is not looked at.</summary>
    public IReadOnlySet<long>? MayFall { get; init; }

    /// <summary>Looks which facts do not stand, and folds on.</summary>
    public bool Looks { get; init; }

    /// <summary>The same folding up to here, to go on in another way; entries begin anew.</summary>
    public Refold Branch(bool looks = false, IReadOnlySet<long>? mayFall = null) =>
        new(book) { _state = _state, Looks = looks, MayFall = mayFall };

    /// <summary>A folding that goes on from a state.</summary>
    public static Refold From(TermsBook book, AccountState? state) => new(book) { _state = state };

    /// <summary>The accepted facts of a history that were not withdrawn, in effective order.</summary>
    public static List<PlacedFact> FactsOf(IEnumerable<HistoryEntry> history)
    {
        var facts = new List<PlacedFact>();
        foreach (var entry in history)
        {
            foreach (var happened in entry.Events.AsSpan())
            {
                PlacedFact? replaced = null;
                if (happened is AccountCorrected { Withdrawn: > 0 } withdrawal)
                {
                    replaced = facts.Find(fact => fact.Sequence == withdrawal.Withdrawn);
                    facts.RemoveAll(fact => fact.Sequence == withdrawal.Withdrawn);
                }

                if (happened.Recorded is { } command)
                {
                    facts.Add(new PlacedFact(command, entry.BookedOn, entry.Sequence)
                    {
                        Order = OrderOf(command, replaced, entry.Sequence),
                    });
                }
            }
        }

        return InOrder(facts);
    }

    /// <summary>By effective date, then by the place of the day, then by journal sequence.</summary>
    public static List<PlacedFact> InOrder(List<PlacedFact> facts) =>
        [.. facts.OrderBy(fact => fact.EffectiveOn).ThenBy(fact => fact.Order).ThenBy(fact => fact.Sequence)];

    /// <summary>Whether a fact stands before another.</summary>
    public static bool IsBefore(PlacedFact fact, PlacedFact other) =>
        (fact.EffectiveOn, fact.Order, fact.Sequence).CompareTo((other.EffectiveOn, other.Order, other.Sequence)) < 0;

    /// <summary>A fact that replaces one of the same day takes its place; others stand last.</summary>
    public static long OrderOf(AccountCommand command, PlacedFact? replaced, long sequence) =>
        replaced is not null && replaced.EffectiveOn == command.EffectiveOn ? replaced.Order : sequence;

    /// <summary>Statement versions known to a history: 1, plus one for each time it was superseded.</summary>
    public static Dictionary<DateOnly, int> VersionsOf(IEnumerable<HistoryEntry> history)
    {
        var versions = new Dictionary<DateOnly, int>();
        foreach (var corrected in history.SelectMany(entry => entry.Events).OfType<AccountCorrected>())
        {
            foreach (var statement in corrected.Statements.AsSpan())
            {
                versions[statement.After.IssuedOn] = statement.After.Version;
            }
        }

        return versions;
    }

    /// <summary>Folds the facts, then the days up to <paramref name="until"/>.</summary>
    /// <param name="facts">In effective order.</param>
    /// <param name="until">Last day to pass.</param>
    /// <param name="versions">Statement versions to carry.</param>
    /// <param name="check">A fact to check as if it arrived now; the others were accepted before.</param>
    public Refold Run(IEnumerable<PlacedFact> facts, DateOnly until, Dictionary<DateOnly, int> versions, PlacedFact? check)
    {
        foreach (var fact in facts)
        {
            if (fact.EffectiveOn > until)
            {
                break;
            }

            PassDays(fact.EffectiveOn, versions);
            Take(fact, check);
            if (Refusal is not null)
            {
                return this;
            }
        }

        PassDays(until, versions);
        return this;
    }

    /// <summary>Folds the facts of a range and the days between them, no day after the last; marks are kept on the way.</summary>
    public Refold Through(List<PlacedFact> facts, int from, int to, Dictionary<DateOnly, int> versions, RefoldMemory? memory)
    {
        for (var i = from; i < to; i++)
        {
            PassDays(facts[i].EffectiveOn, versions);
            Take(facts[i], check: null);
            memory?.Keep(i + 1, _state!);
        }

        return this;
    }

    private void Take(PlacedFact fact, PlacedFact? check)
    {
        var trace = default(NoTrace);
        var terms = TermsFor(fact.Command);
        var state = _state ?? Empty(fact.Command, terms);
        if (ReferenceEquals(fact, check))
        {
            Refusal = AccountDecider.Check(state, fact.Command, terms, fact.EffectiveOn, ref trace);
        }
        else if ((Looks || MayFall is not null) && Standing.Of(state, fact.Command) is { } missing)
        {
            Fall(fact, missing);
        }

        if (Refusal is null)
        {
            var unfolding = new Unfolding(state, terms, fact.EffectiveOn);
            AccountDecider.Unfold(unfolding, fact.Command, ref trace);
            Keep(fact.Sequence, fact.EffectiveOn, unfolding);
        }
    }

    private void Fall(PlacedFact fact, Refusal missing)
    {
        _fallen.Add(fact.Sequence);
        if (MayFall is { } before && !before.Contains(fact.Sequence))
        {
            Refusal = new LaterFactWouldFail(fact.Sequence, fact.Command.GetType().Name, missing.Code.Name);
        }
    }

    private void PassDays(DateOnly until, Dictionary<DateOnly, int> versions)
    {
        while (_state is { } state && state.NextDate <= until)
        {
            var day = state.NextDate;
            var trace = default(NoTrace);
            var unfolding = new Unfolding(state, TermsOf(state), day);
            AccountDecider.Unfold(unfolding, new PassDay { EffectiveOn = day }, ref trace);
            Keep(0, day, unfolding);
            if (versions.TryGetValue(day, out var version))
            {
                _state = WithVersion(_state!, day, version);
            }
        }
    }

    /// <summary>The state with one bill at a version.</summary>
    public static AccountState WithVersion(AccountState state, DateOnly issuedOn, int version) =>
        state with { Bills = state.Bills.Map(bill => bill.IssuedOn == issuedOn ? bill with { Version = version } : bill) };

    private void Keep(long sequence, DateOnly on, Unfolding unfolding)
    {
        var after = unfolding.Finish(0);
        if (after.NextDate <= on)
        {
            throw new BrokenInvariantException("a day did not move the account on");
        }

        _state = after;
        _entries.Add(new FoldedEntry(sequence, on, unfolding.Events, _state));
    }

    private ProductTerms TermsFor(AccountCommand command) => command switch
    {
        OpenAccount c => Find(c.Product, c.TermsVersion),
        ReopenAccount c => Find(_state!.Product, c.TermsVersion),
        ForkAccount c => TermsOf(c.Snapshot),
        // The rest: everything after the opening runs under the terms the state keeps.
        _ => TermsOf(_state ?? throw new BrokenInvariantException("a fact before the opening")),
    };

    private ProductTerms TermsOf(AccountState state) => Find(state.Product, state.Terms.Version);

    private ProductTerms Find(string product, int version) =>
        book.Find(product, version) ?? throw new BrokenInvariantException($"terms {product} v{version} are not in the book");

    private static AccountState Empty(AccountCommand first, ProductTerms terms) => first switch
    {
        OpenAccount open => AccountState.Empty(open.Account, terms.Currency),
        ForkAccount fork => AccountState.Empty(fork.Snapshot.Id, terms.Currency),
        // The rest: nothing else can come first.
        _ => throw new BrokenInvariantException("a history begins with an opening"),
    };
}
