namespace Mingzhang.Domain.Ledger;

/// <summary>Proves an account's figures from its postings: stored balance = sum of postings (invariant 4).</summary>
public static class LedgerProof
{
    /// <summary>What the ledger must show for an account in this state, by ledger account; debit positive.</summary>
    public static IReadOnlyList<(LedgerAccount Account, Money Amount)> Figures(AccountState state) =>
    [
        (LedgerAccount.PrincipalReceivable, Owed(state, Component.Principal)),
        (LedgerAccount.InterestReceivable, Owed(state, Component.Interest)),
        (LedgerAccount.OverdueChargeReceivable, Owed(state, Component.OverdueCharge)),
        (LedgerAccount.FeeReceivable, Owed(state, Component.Fee)),
        (LedgerAccount.CustomerCreditBalance, -state.CreditBalance),
        (LedgerAccount.LimitGranted, state.TotalLimit),
        (LedgerAccount.Holds, state.Purchases.Sum(state.Currency, purchase => purchase.Held)
            + state.LoanRequests.Sum(state.Currency, request => request.Fact.Amount)),
        (LedgerAccount.WrittenOffDebt, state.Items.Sum(state.Currency, item => item.WrittenOff ? item.Unpaid : Money.Zero(state.Currency))),
    ];

    private static Money Owed(AccountState state, Component component) => state.Items.Sum(
        state.Currency, item => item.Component == component && !item.WrittenOff ? item.Unpaid : Money.Zero(state.Currency));
}
