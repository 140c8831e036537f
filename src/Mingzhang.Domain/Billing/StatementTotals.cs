namespace Mingzhang.Domain.Billing;

/// <summary>The running totals between two statements; at the next one, opening + debits − credits must equal what is owed.</summary>
internal static class StatementTotals
{
    /// <summary>Adds a debit.</summary>
    public static AccountState Debit(AccountState state, Money amount) =>
        state with { Cycle = Debited(state.Cycle, amount) };

    /// <summary>Adds a credit.</summary>
    public static AccountState Credit(AccountState state, Money amount) =>
        state with { Cycle = state.Cycle with { CreditsMinor = checked(state.Cycle.CreditsMinor + amount.MinorUnits) } };

    /// <summary>The running totals with a debit.</summary>
    public static Cycle Debited(Cycle cycle, Money amount) =>
        cycle with { DebitsMinor = checked(cycle.DebitsMinor + amount.MinorUnits) };
}
