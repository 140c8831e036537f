namespace Mingzhang.Domain.Explaining;

/// <summary>Answers by replaying: the same code, with a recording trace or run ahead of time.</summary>
public static class Explainer
{
    /// <summary>Why the available limit is what it is; terms and history both sum exactly to it.</summary>
    public static LimitExplanation Limit(AccountState state, IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly on,
        string? scene) =>
        LimitExplainer.Explain(state, history, book, on, scene);

    /// <summary>May it be used for this amount (null: any) in this scene (null: the general limit), and why not.</summary>
    public static UseExplanation Use(AccountState state, ProductTerms terms, DateOnly on, Money? amount, string? scene) =>
        UseExplainer.Explain(state, terms, on, amount, scene);

    /// <summary>Why a bill is what it is; null when there is none issued on that day, which has passed. Shows the latest version.</summary>
    public static BillExplanation? Bill(IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly issuedOn) =>
        BillExplainer.Explain(history, book, issuedOn);

    /// <summary>What a payment would do; null when the real one would be refused.</summary>
    public static PaymentPreview? Payment(AccountState state, ProductTerms terms, DateOnly today, DateOnly payOn, Money amount)
    {
        var trace = default(NoTrace);
        var (before, _) = RunAhead(state, terms, payOn < today ? today : payOn);
        var command = new ReceiveRepayment("preview", [new RepaymentSource("preview", amount)], null, Actor.Borrower)
            { EffectiveOn = payOn };
        if (payOn < today || AccountDecider.Decide(before, command, terms, payOn, ref trace) is not Accepted accepted)
        {
            return null;
        }

        var paid = accepted.Events.OfType<RepaymentReceived>().Single();
        var next = accepted.After.Cycle.NextStatementOn;
        var statement = next == DateOnly.MaxValue
            ? null
            : RunAhead(accepted.After, terms, next).Events.OfType<StatementIssued>().FirstOrDefault();
        var zero = Money.Zero(state.Currency);
        var charged = statement is null ? zero : RunAhead(accepted.After, terms, next).Events.Aggregate(zero, AddCharges);
        return new PaymentPreview(
            payOn, amount, paid.Allocations, paid.LimitReturned, accepted.After.TotalDebt(terms, payOn),
            accepted.After.LatestBill() is not { Shortfall.IsPositive: true }, next, statement?.Bill.Closing ?? zero, charged);
    }

    /// <summary>A loan or plan with all its rows: paid, due, overdue and to come; null when the account never had it.</summary>
    public static LoanExplanation? Loan(AccountState state, IReadOnlyList<HistoryEntry> history, TermsBook book, ProductTerms terms,
        DateOnly on, string loanId) =>
        LoanExplainer.Explain(state, history, book, terms, on, loanId);

    /// <summary>The rows still to fall due with the interest they will bear if nothing but time passes.</summary>
    public static ValueList<LoanRowTold> RowsAhead(AccountState state, ProductTerms terms, string loanId) =>
        LoanExplainer.Ahead(state, terms, loanId);

    /// <summary>All a payer may pay on a day without naming a debt: everything due and, on a loan line, what settles every loan.</summary>
    public static Money Payable(AccountState state, ProductTerms terms, DateOnly on) =>
        LoanRepayment.Payable(state, null, on, RepaymentRules.Payable(state, terms, on));

    /// <summary>What stands in the way of closing on a day: the list K01 to K18.</summary>
    public static ValueList<ClosingBlocker> Closing(AccountState state, ProductTerms terms, DateOnly on) =>
        ClosingBlockers.Of(state, terms, on);

    /// <summary>Runs an account ahead to a day with nothing but time passing; the events day by day.</summary>
    public static (AccountState State, ValueList<AccountEvent> Events) RunAhead(AccountState state, ProductTerms terms, DateOnly until)
    {
        var trace = default(NoTrace);
        var events = new List<AccountEvent>();
        while (state.NextDate <= until)
        {
            var accepted = (Accepted)AccountDecider.Decide(state, new PassDay
                { EffectiveOn = state.NextDate }, terms, state.NextDate, ref trace);
            events.AddRange(accepted.Events);
            state = accepted.After;
        }

        return (state, ValueList.From(events));
    }

    private static Money AddCharges(Money sum, AccountEvent happened) => happened switch
    {
        InterestPosted e => sum + e.Amount,
        OverdueChargePosted e => sum + e.Amount,
        // The rest: not a price.
        _ => sum,
    };
}
