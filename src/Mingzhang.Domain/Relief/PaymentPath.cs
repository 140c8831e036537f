namespace Mingzhang.Domain.Relief;

/// <summary>A day on which something is paid.</summary>
/// <param name="On">The day.</param>
/// <param name="Owed">What was owed before the path began, posted or grown on bills.</param>
/// <param name="Cost">Interest and charges that came on the way.</param>
public sealed record PathDay(DateOnly On, Money Owed, Money Cost)
{
    /// <summary>The payment.</summary>
    public Money Total => Owed + Cost;
}

/// <summary>All payments of an account when from now on everything is paid on its due day and nothing new is bought.</summary>
/// <remarks>
/// Worked out by the account's own rules on a copy: what is shown is what would be booked. Disputed debt is left out, and so is what
/// its plan charges meanwhile, which joins the dispute. What has grown on bills until the first day is owed, not a cost of the path:
/// when 80.00 of interest are paid with the next bill and 71.10 had grown before, 8.90 are cost.
/// </remarks>
public sealed record PaymentPath(ValueList<PathDay> Days, Money Owed, Money Cost)
{
    private const int MostSteps = 2_000;

    /// <summary>The day of the last payment; null when nothing is owed.</summary>
    public DateOnly? EndsOn => Days.Count == 0 ? null : Days[^1].On;

    /// <summary>The path from a state.</summary>
    internal static PaymentPath From(AccountState state, ProductTerms terms, DateOnly on)
    {
        var now = state with { AutoRepaySources = [], Version = 0 };
        now = now with { NextDate = NextDates.Of(now, terms) };
        var grown = Grown(now, terms, on);
        var owed = grown + now.Items.Sum(state.Currency, item => item.Disputed ? Money.Zero(state.Currency) : item.Unpaid);
        var days = new Counted(state.NextItemId, grown);
        now = Pay(now, terms, on, days);
        var at = on;
        for (var step = 0; step < MostSteps && (now.Items.Any(item => !item.Disputed) || Grown(now, terms, at).IsPositive); step++)
        {
            var next = NextDay(now, at);
            at = next;
            if (next == DateOnly.MaxValue)
            {
                break;
            }

            now = next < now.NextDate ? now : Pass(now, terms, next, days);
            now = Pay(now, terms, next, days);
        }

        return new PaymentPath(
            ValueList.From(days.Days), owed, days.Days.Aggregate(Money.Zero(state.Currency), (sum, day) => sum + day.Cost));
    }

    // On bills; what grows on a loan is part of its next row.
    private static Money Grown(AccountState state, ProductTerms terms, DateOnly on) =>
        state.AccruedInterest(terms, on) + state.AccruedCharge(terms, on);

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
    private static AccountState Pass(AccountState state, ProductTerms terms, DateOnly day, Counted days)
    {
        var trace = default(NoTrace);
        var u = new Unfolding(state, terms, day);
        AccountDecider.Unfold(u, new PassDay { EffectiveOn = day }, ref trace);
        days.Add(day, u.Events.OfType<CreditApplied>().SelectMany(applied => applied.Allocations));
        return u.Finish(0);
    }

    private static AccountState Pay(AccountState state, ProductTerms terms, DateOnly on, Counted days)
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
        days.Add(on, u.Events.OfType<RepaymentReceived>().SelectMany(received => received.Allocations));
        return u.Finish(0);
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

    // Payments by day: first known items and what had grown are paid, the rest is cost.
    private sealed class Counted(int known, Money grown)
    {
        private Money _grown = grown;

        public List<PathDay> Days { get; } = [];

        public void Add(DateOnly on, IEnumerable<Allocation> paid)
        {
            var (owed, cost) = (Money.Zero(_grown.Currency), Money.Zero(_grown.Currency));
            foreach (var allocation in paid)
            {
                (owed, cost) = allocation.ItemId < known ? (owed + allocation.Amount, cost) : (owed, cost + allocation.Amount);
            }

            var before = Money.Min(_grown, cost);
            (_grown, owed, cost) = (_grown - before, owed + before, cost - before);
            if (Days is [.., var last] && last.On == on)
            {
                Days[^1] = new PathDay(on, last.Owed + owed, last.Cost + cost);
            }
            else if ((owed + cost).IsPositive)
            {
                Days.Add(new PathDay(on, owed, cost));
            }
        }
    }
}
