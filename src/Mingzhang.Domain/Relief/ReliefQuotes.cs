namespace Mingzhang.Domain.Relief;

/// <summary>What an agreement would change: every payment before and after, its cost table, its consequences.</summary>
/// <param name="Plan">What is asked.</param>
/// <param name="Before">All payments without it.</param>
/// <param name="After">All payments with it.</param>
/// <param name="DueNowBefore">Due today without it.</param>
/// <param name="DueNowAfter">Due today with it.</param>
/// <param name="PastDueBefore">Days past due today without it.</param>
/// <param name="PastDueAfter">Days past due today with it.</param>
/// <param name="Offer">The product's rule it falls under.</param>
/// <param name="Contract">What is owed as a loan of its own: rows, price, cost table.</param>
public sealed record ReliefQuote(
    ReliefPlan Plan, PaymentPath Before, PaymentPath After, Money DueNowBefore, Money DueNowAfter, int PastDueBefore, int PastDueAfter,
    ReliefOffer Offer, LoanQuote Contract)
{
    /// <summary>The id of its cost table, to be confirmed; empty when there is none.</summary>
    public string CostTableId => Contract.CostTableId;

    /// <summary>What it costs more than paying everything as due now; negative when it costs less.</summary>
    public Money ExtraCost => After.Cost - Before.Cost;
}

/// <summary>Works out what agreements would change, on a copy of the account.</summary>
public static class ReliefQuotes
{
    /// <summary>The quote, or the refusal that accepting it today would meet, apart from reading the table.</summary>
    public static (ReliefQuote? Quote, Refusal? Refusal) Try(AccountState state, ProductTerms terms, ReliefPlan plan, DateOnly on)
    {
        var refusal = Guards.IsOpen(state) ?? ReliefChecks.Of(state, terms, plan, on);
        var quote = refusal is null ? Of(state, terms, plan, on) : null;
        return (quote, refusal ?? LoanCostTables.AboveCap(quote?.Contract));
    }

    /// <summary>The quote of a plan that passed the checks; null when it makes no schedule.</summary>
    internal static ReliefQuote? Of(AccountState state, ProductTerms terms, ReliefPlan plan, DateOnly on)
    {
        if (terms.Relief?.Offer(plan.Kind) is not { } offer)
        {
            return null;
        }

        var u = new Unfolding(state, terms, on);
        ReliefRules.Unfold(u, new AcceptRelief("quote", plan, null) { EffectiveOn = on });
        var after = u.Finish(0);
        var path = PaymentPath.From(after, terms, on);
        return new ReliefQuote(
            plan, PaymentPath.From(state, terms, on), path, DueNow(state, on), DueNow(after, on), state.DaysPastDue(on),
            after.DaysPastDue(on), offer, Contract(terms, state, after, plan, path, on));
    }

    private static Money DueNow(AccountState state, DateOnly on) => state.Items.Sum(state.Currency, item =>
        !item.Disputed && !item.Scheduled && item.DueOn <= on ? item.Unpaid : Money.Zero(state.Currency));

    private static LoanQuote Contract(
        ProductTerms terms, AccountState state, AccountState after, ReliefPlan plan, PaymentPath path, DateOnly on)
    {
        var loan = after.Loans.Find(other => other.Id == (plan.LoanId ?? "quote"));
        var price = loan is { Rate.Ppm: > 0 } ? loan.Rate : path.Cost.IsPositive ? terms.Revolving.Rate : Rate.PerDay(0);
        var rows = new List<ScheduleRow>();
        var from = on;
        foreach (var day in path.Days.Where(day => day.On > on))
        {
            // Without a price by the day what is still to come is the fixed charge of the contract.
            var (interest, fee) = price.Ppm > 0 ? (day.Cost.MinorUnits, 0L) : (0L, day.Cost.MinorUnits);
            rows.Add(new ScheduleRow(rows.Count + 1, from, day.On, day.Owed.MinorUnits, interest, fee, 0));
            from = day.On;
        }

        var principal = path.Days.Where(day => day.On > on).Sum(state.Currency, day => day.Owed);
        return LoanCostTables.WithTable(terms, new LoanQuote(
            LoanKind.BillPlan, $"relief-{plan.Kind}", principal, on, price, loan?.Penalty ?? terms.Overdue.Rate, PenaltyOnCharges: false,
            loan?.Rounding ?? terms.Overdue.Rounding, new EarlyTerms(Partial: true, EarlyFee.None, 0), ValueList.From(rows), [], null,
            ScheduleMethod.EqualPrincipal, 0) { Table = LoanQuotes.NoTable });
    }
}
