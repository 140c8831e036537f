namespace Mingzhang.Oracle;

/// <summary>Agreements about a cash loan: rows move, are spread, begin anew, go back.</summary>
public sealed partial class Account
{
    private List<Item> OfLoan(Loan loan) => [.. _items.Where(i => i.Loan == loan && i.Unpaid > 0)];

    private bool FitsLoan(Wish wish, Loan loan)
    {
        List<Item> items = OfLoan(loan);
        bool late = items.Exists(i => !i.Scheduled && i.Due < _today);
        return items.TrueForAll(i => i.Free && !i.Off) && wish.Kind switch
        {
            'D' => loan.Rows.Count > 0 && items.TrueForAll(i => i.Scheduled),
            'G' => late && items.Exists(i => i.Component == 'P'),
            'M' => late && loan.Rows.Count > 0 && items.Exists(i => i.Component == 'P'),
            _ => items.Exists(i => i.Component == 'P'),
        };
    }

    private Agreement BeginOnLoan(Agreement begun, Loan loan)
    {
        Wish wish = begun.Wish;
        begun = begun with { Debt = loan, Before = AsTheyStand(loan), PpmBefore = loan.Ppm };
        switch (wish.Kind)
        {
            case 'D':
                return begun with { EndsOn = Defer(loan, wish) };
            case 'M':
                LayOut(loan, [.. loan.Rows.Select(r => (r.Number, r.Due))], loan.Ppm);
                return begun;
            default:
                List<DateOnly> dues = wish.First is { } first
                    ? [.. Enumerable.Range(0, wish.Count).Select(first.AddMonths)]
                    : Schedule.Shared(_today, loan.DayOfMonth, wish.Count);
                int number = loan.Rows.Select(r => r.Number).Concat(OfLoan(loan).Where(i => i.Row > 0).Select(i => i.Row)).Min();
                LayOut(loan, [.. dues.Select((d, k) => (number + k, d))], wish.Ppm ?? loan.Ppm);
                return begun;
        }
    }

    private List<RowBefore> AsTheyStand(Loan loan) =>
    [
        .. OfLoan(loan).Where(i => i.Component == 'P' && !i.Scheduled).Select(i => new RowBefore(i.Row, i.Due!.Value, i.Unpaid, 0)),
        .. loan.Rows.Select(r => new RowBefore(r.Number, r.Due, r.Left, r.Charge)),
    ];

    private static DateOnly OnDay(DateOnly month, int months, int day)
    {
        day = month.Day == Math.Min(day, DateTime.DaysInMonth(month.Year, month.Month)) ? day : month.Day;
        DateOnly first = new DateOnly(month.Year, month.Month, 1).AddMonths(months);
        return new DateOnly(first.Year, first.Month, Math.Min(day, DateTime.DaysInMonth(first.Year, first.Month)));
    }

    /// <summary>Every row moves; returns the first new day.</summary>
    private DateOnly Defer(Loan loan, Wish wish)
    {
        (int number, DateOnly old) = (loan.Rows[0].Number, loan.Rows[0].Due);
        foreach (Row row in loan.Rows)
        {
            row.Due = OnDay(row.Due, wish.Months, loan.DayOfMonth);
            row.Number += wish.InterestOnly ? wish.Months : 0;
            BigInteger left = row.Left;
            _ = _items.Remove(row.Item!);
            row.Item = Waiting(loan, 'P', left, row.Number);
        }

        DateOnly first = loan.Rows[0].Due;
        if (wish.InterestOnly)
        {
            loan.Rows.InsertRange(0, Enumerable.Range(0, wish.Months).Select(k => new Row
            {
                Number = number + k, Due = OnDay(old, k, loan.DayOfMonth),
            }));
        }

        return first;
    }

    /// <summary>All unpaid principal, charges to come and posted charges on these rows; what was posted bears nothing until its row is
    /// missed.</summary>
    private void LayOut(Loan loan, List<(int Number, DateOnly Due)> rows, BigInteger ppm)
    {
        PostPenalties(loan);
        List<Item> old = OfLoan(loan);
        BigInteger charges = loan.Rows.Aggregate(BigInteger.Zero, (s, r) => s + r.Charge);
        char method = loan.Method is 'I' or 'B' && rows.Count > 1 ? 'E' : loan.Method;
        BigInteger principal = Sum(old, 'P');
        List<BigInteger> parts = Schedule.Principals(method, principal, _today, [.. rows.Select(r => r.Due)], ppm);
        Relay(loan, rows, parts, Schedule.Parts(charges, rows.Count), old);
        loan.Ppm = ppm;
    }

