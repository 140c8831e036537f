namespace Mingzhang.Domain.Corrections;

/// <summary>The answer to "what would this correction change?". Closed.</summary>
public /*closed*/ abstract record PreviewAnswer
{
    private protected PreviewAnswer()
    {
    }
}

/// <summary>It would change this.</summary>
/// <param name="Preview">Before and after.</param>
/// <param name="Decision">The decision itself: the event and the state that follow.</param>
public sealed record CorrectionPreviewed(CorrectionPreview Preview, Accepted Decision) : PreviewAnswer;

/// <summary>It would be refused.</summary>
public sealed record CorrectionNotPossible(Refusal Reason) : PreviewAnswer;

/// <summary>Works a correction out without booking it, and tells one that was booked.</summary>
public static class CorrectionPreviewer
{
    /// <summary>What a late fact, a withdrawal or a replacement would change. The same folding as the decision; nothing is
    /// estimated.</summary>
    /// <param name="state">The account, with every day up to <paramref name="bookedOn"/> passed.</param>
    /// <param name="history">All accepted entries, by sequence.</param>
    /// <param name="command">A command for which <see cref="AccountCorrector.NeedsHistory"/> holds.</param>
    /// <param name="book">All terms.</param>
    /// <param name="bookedOn">The business date.</param>
    public static PreviewAnswer Preview(
        AccountState state, IReadOnlyList<HistoryEntry> history, AccountCommand command, TermsBook book, DateOnly bookedOn) =>
        AccountCorrector.Folded(state, history, command, book, bookedOn, null) switch
        {
            { Refusal: { } refusal } => new CorrectionNotPossible(refusal),
            { Revised: not null } folding => new CorrectionPreviewed(Of(folding, command, history, book), folding.Decision()),
            _ => throw new BrokenInvariantException("a folding without an outcome"),
        };

    /// <summary>What a correction that was booked changed, worked out again from what was known just before it; null when the entry is no
    /// correction.</summary>
    public static CorrectionPreview? Booked(IReadOnlyList<HistoryEntry> history, TermsBook book, long sequence)
    {
        var entry = history.FirstOrDefault(candidate => candidate.Sequence == sequence);
        if (entry is null || entry.Events.Find(happened => happened is AccountCorrected) is not AccountCorrected corrected)
        {
            return null;
        }

        var known = history.Where(earlier => earlier.Sequence < sequence).ToList();
        var state = AccountCorrector.AsOf(known, book, entry.BookedOn, entry.BookedOn)! with { Version = sequence - 1 };
        var command = corrected.Request ?? corrected.Late!;
        return Preview(state, known, command, book, entry.BookedOn) is CorrectionPreviewed previewed ? previewed.Preview : null;
    }

    private static CorrectionPreview Of(
        CorrectionFolding folding, AccountCommand command, IReadOnlyList<HistoryEntry> history, TermsBook book)
    {
        var (before, after, on) = (folding.State, folding.After, folding.BookedOn);
        var terms = book.Find(after.Product, after.Terms.Version)!;
        var (old, revised) = (folding.Baseline.Entries, folding.Revised!.Entries);
        return new CorrectionPreview(
            CauseOf(folding, command, history), on, before.Version,
            FigureDifferences.Of(folding, terms),
            StatementDifferences.Of(folding),
            MonthDifferences.Of(folding),
            Restrictions(before, after),
            DebtDifferences.Of(before, after),
            LoanDifferences.Of(before, after, terms, on),
            LenderDifferences.Of(before, after, old, revised, on),
            folding.Lines,
            Dues(after));
    }

    private static ValueList<DueDay> Dues(AccountState after) =>
    [
        .. after.Items.Where(item => !item.Disputed && !item.Scheduled && item.DueOn is not null).GroupBy(item => item.DueOn!.Value)
            .OrderBy(day => day.Key).Select(day => new DueDay(
                day.Key, day.Aggregate(Money.Zero(after.Currency), (sum, item) => sum + item.Unpaid))),
    ];

    private static CorrectionCause CauseOf(CorrectionFolding folding, AccountCommand command, IReadOnlyList<HistoryEntry> history)
    {
        var change = folding.Change;
        var wrong = change.Withdrawn == 0 ? null
            : Refold.FactsOf(history).Find(fact => fact.Sequence == change.Withdrawn)?.Command;
        var since = change.Late is { } late && wrong is { } was
            ? late.EffectiveOn < was.EffectiveOn ? late.EffectiveOn : was.EffectiveOn
            : (change.Late ?? wrong)!.EffectiveOn;
        var kind = wrong is null ? CorrectionKind.Late : change.Late is null ? CorrectionKind.Withdrawn : CorrectionKind.Replaced;
        return new CorrectionCause(kind, change.Late, wrong, change.Withdrawn, since, ReasonOf(command));
    }

    private static string? ReasonOf(AccountCommand command) => command switch
    {
        ReverseFact c => c.Reason,
        AmendFact c => c.Reason,
        ReturnRepayment c => c.Reason,
        SetPrice c => c.Reason,
        SetLimit c => c.Reason,
        GrantTemporaryLimit c => c.Reason,
        SetSceneLimit c => c.Reason,
        OpenDispute c => c.Reason,
        WriteOffDebt c => c.Reason,
        // The rest: facts that carry no reason.
        _ => null,
    };

    private static ValueList<RestrictionDifference> Restrictions(AccountState before, AccountState after) =>
    [
        .. before.Restrictions.Where(one => !after.Restrictions.Any(other => other.Id == one.Id))
            .Select(one => new RestrictionDifference(one.Reason, Comes: false)),
        .. after.Restrictions.Where(one => !before.Restrictions.Any(other => other.Id == one.Id))
            .Select(one => new RestrictionDifference(one.Reason, Comes: true)),
    ];
}
