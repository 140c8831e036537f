namespace Mingzhang.Domain.Disclosure;

/// <summary>Nothing outside the confirmed cost table is ever posted to a loan or plan: checked before every event, always on.</summary>
/// <remarks>
/// Rule: 金规〔2026〕2号. Fees are fixed: the rows that are left hold at most what the table lists. Interest, penalties and the fee for repaying
/// early are taken by their standard for the actual days, so the table must list the item; its sum follows from the standard.
/// A loan that lists nothing was booked before tables were kept and is left alone.
/// </remarks>
public static class TablePosting
{
    /// <summary>Whether an event posts only what the tables of the account's loans list.</summary>
    /// <param name="before">The account before the event.</param>
    /// <param name="happened">What is about to be posted.</param>
    public static PostingVerdict Of(AccountState before, AccountEvent happened) => happened switch
    {
        InstalmentDue e => Row(before, e),
        LoanAccrualPosted e => Item(before, e.LoanId, e.Growth == Growth.Interest ? CostKind.Interest : CostKind.LateCharge, e.Amount),
        EarlyFeePosted e => Item(before, e.LoanId, CostKind.EarlyFee, e.Amount),
        LoanRescheduled e => Fees(Find(before, e.LoanId), e.Rows),
        LoanDisbursed e => Fees(e.Loan, e.Loan.Rows),
        PlanStarted e => Fees(e.Plan, e.Plan.Rows),
        DebtReplanned e => Fees(e.Loan, e.Rows.Map(row => new LoanRow(row.Number, row.DueOn, row.ItemId, row.Principal, row.Charge))),
        OverdueChargePosted e => Late(before, e.Amount),
        // The rest: posts nothing that a cost table lists.
        _ => new InTable(),
    };

    private static PostingVerdict Row(AccountState before, InstalmentDue e)
    {
        var loan = Find(before, e.LoanId);
        var grown = e.Charge - (loan?.Rows.Find(row => row.Number == e.Number)?.Charge ?? Money.Zero(e.Charge.Currency));
        var fees = loan is null ? new InTable() : Fees(loan, loan.Rows);
        return fees is InTable && grown.IsPositive ? Item(before, e.LoanId, CostKind.Interest, grown) : fees;
    }

    private static PostingVerdict Fees(Loan? loan, ValueList<LoanRow> rows)
    {
        var fees = loan is null ? default : rows.Sum(loan.Principal.Currency, row => row.Charge);
        return loan is { Listed.Count: > 0 } && fees.IsPositive
            ? ListedCosts.MayPost(loan.Listed, loan.CostTable, CostKind.Fee, fees)
            : new InTable();
    }

    // Taken by its standard: the item must be listed, its amount is the accrual of the standard.
    private static PostingVerdict Item(AccountState before, string loanId, CostKind kind, Money amount) =>
        Find(before, loanId) is { Listed.Count: > 0 } loan && amount.IsPositive
        && ListedCosts.MayPost(loan.Listed, loan.CostTable, kind, amount) is OutsideTable outside
            ? outside
            : new InTable();

    // The charge on what is overdue on bills: every plan whose rows bear it must list it.
    private static PostingVerdict Late(AccountState before, Money amount)
    {
        foreach (var item in before.Items.AsSpan())
        {
            if (item is { LoanId: { } id, Bearing: Bearing.Overdue }
                && Item(before, id, CostKind.LateCharge, amount) is OutsideTable outside)
            {
                return outside;
            }
        }

        return new InTable();
    }

    private static Loan? Find(AccountState state, string loanId) => state.Loans.Find(loan => loan.Id == loanId);
}
