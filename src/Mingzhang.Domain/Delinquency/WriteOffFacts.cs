namespace Mingzhang.Domain.Delinquency;

/// <summary>The house writes the debt off its books; the customer still owes it.</summary>
public sealed record WriteOffDebt(string Reason) : AccountCommand;

/// <summary>The debt left the balance sheet.</summary>
public sealed record DebtWrittenOff(WriteOffDebt Fact, Money Principal, Money Interest, Money OverdueCharge, Money Fee) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}
