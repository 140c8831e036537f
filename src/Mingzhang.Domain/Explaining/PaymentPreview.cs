namespace Mingzhang.Domain.Explaining;

/// <summary>What a payment of some amount on some day would do: the same code, run ahead.</summary>
/// <param name="PayOn">The day.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Allocations">Where it would go, in order.</param>
/// <param name="LimitReturned">Limit that would come back.</param>
/// <param name="DebtAfter">Total debt after it.</param>
/// <param name="MinimumMet">Whether the current bill's minimum would be met.</param>
/// <param name="NextStatementOn">The next statement.</param>
/// <param name="NextStatement">Its closing, if nothing else happens.</param>
/// <param name="InterestUntilNextStatement">Interest and charges that would be billed on it.</param>
public sealed record PaymentPreview(
    DateOnly PayOn, Money Amount, ValueList<Allocation> Allocations, Money LimitReturned, Money DebtAfter, bool MinimumMet,
    DateOnly NextStatementOn, Money NextStatement, Money InterestUntilNextStatement);
