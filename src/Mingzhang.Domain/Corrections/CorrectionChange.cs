namespace Mingzhang.Domain.Corrections;

/// <summary>The facts as they should have been: one more, or one less.</summary>
/// <param name="Place">How many facts stand before the change, the same with and without it.</param>
/// <param name="Facts">The facts from there on.</param>
/// <param name="Check">The late fact, to be checked at its place.</param>
/// <param name="Late">The late fact's command.</param>
/// <param name="Withdrawn">The withdrawn fact's sequence; 0 = none.</param>
/// <param name="Request">The command that asked for a withdrawal.</param>
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
            // The rest: every other command is a late fact, and Insert refuses the kinds that may not be late.
            _ => Insert(state, facts, command, bookedOn),
        };

    private static CorrectionChange Insert(AccountState state, List<PlacedFact> facts, AccountCommand command, DateOnly bookedOn)
    {
        if (!MayBeLate(command))
        {
            return No(new LateFactNotAccepted(command.GetType().Name));
        }

        if (state.Lifecycle is Closed closed && command is not (ReceiveRefund or ReceiveRepayment { By: not Actor.Borrower }))
        {
            return No(new AccountIsClosed(closed.ClosedOn));
        }

        var late = new PlacedFact(command, bookedOn, state.Version + 1);
        var place = facts.FindIndex(fact => fact.EffectiveOn > late.EffectiveOn);
        place = place < 0 ? facts.Count : place;
        return new CorrectionChange(place, facts.Skip(place).Prepend(late), late, command, 0, null, null);
    }

    private static CorrectionChange Reverse(List<PlacedFact> facts, IReadOnlyList<HistoryEntry> history, ReverseFact command)
    {
        var fact = facts.Find(candidate => candidate.Sequence == command.Sequence);
        if (fact is null)
        {
            var withdrawn = history.SelectMany(entry => entry.Events).Any(e => e is AccountCorrected c && c.Withdrawn == command.Sequence);
            return No(withdrawn ? new FactAlreadyReversed(command.Sequence) : new FactUnknown(command.Sequence));
        }

        return MayBeReversed(fact.Command, facts)
            ? Withdraw(facts, fact, command)!
            : No(new FactNotReversible(command.Sequence, fact.Command.GetType().Name));
    }

    private static CorrectionChange? Withdraw(List<PlacedFact> facts, PlacedFact? fact, AccountCommand request) => fact is null
        ? null
        : WithoutAt(facts, facts.FindIndex(other => ReferenceEquals(other, fact)), request);

    private static CorrectionChange WithoutAt(List<PlacedFact> facts, int place, AccountCommand request) =>
        new(place, facts.Skip(place + 1), null, null, facts[place].Sequence, request, null);

    private static PlacedFact? Repayment(List<PlacedFact> facts, string id) =>
        facts.Find(fact => fact.Command is ReceiveRepayment repayment && repayment.RepaymentId == id);

    private static CorrectionChange No(Refusal refusal) => new(0, [], null, null, 0, null, refusal);

    private static bool MayBeLate(AccountCommand command) => command is CapturePurchase or ConfirmReceipt or ReleaseHold
        or PostOfflinePurchase or ReceiveRefund or ReceiveRepayment or SetLimit or GrantTemporaryLimit or SetSceneLimit
        or OpenDispute or ResolveDispute or ConfirmDisbursement or FailDisbursement;

    private static bool MayBeReversed(AccountCommand command, List<PlacedFact> facts) => command switch
    {
        ReceiveRepayment or ReceiveRefund or SetLimit or GrantTemporaryLimit or SetSceneLimit => true,
        PostOfflinePurchase c => !facts.Any(fact => Touches(fact.Command, c.PurchaseId)),
        // The rest: choices and steps that other facts build on.
        _ => false,
    };

    private static bool Touches(AccountCommand command, string purchaseId) => command switch
    {
        ReceiveRefund c => c.PurchaseId == purchaseId,
        OpenDispute c => c.Debt.PurchaseId == purchaseId,
        ReceiveRepayment c => c.Named?.PurchaseId == purchaseId,
        // The rest: facts that name no purchase.
        _ => false,
    };
}
