namespace Mingzhang.Domain.Relief;

/// <summary>Lays out rows: of a new agreement, and of the contract on the way back. One place for what is shown and what is
/// booked.</summary>
internal static class ReliefRows
{
    /// <summary>The debt an agreement lays out anew, and how; null when its terms make no schedule.</summary>
    public static DebtReplanned? Of(AccountState state, ProductTerms terms, string reliefId, ReliefPlan plan, DateOnly on) =>
        plan.LoanId is null
            ? OfBills(state, terms, reliefId, plan, on)
            : state.Loans.Find(loan => loan.Id == plan.LoanId) is not { } loan
                || (plan.Kind == ReliefKind.Deferral && loan.Rows.Count == 0)
                ? null
                : plan.Kind == ReliefKind.Deferral
                    ? Deferred(state, reliefId, loan, plan, on)
                    : Anew(state, reliefId, loan, plan, on);

    /// <summary>Rows as they stand: unpaid ones that fell due, then those to come.</summary>
    public static ValueList<RowBefore> Before(AccountState state, Loan loan)
    {
        var zero = Money.Zero(state.Currency);
        var fallen = state.Items.Where(item => item.LoanId == loan.Id && item.IsPrincipal && !item.Scheduled && Counts(item))
            .Map(item => new RowBefore(item.Row, item.DueOn ?? item.PostedOn, item.Unpaid, zero));
        return ValueList.From([.. fallen, .. loan.Rows.Map(row => new RowBefore(row.Number, row.DueOn, row.Principal, row.Charge))]);
    }

    /// <summary>The way back: what is left stands on the contract's own days again; days that have passed are due tomorrow.</summary>
    public static DebtReplanned Back(AccountState state, ReliefAgreement relief, Loan loan, DateOnly on)
    {
        var items = Items(state, loan, scheduledOnly: !loan.IsCash);
        var left = Sum(state, items, Component.Principal);
        var charges = loan.Rows.Sum(state.Currency, row => row.Charge);
        var before = relief.Before.Count > 0
            ? relief.Before
            : [new RowBefore(1, Calendar.CycleDates.DueAfter(state.Cycle.NextStatementOn, state.Cycle.DueDay), left, charges)];
        var laid = new List<(int Number, DateOnly DueOn, Money Principal, Money Charge)>();
        for (var i = before.Count - 1; i >= 0; i--)
        {
            var first = i == 0;
            var principal = first ? left : Money.Min(left, before[i].Principal);
            var charge = first ? charges : Money.Min(charges, before[i].Charge);
            (left, charges) = (left - principal, charges - charge);
            if (principal.IsPositive || charge.IsPositive || before[i].DueOn > on)
            {
                laid.Insert(0, (before[i].Number, before[i].DueOn > on ? before[i].DueOn : on.AddDays(1), principal, charge));
            }
        }

        // Rows end when no principal is left in them or behind them, as by any early repayment; what is carried needs one.
        while (laid.Count > (items.Count > 0 ? 1 : 0) && laid[^1].Principal.IsZero && laid[^1].Charge.IsZero)
        {
            laid.RemoveAt(laid.Count - 1);
        }

        if (laid.Count == 0 && items.Count > 0)
        {
            laid.Add((before[^1].Number, on.AddDays(1), left, charges));
        }

        return Build(state, relief.Id, loan with { Rate = relief.RateBefore }, items, laid, component =>
            FirstOf(Sum(state, items, component), laid.Count));
    }

    /// <summary>The due items of a loan an agreement may move.</summary>
    public static ValueList<DueItem> Items(AccountState state, Loan loan, bool scheduledOnly) =>
        state.Items.Where(item => item.LoanId == loan.Id && Counts(item) && (item.Scheduled || !scheduledOnly));

    /// <summary>What has been posted and may be moved into a plan: everything but rows to come.</summary>
    public static ValueList<DueItem> Posted(AccountState state) => state.Items.Where(item => !item.Scheduled && Counts(item));

    private static bool Counts(DueItem item) => !item.Disputed && !item.WrittenOff;

    // The same rows, months later; interest-only: rows without principal stand on the old days.
    private static DebtReplanned Deferred(AccountState state, string reliefId, Loan loan, ReliefPlan plan, DateOnly on)
    {
        var zero = Money.Zero(state.Currency);
        var laid = new List<(int Number, DateOnly DueOn, Money Principal, Money Charge)>();
        var added = plan.InterestOnly ? plan.Months : 0;
        for (var k = 0; k < added; k++)
        {
            laid.Add((loan.Rows[0].Number + k, Later(loan, loan.Rows[0].DueOn, k), zero, zero));
        }

        foreach (var row in loan.Rows)
        {
            laid.Add((row.Number + added, Later(loan, row.DueOn, plan.Months), row.Principal, row.Charge));
        }

        // What a row carries moves with it.
        var items = Items(state, loan, scheduledOnly: true);
        return Build(state, reliefId, loan, items, laid, component =>
        [
            .. Enumerable.Repeat(zero, added),
            .. loan.Rows.Select(row => Sum(state, items.Where(item => item.Row == row.Number), component)),
        ]);
    }

