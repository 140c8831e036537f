namespace Mingzhang.Domain.Corrections;

/// <summary>Folds late and withdrawn facts in where they belong (design idea 2).</summary>
/// <remarks>Facts are refolded with and without the change, the ones before it once; what differs, entry by entry, is booked today.
/// Nothing is edited.</remarks>
public static class AccountCorrector
{
    /// <summary>Whether a command needs the account's history: it is late, or takes a fact back.</summary>
    public static bool NeedsHistory(AccountCommand command, DateOnly bookedOn) =>
        command is ReturnRepayment or ReverseFact || (command.EffectiveOn < bookedOn && command is not PassDay);

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
        if (state.Lifecycle is NotOpened)
        {
            return new Refused(new AccountNotOpen());
        }

        if (command.EffectiveOn < state.OpenedOn || command.EffectiveOn > bookedOn)
        {
            return new Refused(new EffectiveDateOutOfRange(state.OpenedOn, bookedOn));
        }

        var facts = Refold.FactsOf(history);
        var change = CorrectionChange.Of(state, history, facts, command, bookedOn);
        return change.Refusal is { } refusal ? new Refused(refusal) : Fold(state, history, facts, change, book, bookedOn, memory);
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

    private static Decision Fold(
        AccountState state, IReadOnlyList<HistoryEntry> history, List<PlacedFact> facts, CorrectionChange change, TermsBook book,
            DateOnly bookedOn, RefoldMemory? memory)
    {
        var versions = Refold.VersionsOf(history);
        var (at, from) = memory?.Nearest(facts, versions, change.Place) ?? (0, null);
        var common = Refold.From(book, from).Through(facts, at, change.Place, versions, memory);
        memory?.Over(facts, versions);
        var baseline = common.Branch().Run(facts.Skip(change.Place), bookedOn, versions, check: null);
        Invariant.Holds(
            baseline.State is { } folded && folded with { Version = state.Version } == state,
            "44/46: the history does not refold to the state");
        var revised = common.Branch().Run(change.Facts, bookedOn, versions, change.Check);
        if (revised.Refusal is { } refusal)
        {
            return new Refused(refusal);
        }

        var lines = CorrectionLines.Between(baseline.Entries, revised.Entries, history, state.Currency);
        var statements = SupersededStatements.Between(baseline.Entries, revised.Entries, versions);
        var after = revised.State!;
        foreach (var statement in statements.AsSpan())
        {
            after = Refold.WithVersion(after, statement.After.IssuedOn, statement.After.Version);
        }

        after = after with { Version = state.Version + 1 };
        Invariant.Check(state, after, bookedOn);
        var corrected = new AccountCorrected(change.Late, change.Withdrawn, change.Request, lines, statements, after)
            { EffectiveOn = bookedOn };
        return new Accepted([corrected], after);
    }
}
