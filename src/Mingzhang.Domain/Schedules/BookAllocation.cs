namespace Mingzhang.Domain.Schedules;

/// <summary>Brings money to the rows of a loan: first what is past due, then what is due, then what is ahead.</summary>
/// <param name="terms">Order, sweep and what happens ahead.</param>
/// <param name="rows">All rows by due day.</param>
/// <param name="plan">Knows what a part may be paid, and takes it.</param>
/// <param name="on">The day of the money.</param>
internal sealed class BookAllocation(LoanBookTerms terms, IReadOnlyList<BookRow> rows, InstalmentPlan plan, DateOnly on)
{
    private long _left;

    /// <summary>Allocates; the answer is what no row took.</summary>
    public long Bring(long amount, AheadRule rule)
    {
        _left = amount;
        for (var before = amount + 1; _left > 0 && _left < before;)
        {
            before = _left;
            Sweep(row => row.DueOn < on, AheadRule.NextRow);
            Sweep(row => row.DueOn == on, AheadRule.NextRow);
            Sweep(row => row.DueOn > on, rule);
        }

        return _left;
    }

    private void Sweep(Func<BookRow, bool> isIn, AheadRule rule)
    {
        if (terms.Sweep == AllocationSweep.RowByRow)
        {
            Through(isIn, terms.Order, rule);
            return;
        }

        foreach (var part in terms.Order)
        {
            Through(isIn, [part], rule);
        }
    }

    private void Through(Func<BookRow, bool> isIn, ValueList<BookComponent> parts, AheadRule rule)
    {
        if (rule == AheadRule.EvenlyOverRows)
        {
            Evenly(isIn, parts);
            return;
        }

        var open = rows.Where(isIn);
        foreach (var row in (rule == AheadRule.LastRow ? open.Reverse() : open).ToList())
        {
            _left -= Pay(row, parts, _left);
        }
    }

    private void Evenly(Func<BookRow, bool> isIn, ValueList<BookComponent> parts)
    {
        for (var taken = 1L; taken > 0 && _left > 0;)
        {
            var open = rows.Where(row => isIn(row) && parts.Any(part => plan.Payable(row, part, on) > 0)).ToList();
            if (open.Count == 0)
            {
                return;
            }

            taken = 0;
            var each = RowParts.Of(_left, open.Count, 1, terms.Schedule.Rounding, Remainder.LastRow);
            var share = _left;
            for (var k = 0; k < open.Count; k++)
            {
                var part = each.At(k, share);
                share -= part;
                taken += Pay(open[k], parts, part);
            }

            _left -= taken;
        }
    }

    private long Pay(BookRow row, ValueList<BookComponent> parts, long most)
    {
        // What each part may take is known before any is paid: principal paid first must not shrink the interest asked for beside it.
        Span<long> payable = stackalloc long[parts.Count];
        for (var k = 0; k < parts.Count; k++)
        {
            payable[k] = plan.Payable(row, parts[k], on);
        }

        var taken = 0L;
        for (var k = 0; k < parts.Count; k++)
        {
            var amount = Math.Min(most - taken, payable[k]);
            if (amount > 0)
            {
                plan.Pay(row, parts[k], on, amount, isNamed: false);
                taken += amount;
            }
        }

        return taken;
    }
}
