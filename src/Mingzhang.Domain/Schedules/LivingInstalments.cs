namespace Mingzhang.Domain.Schedules;

/// <summary>Equal instalments that live: a further payment out makes a new instalment for the rows not yet due, early principal lowers
/// what bears interest, overdue principal raises it, and the last row that is not covered takes the difference.</summary>
internal sealed class LivingInstalments(LoanBookTerms terms, IReadOnlyList<BookRow> rows) : InstalmentPlan(terms, rows)
{
    private readonly BearingBalance _balance = new(terms);
    private readonly List<(DateOnly On, long Amount)> _paidOut = [];

    private bool Recalculates => Terms.Recalculation != Recalculation.None;

    public override ScheduleRefused? PayOut(DateOnly on, long amount)
    {
        var first = Index(row => on < row.DueOn);
        if (first < 0)
        {
            return new ScheduleRefused(ScheduleFault.Fact, "On");
        }

        _paidOut.Add((on, amount));
        Financed += amount;
        _balance.Add(on, amount);
        Recompute();
        Apply(first, Smoothed(first, EqualInstalment.Even(Schedule, Instalment(first))));
        return null;
    }

    public override void Ask(BookRow row, long principal) => (row.Instalment, row[BookComponent.Principal]) = (principal, principal);

    public override void Recompute()
    {
        // Each further pass settles at least one more row, so the rows bound the passes.
        for (var passes = 0; passes <= Rows.Count; passes++)
        {
            Pass();
            if (!Settle())
            {
                return;
            }
        }
    }

    public override void ProcessOverdue(DateOnly on)
    {
        if (!Recalculates)
        {
            return;
        }

        var to = Terms.Recalculation == Recalculation.Daily || Index(row => on <= row.DueOn) is not (>= 0 and var current)
            ? on
            : Rows[current].DueOn;
        foreach (var row in Rows)
        {
            var late = row.DueOn < on ? row.Unpaid(BookComponent.Principal) : 0;
            if (late > 0 && to > row.OverdueTo)
            {
                _balance.Add(row.OverdueTo, late);
                _balance.Add(to, -late);
                row.OverdueTo = to;
            }
        }

        Recompute();
    }

    public override long Payable(BookRow row, BookComponent part, DateOnly on)
    {
        if (!Recalculates || on >= row.DueOn || part is BookComponent.Fee or BookComponent.Penalty)
        {
            return row.Unpaid(part);
        }

        var unpaid = Financed - Rows.Sum(other => other.Paid(BookComponent.Principal));
        if (unpaid == 0)
        {
            return row.Unpaid(part); // nothing grows any more
        }

        var interest = InterestTo(row, on);
        return Math.Max(0, part == BookComponent.Interest
            ? interest - row.Paid(BookComponent.Interest)
            : Math.Min(row.Instalment - interest - row.Paid(BookComponent.Principal), unpaid));
    }

    public override void Pay(BookRow row, BookComponent part, DateOnly on, long amount, bool isNamed)
    {
        row.Pay(part, amount);
        if (part == BookComponent.Principal && on < row.DueOn && (Recalculates || isNamed))
        {
            row.Early += amount;
            _balance.Add(on, -amount);
        }

        Recompute();
    }

    /// <summary>Interest of a row up to a day, or to its end where the terms ask for it.</summary>
    private long InterestTo(BookRow row, DateOnly on) =>
        on <= row.FromOn ? 0
        : Terms.EarlyInterest == EarlyInterest.ToPeriodEnd ? Math.Max(row[BookComponent.Interest], row.Paid(BookComponent.Interest))
        : _balance.Of(row.Opening, row, on, row.Carried).Interest;

    /// <summary>Goes through the periods: interest first, principal fills the instalment, what is paid early moves the rest on.</summary>
    private void Pass()
    {
        var (opening, carried) = (0L, 0L);
        foreach (var row in Rows)
        {
            (row.Opening, row.Carried) = (opening, carried);
            var (interest, bearing) = _balance.Of(opening, row, row.DueOn, carried);
            var (paidPrincipal, paidInterest) = (row.Paid(BookComponent.Principal), row.Paid(BookComponent.Interest));
            var isAhead = row != Rows[^1] && paidPrincipal > Math.Max(0, row.Instalment - interest);
            var due = isAhead ? paidInterest : Math.Max(interest, paidInterest);
            carried = isAhead ? Math.Max(0, interest - paidInterest) : 0;
            row[BookComponent.Interest] = due;
            row[BookComponent.Principal] = Math.Max(row.Instalment - due, paidPrincipal);
            opening = bearing - (row[BookComponent.Principal] - row.Early);
            row.Bearing = opening + _balance.On(row.DueOn);
        }
    }

