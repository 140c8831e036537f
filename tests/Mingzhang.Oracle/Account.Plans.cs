namespace Mingzhang.Oracle;

/// <summary>Instalments on a statement line.</summary>
public sealed partial class Account
{
    private List<Item> Convertible(Fact f) =>
    [
        .. _items.Where(i => i.Free && i.Unpaid > 0 && i.Component == 'P' && i.Loan is null && !i.Off && (f.Purchase is { } p
            ? i.Purchase == p && i is { Billed: null, InFull: false }
            : f.Bill is not null && i.Billed == f.Bill && i is { Rolled: false, InFull: false })),
    ];

    private bool BillMayConvert(DateOnly? day) => _bills.Exists(b => b.Issued == day && !b.DuePassed
        && (terms.Plans!.AfterMinimum || PaidSince(b) == 0 || PaidSince(b) < MinimumOf(b)));

    private void OfPlan(Fact f, Action<bool, int> no)
    {
        no(Away('V'), 200);
        no(terms.Plans is null, 240);
        if (terms.Plans is not { } rules)
        {
            return;
        }

        BigInteger most = Convertible(f).Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid);
        BigInteger amount = f.Amount == 0 ? most : f.Amount;
        Dictionary<int, BigInteger> offers = f.Purchase is null ? rules.Bill : rules.Checkout;
        bool known = offers.ContainsKey(f.Number);
        no(!known, 241);
        no(amount < rules.Smallest || amount > most, 242);
        no(LoanIdUsed(f.Id), 243);
        no(f.Purchase is null ? !BillMayConvert(f.Bill) : most == 0, 250);
        OfEvidence(f.Evidence, rules.ReadingSeconds, known && amount > 0 && Dear(amount, offers[f.Number], f.Number), no);
    }

    private void OfCheckout(Fact f, Action<bool, int> no)
    {
        if (f.Checkout is not { } chosen)
        {
            return;
        }

        no(Away('V'), 200);
        no(terms.Plans is null, 240);
        if (terms.Plans is { } rules)
        {
            bool known = rules.Checkout.ContainsKey(chosen.Count);
            no(!known, 241);
            no(f.Amount < rules.Smallest, 242);
            no(LoanIdUsed(chosen.Id) || _buys.Exists(b => b.Checkout?.Id == chosen.Id && b.Held > 0), 243);
            bool dear = known && f.Amount > 0 && chosen.BuyerPays && Dear(f.Amount, rules.Checkout[chosen.Count], chosen.Count);
            OfEvidence(chosen.Evidence, rules.ReadingSeconds, dear, no);
        }
    }

    private bool Dear(BigInteger amount, BigInteger ppm, int count)
    {
        List<BigInteger> charges = Schedule.Parts(HalfUp(amount * ppm, 1_000_000), count);
        DateOnly first = FirstAfter(_nextStatement, _dueDay);
        List<(DateOnly, BigInteger)> payments =
            [.. Schedule.Parts(amount, count).Zip(charges, (p, c) => p + c).Select((paid, k) => (first.AddMonths(k), paid))];
        return Schedule.YearlyPpm(amount, _today, payments) > terms.Plans!.CapPpm;
    }

    private void StartPlan(Fact f)
    {
        List<Item> from = [.. Enumerable.Reverse(Convertible(f))];
        BigInteger amount = f.Amount == 0 ? from.Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid) : f.Amount;
        string? pool = f.Purchase is null || from.Count == 0 ? null : from[0].Pool;
        BeginPlan(f.Id, f.Purchase, pool, amount, f.Number,
            (f.Purchase is null ? terms.Plans!.Bill : terms.Plans!.Checkout)[f.Number], from);
    }

    /// <summary>Principal moves from what it stood on to rows; what is owed in all stays.</summary>
    private void BeginPlan(string id, string? purchase, string? pool, BigInteger amount, int count, BigInteger ppm, List<Item> from)
    {
        BigInteger rest = amount;
        foreach (Item item in from)
        {
            BigInteger part = BigInteger.Min(rest, item.Unpaid);
            if (part > 0)
            {
                item.Take(new Pay(_moment, PayKind.Planned, part));
                rest -= part;
            }
        }

        Loan plan = new()
        {
            Id = id, Kind = purchase is null ? 'B' : 'P', Method = 'P', Purchase = purchase, Start = _today, Early = terms.Plans!.Early,
        };
        AddRows(plan, Schedule.Parts(amount, count), Schedule.Parts(HalfUp(amount * ppm, 1_000_000), count), null, purchase, pool);
        _loans.Add(plan);
        _credits += amount;
    }

    /// <summary>A purchase with instalments chosen at checkout posted.</summary>
    private void BeginCheckoutPlan(Buy buy, Item item)
    {
        if (buy.Checkout is not { } chosen)
        {
            return;
        }

        string id = chosen.Id;
        for (int n = 2; LoanIdUsed(id); n++)
        {
            id = $"{chosen.Id}-{n}";
        }

        BigInteger ppm = terms.Plans!.Checkout[chosen.Count];
        BigInteger amount = item.Unpaid;
        BeginPlan(id, buy.Id, buy.Pool, amount, chosen.Count, chosen.BuyerPays ? ppm : 0, [item]);
        if (!chosen.BuyerPays)
        {
            Book(2101, HalfUp(amount * ppm, 1_000_000), 4004);
        }
    }

    /// <summary>The next row of every plan joins the statement of today.</summary>
    private void JoinRows()
    {
        List<Loan> plans = [.. _loans.Where(l => l.Kind != 'C' && l.Rows.Count > 0)];
        foreach (Loan plan in plans)
        {
            string? dispute = DisputeOf(plan);
            Row row = plan.Rows[0];
            plan.Rows.RemoveAt(0);
            foreach (Item item in row.Carried.Append(row.Item).OfType<Item>())
            {
                (item.Scheduled, item.Rolled) = (false, true);
                _debits += item.Unpaid;
            }

            if (row.Charge > 0)
            {
                Item charge = AddItem(null, 'I', null, row.Charge);
                charge.Loan = plan;
                Join(charge, dispute);
                Book(1102, row.Charge, 4001);
            }
        }

        if (_loans.Count > 0)
        {
            UseCredit();
        }
    }

    /// <summary>A refund cancels rows of the purchase that have not fallen due, those of the last plan first; returns what is left of
    /// it.</summary>
    private BigInteger CancelRows(string purchase, BigInteger money, char mode)
    {
        foreach (Loan plan in Enumerable.Reverse(_loans).Where(l => l.Kind == 'P' && l.Rows.Exists(r => r.Item is { Free: true } i
            && i.Purchase == purchase)))
        {
            BigInteger part = BigInteger.Min(money, plan.Scheduled);
            if (part > 0)
            {
                TakeFromRows(plan, part, mode, PayKind.Refund, 2101);
                money -= part;
            }
        }

        return money;
    }
}
