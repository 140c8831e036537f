namespace Mingzhang.Domain.Ledger;

/// <summary>Opening balances of a sandbox fork, against the fork contra account.</summary>
internal static class ForkPostings
{
    public static void Book(ref Entry entry, AccountState snapshot)
    {
        foreach (var (account, amount) in LedgerProof.Figures(snapshot))
        {
            entry.Pair(account, ContraOf(account), amount);
        }
    }

    private static LedgerAccount ContraOf(LedgerAccount account) => account switch
    {
        LedgerAccount.LimitGranted => LedgerAccount.LimitGrantedContra,
        LedgerAccount.Holds => LedgerAccount.HoldsContra,
        LedgerAccount.WrittenOffDebt => LedgerAccount.WrittenOffDebtContra,
        _ => LedgerAccount.ForkContra,
    };
}
