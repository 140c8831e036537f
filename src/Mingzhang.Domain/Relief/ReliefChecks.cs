namespace Mingzhang.Domain.Relief;

/// <summary>Whether an agreement may be: offered by the product, within its bounds, for a debt it fits.</summary>
internal static class ReliefChecks
{
    private const int LatestFirstDue = 62;

    /// <summary>Null, or why a plan cannot be agreed on a day.</summary>
    public static Refusal? Of(AccountState state, ProductTerms terms, ReliefPlan plan, DateOnly on)
    {
        if (terms.Relief?.Offer(plan.Kind) is not { } offer || (plan.LoanId is null && plan.Kind == ReliefKind.ReAmortise))
        {
            return new ReliefNotOffered(plan.Kind);
        }

        if (plan.LoanId is { } id && !state.Loans.Any(loan => loan.Id == id && loan.IsCash))
        {
            return new LoanUnknown(id);
        }

        if (state.Reliefs.Find(relief => relief.IsActive && (relief.Plan.LoanId ?? "") == (plan.LoanId ?? "")) is { } running)
        {
            return new ReliefRuns(running.Id);
        }

        return (Refusal?)TooOften(state, offer, on) ?? Bounds(state, offer, plan, on)
            ?? (plan.LoanId is null ? Bills(state, plan, on) : Loan(state, state.Loans.Find(loan => loan.Id == plan.LoanId)!, plan, on))
            ?? (LaysOut(state, terms, plan, on) ? null : new ReliefDoesNotFit(ReliefMismatch.NoSchedule));
    }

    /// <summary>Whether an agreement begins. After a correction there may be nothing left to lay out, or another one may run for the
    /// debt.</summary>
    public static bool Begins(AccountState state, ProductTerms terms, AcceptRelief command, DateOnly on) =>
        !state.Reliefs.Any(relief => relief.IsActive
            && (relief.Id == command.ReliefId || (relief.Plan.LoanId ?? "") == (command.Plan.LoanId ?? "")))
        && (command.Plan.LoanId is not null || !state.Loans.Any(loan => loan.Id == command.ReliefId))
        && LaysOut(state, terms, command.Plan, on);

    private static bool LaysOut(AccountState state, ProductTerms terms, ReliefPlan plan, DateOnly on) =>
        plan.LoanId is null && plan.Kind is ReliefKind.Deferral or ReliefKind.ReAge
            ? ReliefRules.Billed(state).Count > 0 && state.Cycle.NextStatementOn != DateOnly.MaxValue
            : !state.Items.Any(item => item.LoanId is not null && item.LoanId == plan.LoanId && (item.Disputed || item.WrittenOff))
                && ReliefRows.Of(state, terms, "probe", plan, on) is { Rows.Count: > 0 };

    private static ReliefTooOften? TooOften(AccountState state, ReliefOffer offer, DateOnly on)
    {
        var lately = state.PastReliefs.Where(past => past.Kind == offer.Kind && past.StartedOn > on.AddDays(-ReliefRules.Year));
        return offer.MostPerYear > 0 && lately.Count >= offer.MostPerYear
            ? new ReliefTooOften(offer.MostPerYear, lately[lately.Count - offer.MostPerYear].StartedOn.AddDays(ReliefRules.Year))
            : null;
    }