    private static BigInteger Sum(List<Item> items, char component) =>
        items.Where(i => i.Component == component).Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid);

    /// <summary>New rows in place of old items.</summary>
    private void Relay(
        Loan loan, List<(int Number, DateOnly Due)> rows, List<BigInteger> parts, List<BigInteger> charges, List<Item> old)
    {
        _ = _items.RemoveAll(old.Contains);
        loan.Rows.Clear();
        for (int k = 0; k < rows.Count; k++)
        {
            loan.Rows.Add(new Row
            {
                Number = rows[k].Number, Due = rows[k].Due, Charge = charges[k], Item = Waiting(loan, 'P', parts[k], rows[k].Number),
            });
        }

        foreach (char component in "ICF")
        {
            List<BigInteger> carried = Schedule.Parts(Sum(old, component), rows.Count);
            for (int k = 0; k < rows.Count; k++)
            {
                if (Waiting(loan, component, carried[k], rows[k].Number) is { } item)
                {
                    loan.Rows[k].Carried.Add(item);
                }
            }
        }
    }

    private Item? Waiting(Loan loan, char component, BigInteger amount, int number)
    {
        if (amount == 0)
        {
            return null;
        }

        Item item = new()
        {
            Id = ++_itemId, Component = component, Posted = _today, Amount = amount, Loan = loan, Scheduled = true, Row = number,
        };
        _items.Add(item);
        return item;
    }

    private int DaysLate(Agreement one) => one.Debt is null ? 0
        : one.Debt.Kind != 'C' ? DaysPastDue() : OfLoan(one.Debt).Where(i => i.Late && i.Free && i.Component != 'C')
        .Select(i => _today.DayNumber - i.Due!.Value.DayNumber).DefaultIfEmpty(0).Max();

    /// <summary>What is left goes back to the days and price before, the last row first; days that have passed are due tomorrow.</summary>
    private void WayBack(Agreement agreement)
    {
        if (agreement.Debt is not { Kind: 'C' } loan)
        {
            BillsBack(agreement);
            return;
        }

        PostPenalties(loan);
        List<Item> old = OfLoan(loan);
        BigInteger left = Sum(old, 'P');
        BigInteger charges = loan.Rows.Aggregate(BigInteger.Zero, (s, r) => s + r.Charge);
        List<(int, DateOnly)> rows = [];
        List<BigInteger> parts = [];
        List<BigInteger> fixedParts = [];
        foreach (RowBefore row in Enumerable.Reverse(agreement.Before))
        {
            BigInteger part = BigInteger.Min(left, row.Principal);
            BigInteger charge = BigInteger.Min(charges, row.Charge);
            (left, charges) = (left - part, charges - charge);
            rows.Insert(0, (row.Number, row.Due <= _today ? _today.AddDays(1) : row.Due));
            parts.Insert(0, part);
            fixedParts.Insert(0, charge);
        }

        List<Item> carried = [.. old.Where(i => i.Component != 'P')];
        while (rows.Count > (carried.Count > 0 ? 1 : 0) && parts[0] + fixedParts[0] == 0 && rows[0].Item2 == _today.AddDays(1)
            && agreement.Before.Find(r => r.Number == rows[0].Item1)!.Due <= _today)
        {
            rows.RemoveAt(0);
            parts.RemoveAt(0);
            fixedParts.RemoveAt(0);
        }

        while (rows.Count > (carried.Count > 0 ? 1 : 0) && parts[^1] + fixedParts[^1] == 0)
        {
            rows.RemoveAt(rows.Count - 1);
            parts.RemoveAt(parts.Count - 1);
            fixedParts.RemoveAt(fixedParts.Count - 1);
        }

        Relay(loan, rows, parts, fixedParts, [.. old.Where(i => i.Component == 'P')]);
        _ = _items.RemoveAll(carried.Contains);
        foreach (char component in "ICF")
        {
            if (rows.Count > 0 && Waiting(loan, component, Sum(carried, component), rows[0].Item1) is { } item)
            {
                loan.Rows[0].Carried.Add(item);
            }
        }

        loan.Ppm = agreement.PpmBefore;
    }
}
