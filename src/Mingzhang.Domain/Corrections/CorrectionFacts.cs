namespace Mingzhang.Domain.Corrections;

/// <summary>An earlier fact was wrong: the account becomes as if it had not been booked.</summary>
/// <param name="Sequence">The journal sequence of the fact.</param>
/// <param name="Reason">Why.</param>
public sealed record ReverseFact(long Sequence, string Reason) : AccountCommand;

/// <summary>What the refold changed against the books, entry by entry.</summary>
/// <param name="Corrects">Journal sequence of the corrected entry; 0 for something that had no entry before.</param>
/// <param name="EffectiveOn">The economic date of the difference.</param>
/// <param name="Ledger">The ledger account.</param>
/// <param name="Delta">Debit positive.</param>
public sealed record CorrectionLine(long Corrects, DateOnly EffectiveOn, Ledger.LedgerAccount Ledger, Money Delta);

/// <summary>A statement that is replaced. The old one stays readable.</summary>
public sealed record SupersededStatement(Billing.Bill Before, Billing.Bill After);

/// <summary>A late or withdrawn fact was folded in where it belongs; the differences are booked today.</summary>
/// <param name="Late">The late fact; null for a withdrawal.</param>
/// <param name="Withdrawn">The sequence of the withdrawn fact; 0 for a late fact.</param>
/// <param name="Request">The command that asked for a withdrawal.</param>
/// <param name="Lines">The differences; their sum is zero.</param>
/// <param name="Statements">Statements superseded.</param>
/// <param name="After">The state that follows; the refold of the facts proves it.</param>
public sealed record AccountCorrected(
    AccountCommand? Late, long Withdrawn, AccountCommand? Request, ValueList<CorrectionLine> Lines,
    ValueList<SupersededStatement> Statements, AccountState After) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand? Recorded => Late;
}