    private static Refusal? Bounds(AccountState state, ReliefOffer offer, ReliefPlan plan, DateOnly on)
    {
        var months = plan.LoanId is null ? Math.Min(1, offer.MostMonths) : offer.MostMonths;
        var makesRows = plan.Kind is ReliefKind.Replan || (plan.Kind == ReliefKind.ReAge && plan.LoanId is not null);
        var contract = state.Loans.Find(loan => loan.Id == plan.LoanId)?.Rate.Ppm ?? 0;
        return plan switch
        {
            { Kind: ReliefKind.Deferral } when plan.Months < 1 || plan.Months > months =>
                Outside("months", $"1 to {months}", $"1 至 {months} 个月"),
            { Kind: not ReliefKind.Deferral, Months: not 0 } => Outside("months", "0: only a deferral moves rows", "仅延期还款可设"),
            { InterestOnly: true } when plan.Kind != ReliefKind.Deferral || plan.LoanId is null =>
                Outside("interestOnly", "only when a loan is deferred", "仅借款延期可设"),
            _ when makesRows && (plan.Count < 1 || plan.Count > offer.MostRows) =>
                Outside("count", $"1 to {offer.MostRows} rows", $"1 至 {offer.MostRows} 期"),
            _ when !makesRows && plan.Count != 0 => Outside("count", "0: it makes no new rows", "该方式不设期数"),
            { FirstDueOn: { } first } when !makesRows || plan.LoanId is null || first <= on || first > on.AddDays(LatestFirstDue) =>
                Outside("firstDueOn", $"for a loan's new rows, within {LatestFirstDue} days",
                    $"仅借款新计划可设，且在 {LatestFirstDue} 天内"),
            { DailyPpm: { } price } when plan.Kind != ReliefKind.Replan || price < offer.LowestDailyPpm || price > contract =>
                Outside("dailyPpm", $"for a new plan, {offer.LowestDailyPpm} to {contract}",
                    $"仅协商还款可设，{offer.LowestDailyPpm} 至 {contract}"),
            _ => null,
        };
    }

    private static Refusal? Loan(AccountState state, Loan loan, ReliefPlan plan, DateOnly on)
    {
        var items = state.Items.Where(item => item.LoanId == loan.Id);
        var overdue = items.Any(item => !item.Scheduled && item.DueOn < on);
        return items.Any(item => item.Disputed || item.WrittenOff) ? new ReliefDoesNotFit(ReliefMismatch.DisputedOrWrittenOff)
            : plan.Kind switch
            {
                ReliefKind.Deferral when items.Any(item => !item.Scheduled) => new ReliefDoesNotFit(ReliefMismatch.SomethingDue),
                ReliefKind.Deferral when loan.Rows.Count == 0 => new ReliefDoesNotFit(ReliefMismatch.NoRowsLeft),
                ReliefKind.ReAge or ReliefKind.ReAmortise when !overdue => new ReliefDoesNotFit(ReliefMismatch.NothingOverdue),
                ReliefKind.ReAmortise when loan.Rows.Count == 0 => new ReliefDoesNotFit(ReliefMismatch.NoRowsLeft),
                ReliefKind.Replan when !items.Any(item => item.IsPrincipal) => new ReliefDoesNotFit(ReliefMismatch.NothingOwed),
                _ => null,
            };
    }

    private static Refusal? Bills(AccountState state, ReliefPlan plan, DateOnly on)
    {
        var billed = ReliefRules.Billed(state);
        var overdue = state.Bills.Any(bill => bill.Stage == BillStage.Overdue && bill.Shortfall.IsPositive);
        return state.WrittenOffOn is not null || state.Cycle.NextStatementOn == DateOnly.MaxValue
            ? new ReliefDoesNotFit(ReliefMismatch.DisputedOrWrittenOff)
            : plan.Kind switch
            {
                ReliefKind.Deferral when overdue => new ReliefDoesNotFit(ReliefMismatch.SomethingDue),
                ReliefKind.Deferral when billed.Count == 0 || state.LatestBill() is not { Stage: BillStage.Open } bill || bill.DueOn < on =>
                    new ReliefDoesNotFit(ReliefMismatch.NothingOwed),
                ReliefKind.ReAge when !overdue => new ReliefDoesNotFit(ReliefMismatch.NothingOverdue),
                ReliefKind.Replan when ReliefRows.Posted(state).Count == 0 => new ReliefDoesNotFit(ReliefMismatch.NothingOwed),
                _ => null,
            };
    }

    private static ReliefOutOfBounds Outside(string field, string rule, string ruleZh) => new(field, rule, ruleZh);
}
