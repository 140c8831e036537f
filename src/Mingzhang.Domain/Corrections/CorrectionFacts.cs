namespace Mingzhang.Domain.Corrections;

/// <summary>An earlier fact was wrong: the account becomes as if it had not been booked.</summary>
/// <param name="Sequence">The journal sequence of the fact.</param>
/// <param name="Reason">Why.</param>
public sealed record ReverseFact(long Sequence, string Reason) : AccountCommand;

/// <summary>An earlier fact was recorded wrongly: the account becomes as if the right one had been booked in its place.</summary>
/// <param name="Sequence">The journal sequence of the wrong fact.</param>
/// <param name="Replacement">The right one: of the same kind, with the same id; amount, day or other details differ.</param>
/// <param name="Reason">Why.</param>
public sealed record AmendFact(long Sequence, AccountCommand Replacement, string Reason) : AccountCommand;

/// <summary>What the refold changed against the books, entry by entry.</summary>
/// <param name="Corrects">Journal sequence of the corrected entry; 0 for something that had no entry before.</param>
/// <param name="EffectiveOn">The economic date of the difference.</param>
/// <param name="Ledger">The ledger account.</param>
/// <param name="Delta">Debit positive.</param>
public sealed record CorrectionLine(long Corrects, DateOnly EffectiveOn, Ledger.LedgerAccount Ledger, Money Delta);

/// <summary>A statement that is replaced. The old one stays readable.</summary>
public sealed record SupersededStatement(Billing.Bill Before, Billing.Bill After);

/// <summary>A late, withdrawn or replaced fact was folded in where it belongs; the differences are booked today.</summary>
/// <param name="Late">The late fact, or what replaces the withdrawn one; null for a withdrawal alone.</param>
/// <param name="Withdrawn">The sequence of the withdrawn fact; 0 for a late fact.</param>
/// <param name="Request">The command that asked for a withdrawal or replacement.</param>
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
