namespace Mingzhang.Domain.Explaining;

/// <summary>Why the available limit is what it is.</summary>
internal static class LimitExplainer
{
    public static LimitExplanation Explain(AccountState state, IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly on,
        string? scene)
    {
        var steps = new List<TraceStep>();
        var trace = new RecordingTrace(steps);
        var terms = TermsOf(state, on, scene);
        var sum = Money.Zero(state.Currency);
        foreach (var term in terms)
        {
            sum += term.Amount;
            trace.Step($"limit.{term.Kind}", term.Reference ?? "", sum);
        }

        var available = state.Available(on, scene);
        Invariant.Holds(sum == available, "12: the limit's terms do not sum to the available limit");
        var past = PastOf(state, history, book, on, scene);
        return new LimitExplanation(on, scene, available, ValueList.From(terms), ValueList.From(past), ValueList.From(steps));
    }

    private static List<LimitTerm> TermsOf(AccountState state, DateOnly on, string? pool)
    {
        var terms = new List<LimitTerm>();
        if (pool is null)
        {
            terms.Add(new LimitTerm(LimitTermKind.Total, state.TotalLimit, null, null, null));
            foreach (var limit in state.TemporaryLimits)
            {
                if (limit.CountsOn(on))
                {
                    terms.Add(new LimitTerm(LimitTermKind.Temporary, limit.Amount, limit.Id, null, limit.Until));
                }
            }
        }
        else
        {
            var scene = state.SceneLimits.Find(limit => limit.Scene == pool)?.Amount ?? Money.Zero(state.Currency);
            terms.Add(new LimitTerm(LimitTermKind.Scene, scene, pool, null, null));
        }

        foreach (var purchase in state.Purchases)
        {
            if (purchase.Pool == pool && purchase.Held.IsPositive)
            {
                terms.Add(new LimitTerm(LimitTermKind.Hold, -purchase.Held, purchase.Id, purchase.Merchant, purchase.StageEndsOn));
            }
        }

        if (pool is null)
        {
            foreach (var request in state.LoanRequests)
            {
                terms.Add(new LimitTerm(
                    LimitTermKind.Request, -request.Fact.Amount, request.Fact.LoanId, null, request.ExpiresOn));
            }
        }

        foreach (var item in state.Items)
        {
            if (item.IsPrincipal && item.Pool == pool && item.LoanId is { } loanId)
            {
                var kind = state.Loans.Find(loan => loan.Id == loanId) is { IsCash: false } ? LimitTermKind.Plan : LimitTermKind.Loan;
                terms.Add(new LimitTerm(kind, -item.Unpaid, loanId, null, DueOf(state, item)));
            }
            else if (item.IsPrincipal && item.Pool == pool)
            {
                var merchant = state.Purchases.Find(purchase => purchase.Id == item.PurchaseId)?.Merchant;
                terms.Add(new LimitTerm(LimitTermKind.Principal, -item.Unpaid, item.PurchaseId, merchant, DueOf(state, item)));
            }
        }

        return terms;
    }

    private static DateOnly DueOf(AccountState state, DueItem item) =>
        item.DueOn ?? Calendar.CycleDates.DueAfter(state.Cycle.NextStatementOn, state.Cycle.DueDay);

    private static List<LimitStep> PastOf(AccountState state, IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly on,
        string? pool)
    {
        var refold = new Refold(book).Run(Refold.FactsOf(history), on, Refold.VersionsOf(history), check: null);
        var past = new List<LimitStep>();
        var last = Money.Zero(state.Currency);
        AccountState? before = null;
        foreach (var entry in refold.Entries)
        {
            last = Window(past, before, entry.EffectiveOn, pool, last);
            var running = before;
            foreach (var happened in entry.Events)
            {
                running = AccountEvolver.Evolve(running ?? AccountState.Empty(state.Id, state.Currency), happened);
                last = Step(past, running, happened, pool, last);
            }

            before = entry.After;
        }

        last = Window(past, before, on, pool, last);
        Invariant.Holds(last == state.Available(on, pool), "12: the limit's history does not lead to the available limit");
        return past;
    }

    private static Money Step(List<LimitStep> past, AccountState running, AccountEvent happened, string? pool, Money last)
    {
        var now = running.Available(happened.EffectiveOn, pool);
        if (now != last)
        {
            past.Add(new LimitStep(happened.EffectiveOn, EventNames.Of(happened), EventNames.ReferenceOf(happened), now - last, now));
        }

        return now;
    }

    // A temporary limit's window opens and closes by date, without an event of its own.
    private static Money Window(List<LimitStep> past, AccountState? before, DateOnly on, string? pool, Money last)
    {
        if (before is null)
        {
            return last;
        }

        var now = before.Available(on, pool);
        if (now != last)
        {
            past.Add(new LimitStep(on, "temporary-limit-window", null, now - last, now));
        }

        return now;
    }
}
