namespace Mingzhang.Domain.Accounts;

/// <summary>Folds events into state: mechanical, total, no rules.</summary>
public static class AccountEvolver
{
    /// <summary>The state after one event. <see cref="AccountState.Version"/> is left alone; see <see cref="After"/>.</summary>
    public static AccountState Evolve(AccountState state, AccountEvent happened) => throw new NotSupportedException();

    /// <summary>The state after a journal entry: its events, the version set to its sequence, the next date computed.</summary>
    public static AccountState After(AccountState state, ValueList<AccountEvent> events, long sequence, ProductTerms terms) =>
        throw new NotSupportedException();
}
