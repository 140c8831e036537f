namespace Mingzhang.Domain.Relief;

/// <summary>A day on which something is paid.</summary>
/// <param name="On">The day.</param>
/// <param name="Owed">What was owed before the path began.</param>
/// <param name="Cost">Interest and charges that came on the way.</param>
public sealed record PathDay(DateOnly On, Money Owed, Money Cost)
{
    /// <summary>The payment.</summary>
    public Money Total => Owed + Cost;
}

/// <summary>All payments of an account when from now on everything is paid on its due day and nothing new is bought.</summary>
/// <remarks>Worked out by the account's own rules on a copy: what is shown is what would be booked.</remarks>
public sealed record PaymentPath(ValueList<PathDay> Days, Money Owed, Money Cost)
{
    private const int MostSteps = 2_000;

    /// <summary>The day of the last payment; null when nothing is owed.</summary>
    public DateOnly? EndsOn => Days.Count == 0 ? null : Days[^1].On;

    /// <summary>The path from a state.</summary>
    internal static PaymentPath From(AccountState state, ProductTerms terms, DateOnly on)
    {
        var known = state.NextItemId;
        var owed = state.Items.Sum(state.Currency, item => item.Disputed ? Money.Zero(state.Currency) : item.Unpaid);
        var days = new List<PathDay>();
        var now = state with { AutoRepaySources = [], Version = 0 };
        now = now with { NextDate = NextDates.Of(now, terms) };
        now = Pay(now, terms, on, known, days);
        var at = on;
        for (var step = 0; step < MostSteps && now.Items.Any(item => !item.Disputed); step++)
        {
            var next = NextDay(now, at);
            at = next;
            if (next == DateOnly.MaxValue)
            {
                break;
            }

            now = next < now.NextDate ? now : Pass(now, terms, next, known, days);
            now = Pay(now, terms, next, known, days);
        }

        return new PaymentPath(ValueList.From(days), owed, days.Aggregate(Money.Zero(state.Currency), (sum, day) => sum + day.Cost));
    }

    // The next day of the account, or the due day of a bill before it.
    private static DateOnly NextDay(AccountState state, DateOnly after)
    {
        var next = state.NextDate;
        foreach (var bill in state.Bills.AsSpan())
        {
            var waits = bill.Stage == BillStage.Open && bill.DueOn > after
                && state.Items.Any(item => BillingFold.OnBill(item, bill.IssuedOn));
            next = waits && bill.DueOn < next ? bill.DueOn : next;
        }

        return next;
    }

    // A credit balance that waits meets what falls due: that is a payment of the day, too.
    private static AccountState Pass(AccountState state, ProductTerms terms, DateOnly day, int known, List<PathDay> days)
    {
        var trace = default(NoTrace);
        var u = new Unfolding(state, terms, day);
        AccountDecider.Unfold(u, new PassDay { EffectiveOn = day }, ref trace);
        Count(days, day, u.Events.OfType<CreditApplied>().SelectMany(applied => applied.Allocations), known, state.Currency);
        return u.Finish(0);
    }

    private static AccountState Pay(AccountState state, ProductTerms terms, DateOnly on, int known, List<PathDay> days)
    {
        var due = Due(state, terms, on);
        if (!due.IsPositive)
        {
            return state;
        }

        var trace = default(NoTrace);
        var u = new Unfolding(state, terms, on);
        var payment = new ReceiveRepayment($"path-{on:yyyyMMdd}", [new RepaymentSource("path", due)], null, Actor.Channel)
        {
            EffectiveOn = on,
        };
        AccountDecider.Unfold(u, payment, ref trace);
        Count(days, on, u.Events.OfType<RepaymentReceived>().SelectMany(received => received.Allocations), known, state.Currency);
        return u.Finish(0);
    }

    private static void Count(List<PathDay> days, DateOnly on, IEnumerable<Allocation> paid, int known, Currency currency)
    {
        var (owed, cost) = (Money.Zero(currency), Money.Zero(currency));
        foreach (var allocation in paid)
        {
            (owed, cost) = allocation.ItemId < known ? (owed + allocation.Amount, cost) : (owed, cost + allocation.Amount);
        }

        if (days is [.., var last] && last.On == on)
        {
            days[^1] = new PathDay(on, last.Owed + owed, last.Cost + cost);
        }
        else if ((owed + cost).IsPositive)
        {
            days.Add(new PathDay(on, owed, cost));
        }
    }

    // What is due today or before: rows and bills in full, with what has grown on what is late.
    private static Money Due(AccountState state, ProductTerms terms, DateOnly on)
    {
        var due = state.Items.Sum(state.Currency, item =>
            !item.Disputed && !item.Scheduled && item.DueOn <= on ? item.Unpaid : Money.Zero(state.Currency));
        var late = due.IsPositive && state.Items.Any(item => item.Bearing == Bearing.Overdue);
        var grown = state.Loans.Sum(state.Currency, loan => loan.IsCash && late
            ? state.SettlementOf(loan, on).Due - state.Items.Sum(state.Currency, item =>
                item.LoanId == loan.Id && !item.Scheduled && !item.Disputed ? item.Unpaid : Money.Zero(state.Currency))
            : Money.Zero(state.Currency));
        return due + grown;
    }
}
