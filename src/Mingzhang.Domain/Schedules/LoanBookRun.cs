namespace Mingzhang.Domain.Schedules;

/// <summary>The fold of a loan's facts.</summary>
internal sealed class LoanBookRun
{
    private readonly LoanBookTerms _terms;
    private readonly InstalmentPlan _plan;
    private readonly List<BookRow> _rows;
    private readonly List<(DateOnly On, long Amount)> _paidOut = [];
    private readonly ScheduleRefused? _broken;
    private long _overpaid;

    public LoanBookRun(LoanBookTerms terms, DateOnly startsOn, DateOnly lastOutOn)
    {
        _terms = terms;
        var days = new ScheduleRow[terms.Schedule.Count + Extra(terms, startsOn, lastOutOn)];
        DueDays.Fill(terms.Schedule, startsOn, days);
        _broken = ScheduleRules.Order(terms.Schedule, startsOn, days)
            ?? ScheduleRules.Bounded(terms.Schedule, ScheduleRules.MostMinor / 100, startsOn, days[^1].DueOn);
        if (terms.Schedule.Shift != DayShift.None)
        {
            DueDays.Shift(terms.Schedule.Shift, null, days);
        }

        _rows = [.. days.Select((day, k) => new BookRow(
            BookRowKind.Instalment, day.FromOn, day.DueOn, DueDays.Whole(terms.Schedule, day, k == days.Length - 1)))];
        _plan = IsLiving(terms) ? new LivingInstalments(terms, [.. _rows]) : new PlannedInstalments(terms, [.. _rows]);
    }

    /// <summary>Takes one fact; the answer is a broken rule or null.</summary>
    public ScheduleRefused? Fold(LoanBookFact fact) => _broken ?? fact switch
    {
        PaidOut paidOut => PayOut(paidOut),
        PaidIn paidIn => Receive(paidIn.On, paidIn.AmountMinor, _terms.AheadOf(paidIn.Kind)),
        PaidPart part => ReceivePart(part),
        Charged charged => Charge(charged),
        ChargedShare share => Charge(new Charged(share.On, share.DueOn, ShareOf(share.Ppm), share.Component)),
        ReAmortised agreed => ReAmortise(agreed.On),
        ReAged agreed => ReAge(agreed),
        DayClosed closed => Close(closed.On),
    };

    /// <summary>The loan as it stands.</summary>
    public LoanBooked Shown()
    {
        var shown = new LoanBookRow[_rows.Count];
        var principal = 0L;
        for (var k = 0; k < shown.Length; k++)
        {
            var row = _rows[k];
            principal += row[BookComponent.Principal];
            var isLater = k + 1 < _rows.Count;
            var paidOut = _paidOut.Where(one => !isLater || IsOutBefore(row, one.On)).Sum(one => one.Amount);
            shown[k] = row.Shown(k + 1, paidOut - principal);
        }

        return new LoanBooked(new ValueList<LoanBookRow>(shown), _overpaid);
    }

    private bool IsOutBefore(BookRow row, DateOnly on) =>
        on < row.DueOn || (on == row.DueOn && (SharesTotal || row.Kind == BookRowKind.DownPayment));

    private static bool IsLiving(LoanBookTerms terms) => terms.LaterSpread == LaterSpread.OverRemainingRows && terms.Schedule is
    {
        Method: ScheduleMethod.EqualInstalment, InstalmentRate: null, InstalmentMinor: null, Fee.Ppm: 0,
        PrincipalGraceRows: 0, InterestGraceRows: 0, InterestFreeRows: 0,
    };

    /// <summary>Rows that go on in the same rhythm because money is paid out after the last due day.</summary>
    private static int Extra(LoanBookTerms terms, DateOnly startsOn, DateOnly lastOutOn)
    {
        var (schedule, extra) = (terms.Schedule, 0);
        if (terms.LaterSpread == LaterSpread.ByShareOfTotal && schedule.DueDates.Count == 0 && schedule.LastDueOn is null)
        {
            var (anchor, early) = (schedule.FirstDueOn ?? schedule.StartsOn ?? startsOn, schedule.FirstDueOn is null ? 0 : 1);
            while (schedule.Period.After(anchor, schedule.Count + extra - early, schedule.MonthEnd) < lastOutOn
                && schedule.Count + extra < ScheduleTerms.MostRows)
            {
                extra++;
            }
        }

        return extra;
    }

    private ScheduleRefused? PayOut(PaidOut fact)
    {
        _paidOut.Add((fact.On, fact.AmountMinor));
        var down = RepaymentSchedule.DownPayment(_terms.Schedule, fact.AmountMinor);
        if (down >= fact.AmountMinor)
        {
            return new ScheduleRefused(ScheduleFault.DownPayment, nameof(ScheduleTerms.DownPaymentPpm));
        }

        if (_plan.PayOut(fact.On, fact.AmountMinor - down) is { } refused)
        {
            return refused;
        }

        _plan.Recompute();
        if (down > 0)
        {
            var row = new BookRow(BookRowKind.DownPayment, fact.On, fact.On) { [BookComponent.Principal] = down };
            _rows.Insert(_rows.FindLastIndex(other => IsBefore(other, fact.On)) + 1, row);
        }

        return SpendOverpaid(fact.On);
    }

