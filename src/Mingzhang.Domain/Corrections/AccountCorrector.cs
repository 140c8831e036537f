namespace Mingzhang.Domain.Corrections;

/// <summary>Folds late and withdrawn facts in where they belong (design idea 2).</summary>
/// <remarks>Facts are refolded with and without the change, the ones before it once; what differs, entry by entry, is booked today.
/// Nothing is edited.</remarks>
public static class AccountCorrector
{
    /// <summary>Whether a command needs the account's history: it is late, or takes a fact back.</summary>
    public static bool NeedsHistory(AccountCommand command, DateOnly bookedOn) =>
        command is ReturnRepayment or ReverseFact or AmendFact || (command.EffectiveOn < bookedOn && command is not PassDay);

    /// <summary>Decides such a command. Throws <see cref="BrokenInvariantException"/> when the history does not refold to the
    /// state.</summary>
    /// <param name="state">The account, with every day up to <paramref name="bookedOn"/> passed.</param>
    /// <param name="history">All accepted entries, by sequence.</param>
    /// <param name="command">The late fact, or the withdrawal.</param>
    /// <param name="book">All terms.</param>
    /// <param name="bookedOn">The business date.</param>
    /// <param name="memory">Where earlier foldings of this account stood, or null.</param>
    public static Decision Decide(
        AccountState state, IReadOnlyList<HistoryEntry> history, AccountCommand command, TermsBook book, DateOnly bookedOn,
            RefoldMemory? memory = null)
    {
        var folding = Folded(state, history, command, book, bookedOn, memory);
        return folding.Refusal is { } refusal ? new Refused(refusal) : folding.Decision();
    }

    /// <summary>The account as it was on <paramref name="asOf"/>, by what was known on <paramref name="knownOn"/>; null when it was not
    /// open then.</summary>
    public static AccountState? AsOf(IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly asOf, DateOnly knownOn)
    {
        var known = history.Where(entry => entry.BookedOn <= knownOn).ToList();
        var last = known.Count == 0 ? 0 : known[^1].Sequence;
        var state = new Refold(book).Run(Refold.FactsOf(known), asOf, Refold.VersionsOf(known), check: null).State;
        return state is null ? null : state with { Version = last };
    }

    /// <summary>What happened, as the whole history knows it: withdrawn facts are left out and late ones stand where they belong, the
    /// days between with them. Without a correction it is the history itself.</summary>
    /// <param name="history">All accepted entries, by sequence.</param>
    /// <param name="book">All terms.</param>
    /// <param name="until">The last day that is passed.</param>
    /// <returns>In effective order; the sequence of a day is 0, and the booking day is the effective one.</returns>
    public static IReadOnlyList<HistoryEntry> AsKnown(IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly until) =>
    [
        .. new Refold(book).Run(Refold.FactsOf(history), until, Refold.VersionsOf(history), check: null)
            .Entries.Select(entry => new HistoryEntry(entry.Sequence, entry.EffectiveOn, entry.Events)),
    ];

    /// <summary>The account folded without and with a change; a refusal stops it on the way.</summary>
    internal static CorrectionFolding Folded(
        AccountState state, IReadOnlyList<HistoryEntry> history, AccountCommand command, TermsBook book, DateOnly bookedOn,
            RefoldMemory? memory)
    {
        var facts = Refold.FactsOf(history);
        var refusal = state.Lifecycle is NotOpened ? new AccountNotOpen()
            : command.EffectiveOn < state.OpenedOn || command.EffectiveOn > bookedOn
                ? new EffectiveDateOutOfRange(state.OpenedOn, bookedOn)
                : (Refusal?)null;
        var change = refusal is null
            ? CorrectionChange.Of(state, history, facts, command, bookedOn)
            : new CorrectionChange(0, [], null, null, 0, null, refusal);
        var folding = new CorrectionFolding(state, change, bookedOn) { Refusal = change.Refusal };
        return change.Refusal is null ? Fold(folding, facts, Refold.VersionsOf(history), history, book, memory) : folding;
    }

    private static CorrectionFolding Fold(
        CorrectionFolding folding, List<PlacedFact> facts, Dictionary<DateOnly, int> versions, IReadOnlyList<HistoryEntry> history,
        TermsBook book, RefoldMemory? memory)
    {
        var (state, change, bookedOn) = (folding.State, folding.Change, folding.BookedOn);
        var (at, from) = memory?.Nearest(facts, versions, change.Place) ?? (0, null);
        var common = Refold.From(book, from).Through(facts, at, change.Place, versions, memory);
        memory?.Over(facts, versions);
        var baseline = common.Branch(looks: true).Run(facts.Skip(change.Place), bookedOn, versions, check: null);
        Invariant.Holds(
            baseline.State is { } folded && folded with { Version = state.Version } == state,
            "44/46: the history does not refold to the state");
        var revised = common.Branch(mayFall: baseline.Fallen).Run(change.Facts, bookedOn, versions, change.Check);
        if (revised.Refusal is { } refusal)
        {
            return folding with { Refusal = refusal };
        }

        var statements = SupersededStatements.Between(baseline.Entries, revised.Entries, versions);
        var after = revised.State!;
        foreach (var statement in statements.AsSpan())
        {
            after = Refold.WithVersion(after, statement.After.IssuedOn, statement.After.Version);
        }

        after = after with { Version = state.Version + 1 };
        Invariant.Check(state, after, bookedOn);
        return folding with
        {
            Common = common.State, Baseline = baseline, Revised = revised, Statements = statements, After = after,
            Lines = CorrectionLines.Between(baseline.Entries, revised.Entries, history, state.Currency),
        };
    }
}
