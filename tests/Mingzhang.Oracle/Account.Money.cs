namespace Mingzhang.Oracle;

/// <summary>Debt, payments, the order of section 6, accruals, curing.</summary>
public sealed partial class Account
{
    private bool Known(int fault) => terms.KnownFaults.Contains(fault);

    private static bool HasDisputed(Bill bill) => bill.Lines.Exists(l => l.Item.Unpaid > 0 && !l.Item.Free);

    private static BigInteger HalfUp(BigInteger numerator, BigInteger denominator)
    {
        BigInteger twice = BigInteger.DivRem((2 * numerator) + denominator, 2 * denominator, out BigInteger rest);
        return rest < 0 ? twice - 1 : twice;
    }

    private BigInteger RevolvingRounded => HalfUp(_revolving, 1_000_000);

    private BigInteger OverdueRounded => HalfUp(_overdue, 1_000_000);

    private BigInteger Payable => _items.Where(i => i.Free && !i.Scheduled).Aggregate(BigInteger.Zero, (s, i) =>
        s + i.Unpaid) + RevolvingRounded + OverdueRounded;

    /// <summary>Section 4: the part of the cyclable plus the full, without what is disputed now.</summary>
    private BigInteger MinimumOf(Bill bill)
    {
        BigInteger cyclable = 0;
        BigInteger full = 0;
        foreach (BillLine line in bill.Lines)
        {
            BigInteger cancelled = line.Item.Pays.Where(p => p.Kind == PayKind.Cancelled).Aggregate(BigInteger.Zero, (s, p) =>
                s + p.Amount);
            BigInteger counts = line.UnpaidThen - cancelled - (line.Item.Free ? 0 : line.Item.Unpaid);
            cyclable += line.Cyclable ? counts : 0;
            full += line.Cyclable ? 0 : counts;
        }

        BigInteger owed = cyclable + full;
        BigInteger part = bill.AllDue ? cyclable : HalfUp(cyclable * terms.MinimumPpm, 1_000_000);
        BigInteger minimum = part + full;
        minimum = BigInteger.Max(minimum, BigInteger.Min(terms.MinimumFloor, owed));
        return BigInteger.Max(0, BigInteger.Min(minimum, bill.Closing));
    }

    private static BigInteger PaidSince(Bill bill)
    {
        BigInteger paid = 0;
        foreach (BillLine line in bill.Lines)
        {
            foreach (Pay pay in line.Item.Pays)
            {
                paid += pay.Moment > bill.Moment && pay.Kind is not PayKind.Cancelled ? pay.Amount : 0;
            }
        }

        return paid;
    }

    private bool Misses(Bill bill) => bill is { Overdue: true, Moved: false } && PaidSince(bill) < MinimumOf(bill);

    private bool PastDue(Item item) => item.Late || _bills.Exists(b => b.Overdue && b.Lines.Exists(l => l.Item == item));

    private int DaysPastDue()
    {
        foreach (Bill bill in _bills)
        {
            if (Misses(bill) && IsOpen)
            {
                return Math.Max(LoanDaysPastDue(), _today.DayNumber - bill.Due.DayNumber);
            }
        }

        return LoanDaysPastDue();
    }

    private Item AddItem(string? purchase, char component, string? pool, BigInteger amount)
    {
        Item item = new()
        {
            Id = ++_itemId, Purchase = purchase, Component = component, Pool = pool, Posted = _today, Amount = amount,
            Bears = component == 'P' && terms.FromPosting ? 'R' : '-',
        };
        _items.Add(item);
        _debits += amount;
        return item;
    }

    private void PostAccruals()
    {
        if (RevolvingRounded > 0)
        {
            BigInteger amount = RevolvingRounded;
            _ = AddItem(null, 'I', null, amount);
            Book(1102, amount, 4001);
            _revolving = 0;
        }

        if (OverdueRounded > 0)
        {
            BigInteger amount = OverdueRounded;
            _ = AddItem(null, 'C', null, amount);
            Book(1103, amount, 4002);
            _overdue = 0;
        }
    }

    /// <summary>A purchase becomes debt; a credit balance meets it at once.</summary>
    private void Post(Buy buy, BigInteger amount)
    {
        buy.Posted += amount;
        buy.PostedOn = _today;
        Item item = AddItem(buy.Id, 'P', buy.Pool, amount);
        Book(1101, amount, 2101);
        BeginCheckoutPlan(buy, item);
        UseCredit();
    }

    /// <summary>A credit balance meets debt at once.</summary>
    private void UseCredit()
    {
        if (_credit > 0)
        {
            int before = DaysPastDue();
            BigInteger used = _credit - Spread(_credit, PayKind.Credit, 2001);
            _credit -= used;
            Cure(before);
        }
    }

    private void Book(int debit, BigInteger amount, int credit)
    {
        _ledger[debit] = _ledger.GetValueOrDefault(debit) + amount;
        _ledger[credit] = _ledger.GetValueOrDefault(credit) - amount;
    }