    // A payment out on a due day comes after the row of that day, unless the row shares in it.
    private bool IsBefore(BookRow row, DateOnly on) =>
        row.DueOn < on || (row.DueOn == on && (!SharesTotal || row.Kind == BookRowKind.DownPayment));

    private bool SharesTotal => _terms.LaterSpread == LaterSpread.ByShareOfTotal;

    private ScheduleRefused? SpendOverpaid(DateOnly on)
    {
        var over = _overpaid;
        _overpaid = 0;
        return over == 0 ? null : Receive(on, over, _terms.Ahead);
    }

    private ScheduleRefused? Receive(DateOnly on, long amount, AheadRule rule)
    {
        _plan.ProcessOverdue(on);
        _overpaid += new BookAllocation(_terms, _rows, _plan, on).Bring(amount, rule);
        return null;
    }

    private ScheduleRefused? ReceivePart(PaidPart fact)
    {
        var row = _rows.Find(one => one.DueOn == fact.DueOn && one.Kind == BookRowKind.Instalment);
        if (row is null)
        {
            return new ScheduleRefused(ScheduleFault.Fact, nameof(fact.DueOn));
        }

        _plan.Pay(row, fact.Component, fact.On, fact.AmountMinor, isNamed: true);
        return null;
    }

    private ScheduleRefused? Charge(Charged fact)
    {
        var row = _rows.Find(one => one.Kind != BookRowKind.DownPayment && fact.DueOn <= one.DueOn);
        if (row is null)
        {
            row = _rows.Find(one => one.Kind == BookRowKind.Charges);
            if (row is null)
            {
                row = new BookRow(BookRowKind.Charges, _plan.Rows[^1].DueOn, fact.DueOn);
                _rows.Add(row);
            }

            row.DueOn = fact.DueOn;
        }

        row[fact.Component] += fact.AmountMinor;
        return SpendOverpaid(fact.On);
    }

    private long ShareOf(long ppm) => Rounded.Divide(
        (Int128)ppm * (_plan.Financed + _plan.Rows.Sum(row => row[BookComponent.Interest])), 1_000_000, _terms.Schedule.Rounding);

    private ScheduleRefused? ReAmortise(DateOnly on)
    {
        var ahead = _plan.Rows.Where(row => row.DueOn > on).ToList();
        if (BearsInterest || ahead.Count == 0)
        {
            return new ScheduleRefused(ScheduleFault.Fact, nameof(on));
        }

        Spread(Taken(row => row.DueOn <= on), ahead);
        return null;
    }

    private ScheduleRefused? ReAge(ReAged fact)
    {
        if (BearsInterest || fact.FirstDueOn <= fact.On || _rows.Exists(row => row.DueOn > fact.On))
        {
            return new ScheduleRefused(ScheduleFault.Fact, nameof(fact.FirstDueOn));
        }

        var added = new List<BookRow>();
        for (var k = 0; k < fact.Count; k++)
        {
            var from = k == 0 ? _plan.Rows[^1].DueOn : added[^1].DueOn;
            added.Add(new BookRow(BookRowKind.Instalment, from, fact.Period.After(fact.FirstDueOn, k, _terms.Schedule.MonthEnd)));
        }

        var taken = Taken(_ => true);
        added.ForEach(_plan.Add);
        _rows.AddRange(added);
        Spread(taken, added);
        return null;
    }

    // Both are a new plan for the same principal; what interest they would bear is for whoever agrees, so there are none with a price.
    private bool BearsInterest => _terms.Schedule.Rate.Ppm > 0 || _terms.Schedule.Fee.Ppm > 0;

    private long Taken(Func<BookRow, bool> from)
    {
        var taken = 0L;
        foreach (var row in _plan.Rows.Where(from))
        {
            taken += row.Unpaid(BookComponent.Principal);
            _plan.Ask(row, row.Paid(BookComponent.Principal));
        }

        return taken;
    }

    private void Spread(long amount, List<BookRow> over)
    {
        var schedule = _terms.Schedule;
        var (parts, left) = (RowParts.Of(amount, over.Count, schedule.MultipleMinor, schedule.PartRounding, Remainder.LastRow), amount);
        for (var k = 0; k < over.Count; k++)
        {
            var part = parts.At(k, left);
            left -= part;
            _plan.Ask(over[k], over[k][BookComponent.Principal] + part);
        }

        _plan.Recompute();
    }

    private ScheduleRefused? Close(DateOnly on)
    {
        _plan.ProcessOverdue(on);
        return null;
    }
}
