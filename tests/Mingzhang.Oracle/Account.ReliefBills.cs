namespace Mingzhang.Oracle;

/// <summary>Agreements about bills: they wait for the next one, or become a plan.</summary>
public sealed partial class Account
{
    private bool _wroteOff;

    private List<Item> Posted => [.. _items.Where(i => i is { Scheduled: false, Free: true, Off: false } && i.Unpaid > 0)];

    private List<Item> Billed => [.. Posted.Where(i => i.Billed is not null)];

    private bool FitsBills(Wish wish) => HasStatements && !_wroteOff && wish.Kind switch
    {
        'D' => !_bills.Exists(Misses) && Billed.Count > 0 && _bills.Count > 0 && _bills[^1] is { DuePassed: false },
        'G' => _bills.Exists(Misses),
        _ => Posted.Count > 0,
    };

    private Agreement BeginOnBills(Agreement begun)
    {
        if (begun.Wish.Kind != 'D')
        {
            PostAccruals();
        }

        if (begun.Wish.Kind == 'N')
        {
            return begun with { Debt = PlanOfBills(begun.Id, begun.Wish.Count) };
        }

        List<Item> moved = Billed;
        foreach (Item item in moved)
        {
            item.InFull |= begun.Wish.Kind == 'G' || !_bills[^1].Lines.Exists(l => l.Item == item && l.Cyclable);
            (item.Stood, item.Billed, item.Due) = (item.Billed, null, null);
            item.Bears = item.Bears == 'O' ? 'R' : item.Bears;
        }

        foreach (Item item in _items.Where(i => i is { Free: false, Bears: 'O' }))
        {
            item.Bears = 'R';
        }

        foreach (Bill bill in _bills)
        {
            (bill.DuePassed, bill.Overdue, bill.Moved) = (true, false, true);
        }

        return begun with { EndsOn = _nextStatement, Moved = moved };
    }

    private Loan PlanOfBills(string id, int count)
    {
        List<Item> from = Posted;
        Loan plan = new() { Id = id, Kind = 'B', Method = 'P', Start = _today, Early = new EarlyRule(true, '-', 0) };
        Dictionary<char, List<BigInteger>> parts = "PICF".ToDictionary(c => c, c => Schedule.Parts(Sum(from, c), count));
        foreach (Item item in from)
        {
            _credits += item.Unpaid;
            item.Take(new Pay(_moment, PayKind.Planned, item.Unpaid));
        }

        for (int k = 0; k < count; k++)
        {
            Row row = new() { Number = k + 1, Item = Waiting(plan, 'P', parts['P'][k], k + 1) };
            row.Carried = [.. "ICF".Select(c => Waiting(plan, c, parts[c][k], k + 1)).OfType<Item>()];
            plan.Rows.Add(row);
        }

        _loans.Add(plan);
        return plan;
    }

    /// <summary>What was moved and not billed anew is due again; a plan is due with the next statement.</summary>
    private void BillsBack(Agreement agreement)
    {
        if (agreement.Debt is { } plan)
        {
            List<Item> left = [.. OfLoan(plan).Where(i => i.Scheduled)];
            _ = _items.RemoveAll(left.Contains);
            if (Sum(left, 'P') + Sum(left, 'I') + Sum(left, 'C') + Sum(left, 'F') == 0)
            {
                plan.Rows = [];
                return;
            }

            plan.Rows = [new Row { Number = 1, Item = Waiting(plan, 'P', Sum(left, 'P'), 1) }];
            plan.Rows[0].Carried = [.. "ICF".Select(c => Waiting(plan, c, Sum(left, c), 1)).OfType<Item>()];
            return;
        }

        List<Item> waiting = [.. agreement.Moved.Where(i => i.Billed is null && i.Unpaid > 0)];
        if (waiting.Count > 0)
        {
            Bill bill = _bills[^1];
            bill.Due = bill.Due < _today ? _today : bill.Due;
            bill.Figures = bill.Figures with { DueOn = bill.Due };
            (bill.DuePassed, bill.Moved) = (false, false);
            foreach (Item item in waiting)
            {
                (item.Billed, item.Due) = (item.Stood, bill.Due);
            }
        }
    }
}