    /// <summary>The last row that is not covered takes what the others leave over or ask too much, then the one before it; when all are
    /// covered the last is opened again. True when another pass is due.</summary>
    private bool Settle()
    {
        var rest = Financed - Rows.Sum(row => row[BookComponent.Principal]);
        var isEarlier = false;
        for (var k = Rows.Count - 1; k >= 0 && rest != 0; k--)
        {
            var row = Rows[k];
            if (!row.IsCovered || row.Instalment == 0)
            {
                rest -= Take(row, rest);
                isEarlier |= k < Rows.Count - 1;
            }
        }

        if (rest > 0)
        {
            Take(Rows[^1], rest);
        }

        return isEarlier;
    }

    /// <summary>Changes a row's principal, never below what is paid; the answer is the change.</summary>
    private long Take(BookRow row, long change)
    {
        var principal = Math.Max(row[BookComponent.Principal] + change, row.Paid(BookComponent.Principal));
        var taken = principal - row[BookComponent.Principal];
        row[BookComponent.Principal] = principal;
        row.Instalment = principal + row[BookComponent.Interest];
        row.Bearing = row.Opening + Bearing(row) - (principal - row.Early);
        return taken;
    }

    private long Bearing(BookRow row) =>
        _balance.Of(row.Opening, row, row.DueOn, 0).Bearing - row.Opening + _balance.On(row.DueOn);

    /// <summary>The equal instalment from a row on for the principal its earlier rows leave.</summary>
    private long Instalment(int first)
    {
        var row = Rows[first];
        var within = _paidOut.Where(one => one.On >= row.FromOn && one.On < row.DueOn).ToList();
        var left = Financed - Rows.Take(first).Sum(earlier => earlier[BookComponent.Principal]);
        Span<InterestFactor> factors = stackalloc InterestFactor[Rows.Count - first];
        for (var k = first; k < Rows.Count; k++)
        {
            factors[k - first] = Factor(Rows[k], Rows[k].FromOn);
        }

        if (Schedule.InstalmentByWholePeriods || within.All(one => one.On <= row.FromOn))
        {
            return Annuity.Instalment(left, factors, Schedule.Rounding);
        }

        var value = GrownSum.Zero.Plus(left - within.Sum(one => one.Amount), factors[0]);
        foreach (var (on, amount) in within)
        {
            value = value.Plus(amount, Factor(row, on));
        }

        return value.Instalment(factors[1..], Schedule.Rounding);
    }

    private InterestFactor Factor(BookRow row, DateOnly from) => InterestFactor.Of(
        Schedule.Rate, from > row.FromOn ? from : row.FromOn, row.DueOn, row.Whole);

    private long Smoothed(int first, long instalment)
    {
        var count = Rows.Count - first;
        var difference = Apply(first, instalment);
        if (!Schedule.Smooth || Math.Abs(difference) <= count / 2)
        {
            return instalment;
        }

        var moved = EqualInstalment.Even(Schedule, instalment + Rounded.Divide(difference, count, Schedule.Rounding));
        return moved > 0 && Math.Abs(Apply(first, moved)) < Math.Abs(difference) ? moved : instalment;
    }

    /// <summary>Sets the instalment of a row and all later ones; the answer is how far the last then differs from it.</summary>
    private long Apply(int first, long instalment)
    {
        foreach (var row in Rows.Skip(first))
        {
            row.Instalment = instalment;
        }

        Recompute();
        return Rows[^1].Instalment - instalment;
    }

    private int Index(Func<BookRow, bool> match)
    {
        for (var k = 0; k < Rows.Count; k++)
        {
            if (match(Rows[k]))
            {
                return k;
            }
        }

        return -1;
    }
}