    private static DebtReplanned? Anew(AccountState state, string reliefId, Loan loan, ReliefPlan plan, DateOnly on)
    {
        var items = Items(state, loan, scheduledOnly: false);
        var rate = plan.DailyPpm is { } ppm ? Rate.PerDay(ppm) : loan.Rate;
        var days = plan.Kind == ReliefKind.ReAmortise
            ? loan.Rows.Map(row => row.DueOn)
            : plan.FirstDueOn is { } first ? DaysFrom(first, first.Day, plan.Count)
            : DaysFrom(FirstDueOn(loan, on), loan.DueDay, plan.Count);
        var schedule = new ScheduleTerms
        {
            Method = days.Count > 1 && loan.Method is ScheduleMethod.Bullet or ScheduleMethod.InterestFirst
                ? ScheduleMethod.EqualInstalment
                : loan.Method == ScheduleMethod.Bullet ? ScheduleMethod.InterestFirst : loan.Method,
            Count = days.Count,
            DueDates = days,
            Rate = ScheduleRate.From(rate),
            Rounding = loan.Rounding,
        };
        var principal = Sum(state, items, Component.Principal);
        if (principal.IsZero || RepaymentSchedule.Of(schedule, principal, on) is not Scheduled made)
        {
            return null;
        }

        var charges = Split.Equally(loan.Rows.Sum(state.Currency, row => row.Charge), made.Rows.Count);
        var number = plan.Kind == ReliefKind.ReAmortise ? loan.Rows[0].Number : FirstNumber(items, loan);
        var laid = made.Rows.AsSpan().ToArray().Select((row, k) =>
            (number + k, row.DueOn, Money.Of(row.PrincipalMinor, state.Currency), charges[k])).ToList();
        return Build(state, reliefId, loan with { Rate = rate }, items, laid, component =>
            [.. Split.Equally(Sum(state, items, component), laid.Count)]);
    }

    private static DebtReplanned? OfBills(AccountState state, ProductTerms terms, string reliefId, ReliefPlan plan, DateOnly on)
    {
        var items = Posted(state);
        if (items.Count == 0 || plan.Count < 1 || state.Cycle.NextStatementOn == DateOnly.MaxValue)
        {
            return null;
        }

        var principal = Sum(state, items, Component.Principal);
        var days = DaysFrom(Calendar.CycleDates.DueAfter(state.Cycle.NextStatementOn, state.Cycle.DueDay), state.Cycle.DueDay, plan.Count);
        var parts = Split.Equally(principal, plan.Count);
        var laid = Enumerable.Range(0, plan.Count).Select(k => (k + 1, days[k], parts[k], Money.Zero(state.Currency))).ToList();
        var loan = new Loan(
            reliefId, LoanKind.BillPlan, "relief", plan.Count, principal, on, Rate.PerDay(0), terms.Overdue.Rate, PenaltyOnCharges: false,
            terms.Overdue.Rounding, new EarlyTerms(Partial: true, EarlyFee.None, 0), [], LoanQuotes.SharesOf(terms), default, default,
            default, null, ScheduleMethod.EqualPrincipal, state.Cycle.DueDay, null, "")
        {
            Listed = [new ListedCost(CostKind.LateCharge, 0)],
        };
        return Build(state, reliefId, loan, items, laid, component => [.. Split.Equally(Sum(state, items, component), laid.Count)]);
    }

    // New due items for principal and for what each row carries of a component.
    private static DebtReplanned Build(
        AccountState state, string reliefId, Loan loan, ValueList<DueItem> items,
        List<(int Number, DateOnly DueOn, Money Principal, Money Charge)> laid, Func<Component, Money[]> carries)
    {
        var next = state.NextItemId;
        var carried = Enum.GetValues<Component>().Where(component => component != Component.Principal)
            .Select(component => (Component: component, Parts: carries(component)))
            .ToList();
        var rows = new List<ReplannedRow>(laid.Count);
        for (var k = 0; k < laid.Count; k++)
        {
            var row = laid[k];
            var itemId = row.Principal.IsPositive ? next++ : 0;
            var with = new List<CarriedCharge>();
            foreach (var (component, parts) in carried)
            {
                if (parts[k].IsPositive)
                {
                    with.Add(new CarriedCharge(next++, component, parts[k]));
                }
            }

            rows.Add(new ReplannedRow(row.Number, row.DueOn, itemId, row.Principal, row.Charge, ValueList.From(with)));
        }

        var replaced = items.Map(item => new Allocation(item.Id, item.Component, null, item.Unpaid, WrittenOff: false));
        var posted = items.Sum(state.Currency, item => item.Scheduled ? Money.Zero(state.Currency) : item.Unpaid);
        return new DebtReplanned(reliefId, loan with { Rows = [] }, replaced, ValueList.From(rows), posted) { EffectiveOn = state.AsOf };
    }

    private static Money[] FirstOf(Money whole, int rows) =>
        [.. Enumerable.Range(0, rows).Select(k => k == 0 ? whole : Money.Zero(whole.Currency))];

    private static Money Sum(AccountState state, ValueList<DueItem> items, Component component) =>
        items.Sum(state.Currency, item => item.Component == component ? item.Unpaid : Money.Zero(state.Currency));

    private static int FirstNumber(ValueList<DueItem> items, Loan loan)
    {
        var first = loan.Rows.Count > 0 ? loan.Rows[0].Number : int.MaxValue;
        foreach (var item in items.AsSpan())
        {
            first = item.Row > 0 ? Math.Min(first, item.Row) : first;
        }

        return first == int.MaxValue ? 1 : first;
    }

    private static DateOnly FirstDueOn(Loan loan, DateOnly on) =>
        LoanQuotes.DueDatesOn(loan.DueDay > 0 ? loan.DueDay : on.Day, on, 1)[0];

    private static ValueList<DateOnly> DaysFrom(DateOnly first, int dayOfMonth, int count) => ValueList.From(
        Enumerable.Range(0, count).Select(k => MonthLength.Day(new DateOnly(first.Year, first.Month, 1).AddMonths(k),
            Math.Max(dayOfMonth, first.Day))));

    // Months later on the loan's day of the month; a row that stands on another day keeps that.
    private static DateOnly Later(Loan loan, DateOnly day, int months)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        return MonthLength.Day(month.AddMonths(months), day == MonthLength.Day(month, loan.DueDay) ? loan.DueDay : day.Day);
    }
}
