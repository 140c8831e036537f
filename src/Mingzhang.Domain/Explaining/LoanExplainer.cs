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
                lines.Add(Fallen(refold.State!, due, on));
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
        return new LoanExplanation(state.Loans.Find(loan => loan.Id == loanId) ?? began, settledOn, ValueList.From(lines));
    }

    /// <summary>Rows ahead of a loan, as they will fall due if nothing but time passes and agreements are kept.</summary>
    public static ValueList<LoanRowTold> Ahead(AccountState state, ProductTerms terms, string loanId)
    {
        if (state.Loans.Find(loan => loan.Id == loanId) is not { Rows.Count: > 0 } loan)
        {
            return [];
        }

        var (_, events) = Explainer.RunAhead(state with { Reliefs = [] }, terms, loan.Rows[^1].DueOn);
        return ValueList.From(events.OfType<InstalmentDue>().Where(due => due.LoanId == loanId).Select(due => new LoanRowTold(
            due.Number, due.DueOn, due.Principal, due.Total - due.Principal, due.Total, RowStage.Ahead)));
    }

    private static LoanRowTold Fallen(AccountState state, InstalmentDue due, DateOnly on)
    {
        var unpaid = state.Items.Sum(state.Currency, item => item.LoanId == due.LoanId && !item.Scheduled
            && (item.Row == due.Number || item.Id == due.ItemId)
                ? item.Unpaid
                : Money.Zero(state.Currency));
        var stage = unpaid.IsZero ? RowStage.Paid : on > due.DueOn ? RowStage.Overdue : RowStage.Due;
        return new LoanRowTold(due.Number, due.DueOn, due.Principal, due.Total - due.Principal, unpaid, stage);
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
