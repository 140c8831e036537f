namespace Mingzhang.Domain.Lenders;

/// <summary>What an event moved for each loan: receivables from the account before and after, the rest from its postings.</summary>
internal static class LoanPostings
{
    /// <summary>The accounts of what customers owe.</summary>
    public static IReadOnlyList<LedgerAccount> Receivables { get; } =
    [
        LedgerAccount.PrincipalReceivable, LedgerAccount.InterestReceivable, LedgerAccount.OverdueChargeReceivable,
        LedgerAccount.FeeReceivable,
    ];

    /// <summary>Movements by loan and ledger account, minor units; loans that nothing moved for are left out.</summary>
    /// <param name="before">The account before the event.</param>
    /// <param name="after">The account after it.</param>
    /// <param name="happened">The event.</param>
    /// <param name="line">Under which id debt that is of no loan is told; null = it is left out.</param>
    public static Dictionary<string, SortedDictionary<LedgerAccount, long>> Of(
        AccountState before, AccountState after, AccountEvent happened, string? line)
    {
        var moved = new Dictionary<string, SortedDictionary<LedgerAccount, long>>(StringComparer.Ordinal);
        Items(before, -1, line, moved);
        Items(after, 1, line, moved);
        var other = OtherSide(happened);
        foreach (var sums in moved.Values)
        {
            Complete(sums, other, happened is DebtWrittenOff);
        }

        if (happened is PlanStarted { MerchantFee: { IsPositive: true } fee } started)
        {
            Add(moved, started.Plan.Id, LedgerAccount.MerchantPayable, fee.MinorUnits);
            Add(moved, started.Plan.Id, LedgerAccount.MerchantFeeIncome, -fee.MinorUnits);
        }

        return moved.Where(loan => loan.Value.Values.Any(minor => minor != 0)).ToDictionary(StringComparer.Ordinal);
    }

    private static void Items(
        AccountState state, int sign, string? line, Dictionary<string, SortedDictionary<LedgerAccount, long>> moved)
    {
        foreach (var item in state.Items.AsSpan())
        {
            if ((item.LoanId ?? line) is { } loan)
            {
                var ledger = item.WrittenOff ? LedgerAccount.WrittenOffDebt : Entry.ReceivableOf(item.Component);
                Add(moved, loan, ledger, sign * item.Unpaid.MinorUnits);
            }
        }
    }

    // The other side of what the receivables moved; money on written-off debt is a recovery, a write-off a loss.
    private static void Complete(SortedDictionary<LedgerAccount, long> sums, LedgerAccount? other, bool writesOff)
    {
        var receivable = 0L;
        foreach (var ledger in Receivables)
        {
            receivable = checked(receivable + sums.GetValueOrDefault(ledger));
        }

        var writtenOff = sums.GetValueOrDefault(LedgerAccount.WrittenOffDebt);
        sums[LedgerAccount.WrittenOffDebtContra] = -writtenOff;
        if (writesOff || other is null)
        {
            sums[LedgerAccount.WriteOffLoss] = writesOff ? -receivable : 0;
            return;
        }

        var recovered = Math.Min(0, writtenOff);
        sums[LedgerAccount.RecoveryIncome] = recovered;
        sums[other.Value] = checked(sums.GetValueOrDefault(other.Value) - receivable - recovered);
    }

    // Where the receivables' movement came from: cash, income, a merchant, the credit balance. Null: from other debt of the account.
    private static LedgerAccount? OtherSide(AccountEvent happened)
    {
        if (happened is PlanStarted)
        {
            return null;
        }

        LedgerAccount? fallback = null;
        foreach (var posting in PostingRules.For(happened).AsSpan())
        {
            if (posting.Account == LedgerAccount.CustomerCreditBalance)
            {
                fallback = posting.Account;
            }
            else if ((int)posting.Account < 9000 && posting.Account != LedgerAccount.RecoveryIncome
                && !Receivables.Contains(posting.Account))
            {
                return posting.Account;
            }
        }

        return happened is AccountForked ? LedgerAccount.ForkContra : fallback;
    }

    private static void Add(
        Dictionary<string, SortedDictionary<LedgerAccount, long>> moved, string loan, LedgerAccount ledger, long minor)
    {
        if (!moved.TryGetValue(loan, out var sums))
        {
            moved[loan] = sums = [];
        }

        sums[ledger] = checked(sums.GetValueOrDefault(ledger) + minor);
    }
}