    /// <summary>Puts money on one item; returns what is left of the money.</summary>
    private BigInteger PayItem(Item item, BigInteger money, PayKind kind, int debit)
    {
        BigInteger part = BigInteger.Min(money, item.Unpaid);
        if (part > 0)
        {
            item.Take(new Pay(_moment, kind, part));
            if (item.Off)
            {
                Book(debit, part, 4101);
                Book(9202, part, 9201);
            }
            else
            {
                Book(debit, part, Receivable(item));
            }
        }

        return money - part;
    }

    private int Bucket(Item item)
    {
        int within = item.Component switch { 'C' or 'F' => 0, 'I' => 1, _ => 2 };
        return item.Loan is { Kind: 'C' } ? (item.Late ? 0 : 10) + within
            : item.Billed is null ? 20 + within
            : PastDue(item) ? within
            : item.InFull ? 10 + within
            : item.Component == 'P' && item.Loan is null && terms.RolledStaysCyclable && !item.Missed ? 13
            : item.Component == 'P' && !item.Rolled && item.Billed == _bills[^1].Issued ? 13
            : 10 + within;
    }

    private IEnumerable<Item> InOrder(IEnumerable<Item> items) =>
        items.Where(i => i.Free && !i.Scheduled && i.Unpaid > 0).OrderBy(Bucket)
            .ThenBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Id).ToList();

    /// <summary>The order of section 6 over all debt; returns what finds no item.</summary>
    private BigInteger Spread(BigInteger money, PayKind kind, int debit)
    {
        foreach (Item item in InOrder(_items))
        {
            money = PayItem(item, money, kind, debit);
        }

        return money;
    }

    private List<Item> Named(Fact fact) =>
        [.. _items.Where(i => i.Free && i.Unpaid > 0 && (fact.Loan is { } loan ? i.Loan?.Id == loan : fact.Purchase is { } p
            ? i.Purchase == p
            : i.Billed == fact.Bill && (fact.Component is null || fact.Component == i.Component)))];

    private void Repay(Fact fact)
    {
        int before = DaysPastDue();
        if (fact.Amount >= Payable)
        {
            PostAccruals();
        }

        PostGrowth(all: false);
        Dictionary<Item, BigInteger> billed = terms.RepaidCountsFromStatement
            ? _items.Where(i => i is { Component: 'P', Bears: 'R', Billed: not null } && i.Due >= _today)
                .ToDictionary(i => i, i => i.Unpaid)
            : [];
        _moneyIds[fact.Id] = _today;
        _ = _pendingPayments.Remove(fact.Id);
        _credits += fact.Amount;
        BigInteger money = fact.Amount;
        if (fact.Purchase is not null || fact.Bill is not null || fact.Loan is not null)
        {
            foreach (Item item in InOrder(Named(fact)))
            {
                money = PayItem(item, money, PayKind.Repayment, 1001);
            }
        }

        if (_loans.Find(l => l.Id == fact.Loan) is { } named)
        {
            money = RepayEarly(named, money, fact.Mode);
        }

        money = Spread(money, PayKind.Repayment, 1001);
        foreach (Loan loan in OldestFirst().Where(l => l.Kind == 'C'))
        {
            money = RepayEarly(loan, money, fact.Mode);
        }

        DropSettledLoans();
        TakeBack(billed.Aggregate(BigInteger.Zero, (s, i) => s + i.Value - i.Key.Unpaid));
        _credit += money;
        Book(1001, money, 2001);
        Cure(before);
    }

    /// <summary>What grew on repaid principal since the statement, where so much has grown since interest was last posted.</summary>
    private void TakeBack(BigInteger repaid)
    {
        BigInteger grown = repaid * terms.RevolvingPpm * (_today.DayNumber - _lastStatement.DayNumber);
        _revolving -= grown <= _revolving ? grown : 0;
    }

    /// <summary>A payment may have met what was missing.</summary>
    private void Cure(int daysBefore)
    {
        foreach (Bill bill in _bills.Where(b => b.Overdue && PaidSince(b) >= MinimumOf(b) && !(Known(1) && HasDisputed(b))))
        {
            bill.Overdue = false;
            foreach (Item item in bill.Lines.Select(l => l.Item))
            {
                if (item.Bears == 'O' && !_bills.Exists(b => Misses(b) && b.Lines.Exists(l => l.Item == item)))
                {
                    item.Bears = 'R';
                }
            }
        }

        EndSuspension(daysBefore);
    }


    private void EndSuspension(int daysBefore)
    {
        if (DaysPastDue() != 0 || _blocks.RemoveAll(b => b.Reason == "Overdue") == 0)
        {
            return;
        }

        if (daysBefore > terms.CoolingAfterDays)
        {
            _blocks.RemoveAll(b => b.Reason == "OverdueCooling");
            _blocks.Add(new Block("cooling", "OverdueCooling", "SBV", _today.AddDays(terms.CoolingDays), false));
        }
    }
}
