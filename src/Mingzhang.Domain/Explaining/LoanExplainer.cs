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
                lines.Add(Fallen(refold.State!, due, began, on));
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
        return new LoanExplanation(
            state.Loans.Find(loan => loan.Id == loanId) ?? began, settledOn, Remaining(Penalised(lines, state, loanId, on)));
    }

    /// <summary>Rows ahead of a loan, as they will fall due if nothing but time passes and agreements are kept.</summary>
    public static ValueList<LoanRowTold> Ahead(AccountState state, ProductTerms terms, string loanId)
    {
        if (state.Loans.Find(loan => loan.Id == loanId) is not { Rows.Count: > 0 } loan)
        {
            return [];
        }

        var (_, events) = Explainer.RunAhead(state with { Reliefs = [] }, terms, loan.Rows[^1].DueOn);
        return Remaining([.. events.OfType<InstalmentDue>().Where(due => due.LoanId == loanId).Select(due => new LoanRowTold(
            due.Number, due.DueOn, due.Principal, due.Total - due.Principal, due.Total, RowStage.Ahead) { Parts = PartsOf(due, loan) })]);
    }

    private static LoanRowParts PartsOf(InstalmentDue due, Loan? loan)
    {
        var (currency, zero) = (due.Charge.Currency, Money.Zero(due.Charge.Currency));
        var interest = loan is null ? due.Charge : LoanFigures.Rounded(loan, due.Accrued, currency);
        return new LoanRowParts(interest, due.Charge - interest, Money.Of(due.CarriedMinor, currency), zero, zero);
    }

    // The penalty a loan owes, to its late rows by amount and days; when none is late any more, to the last that fell due.
    private static List<LoanRowTold> Penalised(List<LoanRowTold> lines, AccountState state, string loanId, DateOnly on)
    {
        var grown = state.AccruedTo(on).Loans.Find(loan => loan.Id == loanId);
        var owed = state.Items.Sum(state.Currency, item =>
            item.LoanId == loanId && item is { Component: Component.OverdueCharge, Disputed: false }
                ? item.Unpaid : Money.Zero(state.Currency));
        owed = grown is null ? owed : owed + LoanFigures.Rounded(grown, grown.PrincipalPenalty, state.Currency)
            + LoanFigures.Rounded(grown, grown.ChargePenalty, state.Currency);
        var late = lines.Where(line => line.Stage == RowStage.Overdue).ToList();
        late = late.Count > 0 ? late : [.. lines.Where(line => line.Stage != RowStage.Ahead).TakeLast(1)];
        if (!owed.IsPositive || late.Count == 0)
        {
            return lines;
        }

        var weights = late.Select(line => Math.Max(1, line.Unpaid.MinorUnits * (on.DayNumber - line.DueOn.DayNumber))).Reverse().ToArray();
        var parts = Enumerable.Reverse(Split.ByWeights(owed, weights)).ToList();
        return [.. lines.Select(line => late.IndexOf(line) is >= 0 and var at
            ? line with { Parts = line.Parts with { Penalty = parts[at] } } : line)];
    }

    private static ValueList<LoanRowTold> Remaining(List<LoanRowTold> lines)
    {
        for (var k = lines.Count - 2; k >= 0; k--)
        {
            var after = lines[k + 1].Parts.Remaining + lines[k + 1].Principal;
            lines[k] = lines[k] with { Parts = lines[k].Parts with { Remaining = after } };
        }

        return ValueList.From(lines);
    }

    private static LoanRowTold Fallen(AccountState state, InstalmentDue due, Loan? began, DateOnly on)
    {
        var unpaid = state.Items.Sum(state.Currency, item => item.LoanId == due.LoanId && !item.Scheduled
            && (item.Row == due.Number || item.Id == due.ItemId)
                ? item.Unpaid
                : Money.Zero(state.Currency));
        var stage = unpaid.IsZero ? RowStage.Paid : on > due.DueOn ? RowStage.Overdue : RowStage.Due;
        return new LoanRowTold(due.Number, due.DueOn, due.Principal, due.Total - due.Principal, unpaid, stage)
        {
            Parts = PartsOf(due, began),
        };
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
