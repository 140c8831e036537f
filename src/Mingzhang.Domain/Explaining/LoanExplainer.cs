namespace Mingzhang.Domain.Explaining;

/// <summary>Tells a loan row by row: what fell due from the history, what is ahead by running the account on.</summary>
internal static class LoanExplainer
{
    public static LoanExplanation? Explain(AccountState state, IReadOnlyList<HistoryEntry> history, TermsBook book, ProductTerms terms,
        DateOnly on, string loanId)
    {
        var refold = new Refold(book).Run(Refold.FactsOf(history), on, Refold.VersionsOf(history), check: null);
        Loan? began = null;
        DateOnly? settledOn = null;
        var lines = new List<LoanRowTold>();
        foreach (var happened in refold.Entries.SelectMany(entry => entry.Events.ToArray()))
        {
            began = BeganBy(happened, loanId) ?? began;
            settledOn = happened is LoanSettled settled && settled.LoanId == loanId ? settled.EffectiveOn : settledOn;
            if (happened is InstalmentDue due && due.LoanId == loanId)
            {
                lines.Add(Fallen(refold.State!, due, on, began));
            }
            else if (happened is DebtReplanned anew && anew.Loan.Id == loanId && anew.Rows.Count > 0)
            {
                lines.RemoveAll(line => line.Number >= anew.Rows[0].Number);
            }
        }

        if (began is null)
        {
            return null;
        }

        lines.AddRange(Ahead(state, terms, loanId).AsSpan());
        var running = state.Loans.Find(loan => loan.Id == loanId);
        return new LoanExplanation(
            running ?? began, settledOn, ValueList.From(lines),
            running is null ? Money.Zero(state.Currency) : state.PenaltyOf(running, on));
    }

    /// <summary>Rows ahead of a loan, as they will fall due if nothing but time passes and agreements are kept.</summary>
    public static ValueList<LoanRowTold> Ahead(AccountState state, ProductTerms terms, string loanId)
    {
        if (state.Loans.Find(loan => loan.Id == loanId) is not { Rows.Count: > 0 } loan)
        {
            return [];
        }

        var (_, events) = Explainer.RunAhead(state with { Reliefs = [] }, terms, loan.Rows[^1].DueOn);
        return ValueList.From(events.OfType<InstalmentDue>().Where(due => due.LoanId == loanId).Select(due =>
            Told(due, due.Total, RowStage.Ahead, loan)));
    }

    private static LoanRowTold Told(InstalmentDue due, Money unpaid, RowStage stage, Loan? loan)
    {
        var interest = due.Accrued.RoundToMoney(due.Principal.Currency, loan?.Rounding ?? default);
        return new LoanRowTold(due.Number, due.DueOn, due.Principal, interest, due.Total - due.Principal - interest, unpaid, stage);
    }

    private static LoanRowTold Fallen(AccountState state, InstalmentDue due, DateOnly on, Loan? loan)
    {
        var unpaid = state.Items.Sum(state.Currency, item => item.LoanId == due.LoanId && !item.Scheduled
            && (item.Row == due.Number || item.Id == due.ItemId)
                ? item.Unpaid
                : Money.Zero(state.Currency));
        var stage = unpaid.IsZero ? RowStage.Paid : on > due.DueOn ? RowStage.Overdue : RowStage.Due;
        return Told(due, unpaid, stage, loan);
    }

    private static Loan? BeganBy(AccountEvent happened, string loanId) => happened switch
    {
        LoanDisbursed e when e.Loan.Id == loanId => e.Loan,
        PlanStarted e when e.Plan.Id == loanId => e.Plan,
        DebtReplanned e when e.Loan.Id == loanId && e.ReliefId == loanId => e.Loan,
        // The rest: no beginning of this loan.
        _ => null,
    };
}
