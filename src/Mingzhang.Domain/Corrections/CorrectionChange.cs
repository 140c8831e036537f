namespace Mingzhang.Domain.Corrections;

/// <summary>The facts as they should have been: one more, one less, or one in the place of another.</summary>
/// <param name="Place">How many facts stand before the change, the same with and without it.</param>
/// <param name="Facts">The facts from there on.</param>
/// <param name="Check">The late or replacing fact, to be checked at its place.</param>
/// <param name="Late">Its command.</param>
/// <param name="Withdrawn">The withdrawn fact's sequence; 0 = none.</param>
/// <param name="Request">The command that asked for a withdrawal or replacement.</param>
/// <param name="Refusal">Why not.</param>
internal sealed record CorrectionChange(
    int Place, IEnumerable<PlacedFact> Facts, PlacedFact? Check, AccountCommand? Late, long Withdrawn, AccountCommand? Request,
    Refusal? Refusal)
{
    /// <summary>What a command changes, or why it is refused.</summary>
    public static CorrectionChange Of(
        AccountState state, IReadOnlyList<HistoryEntry> history, List<PlacedFact> facts, AccountCommand command, DateOnly bookedOn) =>
            command switch
        {
            ReturnRepayment c => Withdraw(facts, Repayment(facts, c.RepaymentId), command) ?? No(new RepaymentUnknown(c.RepaymentId)),
            ReverseFact c => Reverse(facts, history, c),
            AmendFact c => Amend(state, facts, history, c, bookedOn),
            // The rest: every other command is a late fact, and Insert refuses the kinds that may not be late.
            _ => Insert(state, facts, command, bookedOn),
        };

    private static CorrectionChange Insert(AccountState state, List<PlacedFact> facts, AccountCommand command, DateOnly bookedOn)
    {
        if (!FactKinds.MayBeLate(command))
        {
            return No(new LateFactNotAccepted(command.GetType().Name));
        }

        if (state.Lifecycle is Closed closed && !FactKinds.ReachesClosed(command))
        {
            return No(new AccountIsClosed(closed.ClosedOn));
        }

        var late = new PlacedFact(command, bookedOn, state.Version + 1);
        var place = PlaceOf(facts, late);
        return new CorrectionChange(place, facts.Skip(place).Prepend(late), late, command, 0, null, null);
    }

    private static CorrectionChange Reverse(List<PlacedFact> facts, IReadOnlyList<HistoryEntry> history, ReverseFact command) =>
        Find(facts, history, command.Sequence) switch
        {
            (_, { } no) => No(no),
            (var fact, null) => Withdraw(facts, fact, command)!,
        };

    private static CorrectionChange Amend(
        AccountState state, List<PlacedFact> facts, IReadOnlyList<HistoryEntry> history, AmendFact command, DateOnly bookedOn)
    {
        var (fact, no) = Find(facts, history, command.Sequence);
        if (no is not null)
        {
            return No(no);
        }

        var right = command.Replacement;
        if (!FactKinds.Replaces(right, fact!.Command) || right == fact.Command)
        {
            return No(new ReplacementOfOtherKind(command.Sequence, fact.Command.GetType().Name));
        }

        if (right.EffectiveOn < state.OpenedOn || right.EffectiveOn > bookedOn)
        {
            return No(new EffectiveDateOutOfRange(state.OpenedOn, bookedOn));
        }

        if (right.EffectiveOn != fact.EffectiveOn && !FactKinds.MayBeLate(right))
        {
            return No(new LateFactNotAccepted(right.GetType().Name));
        }

        var replacing = new PlacedFact(right, bookedOn, state.Version + 1) { Order = Refold.OrderOf(right, fact, state.Version + 1) };
        var others = facts.Where(other => !ReferenceEquals(other, fact)).ToList();
        var place = Math.Min(facts.IndexOf(fact), PlaceOf(others, replacing));
        others.Insert(PlaceOf(others, replacing), replacing);
        return new CorrectionChange(place, others.Skip(place), replacing, right, fact.Sequence, command, null);
    }

    // A fact that may be taken back, or why not.
    private static (PlacedFact? Fact, Refusal? No) Find(List<PlacedFact> facts, IReadOnlyList<HistoryEntry> history, long sequence)
    {
        var fact = facts.Find(candidate => candidate.Sequence == sequence);
        if (fact is null)
        {
            var withdrawn = history.SelectMany(entry => entry.Events).Any(e => e is AccountCorrected c && c.Withdrawn == sequence);
            return (null, withdrawn ? new FactAlreadyReversed(sequence) : new FactUnknown(sequence));
        }

        return FactKinds.MayBeReversed(fact.Command)
            ? (fact, null)
            : (null, new FactNotReversible(sequence, fact.Command.GetType().Name));
    }

    private static int PlaceOf(List<PlacedFact> facts, PlacedFact fact)
    {
        var place = facts.FindIndex(other => Refold.IsBefore(fact, other));
        return place < 0 ? facts.Count : place;
    }

    private static CorrectionChange? Withdraw(List<PlacedFact> facts, PlacedFact? fact, AccountCommand request) => fact is null
        ? null
        : WithoutAt(facts, facts.FindIndex(other => ReferenceEquals(other, fact)), request);

    private static CorrectionChange WithoutAt(List<PlacedFact> facts, int place, AccountCommand request) =>
        new(place, facts.Skip(place + 1), null, null, facts[place].Sequence, request, null);

    private static PlacedFact? Repayment(List<PlacedFact> facts, string id) =>
        facts.Find(fact => fact.Command is ReceiveRepayment repayment && repayment.RepaymentId == id);

    private static CorrectionChange No(Refusal refusal) => new(0, [], null, null, 0, null, refusal);
}
