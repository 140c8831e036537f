namespace Mingzhang.Oracle;

/// <summary>Early repayment, rows worked out again, and what a new contract must not break.</summary>
public sealed partial class Account
{
    /// <summary>The fee when everything not yet due is repaid.</summary>
    private static BigInteger SettlementFee(Loan loan) => loan.Early.Fee switch
    {
        _ when loan.Rows.Count == 0 => 0,
        'A' => loan.Rows.Aggregate(BigInteger.Zero, (s, r) => s + r.Charge),
        'C' => BigInteger.Max(HalfUp(loan.Scheduled * loan.Early.Ppm, 1_000_000), loan.Rows[0].Charge),
        _ => 0,
    };

    /// <summary>What settles everything; rows of a plan only when the plan is named.</summary>
    private BigInteger SettlesAll(string? named) => _items.Where(i => i.Free && !i.Scheduled)
        .Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid)
        + RevolvingRounded + OverdueRounded + _loans.Aggregate(BigInteger.Zero, (s, l) => s + HalfUp(l.PrincipalPenalty, 1_000_000)
            + HalfUp(l.ChargePenalty, 1_000_000) + (l.Kind == 'C' || l.Id == named ? Settlement(l) : 0));

    private BigInteger DueOf(Loan loan) => _items.Where(i => i.Loan == loan && i.Free && !i.Scheduled).Aggregate(BigInteger.Zero, (s, i) =>
        s + i.Unpaid) + HalfUp(loan.PrincipalPenalty, 1_000_000) + HalfUp(loan.ChargePenalty, 1_000_000);

    private static BigInteger Settlement(Loan loan) => loan.Scheduled + loan.CarriedLeft == 0 || !loan.Free ? 0
        : HalfUp(loan.Interest, 1_000_000) + SettlementFee(loan) + loan.Scheduled + loan.CarriedLeft;

    /// <summary>Money beyond what is due; returns what is left of it.</summary>
    private BigInteger RepayEarly(Loan loan, BigInteger money, char mode)
    {
        if (money == 0 || loan.Scheduled + loan.CarriedLeft == 0 || !loan.Free || (!loan.Early.Partial && money < Settlement(loan)))
        {
            return money;
        }

        bool all = money >= Settlement(loan);
        BigInteger fee = SettlementFee(loan);
        List<Item> before = [.. _items];
        loan.Interest = PostOne(loan, 'I', loan.Interest);
        foreach (Item interest in _items.Except(before).ToList())
        {
            money = PayItem(interest, money, PayKind.Repayment, 1001);
            interest.Due = interest.Unpaid > 0 ? loan.Rows[0].Due : _today;
        }

        money = PayCarried(loan, money);
        BigInteger left = loan.Scheduled;
        BigInteger principal = all ? left : money;
        if (!all)
        {
            principal = loan.Early.Fee == 'C' ? HalfUp(money * 1_000_000, 1_000_000 + loan.Early.Ppm) : money;
            fee = money - principal;
            principal = BigInteger.Min(principal, left);
        }

        if (fee > 0)
        {
            Item item = AddLoanItem(loan, 'F', fee);
            Book(1104, fee, 4003);
            _ = PayItem(item, fee, PayKind.Repayment, 1001);
        }

        TakeFromRows(loan, principal, mode, PayKind.Repayment, 1001);
        return money - fee - principal;
    }

    private BigInteger PayCarried(Loan loan, BigInteger money)
    {
        foreach (Item carried in Enumerable.Reverse(loan.Rows).SelectMany(r => Enumerable.Reverse(r.Carried)))
        {
            BigInteger left = PayItem(carried, money, PayKind.Repayment, 1001);
            _debits += money - left;
            money = left;
        }

        if (loan.Scheduled == 0)
        {
            EndEmptyRows(loan);
        }

        return money;
    }

    private static void EndEmptyRows(Loan loan)
    {
        while (loan.Rows.Count > 0 && loan.Rows[^1] is { Left: var left } row && left + Row.Sum(row.Carried) == 0)
        {
            loan.Rows.RemoveAt(loan.Rows.Count - 1);
        }
    }

    /// <summary>Takes principal from the last row backwards (shorten), or from every row (lower); charges shrink with it.</summary>
    private void TakeFromRows(Loan loan, BigInteger principal, char mode, PayKind kind, int debit)
    {
        BigInteger before = loan.Scheduled;
        Dictionary<Row, BigInteger> was = loan.Rows.ToDictionary(r => r, r => r.Left);
        BigInteger rest = principal;
        foreach (Row row in Enumerable.Reverse(loan.Rows).Where(r => r.Item is not null))
        {
            rest = PayItem(row.Item!, rest, kind, debit);
        }

        _debits += principal;
        RowsAfter(loan, before, was, mode);
    }

    /// <summary>What is left of the rows and their charges when principal went.</summary>
    private void RowsAfter(Loan loan, BigInteger before, Dictionary<Row, BigInteger> was, char mode)
    {
        if (loan.Scheduled == before)
        {
            return;
        }

        if (loan.Scheduled + loan.CarriedLeft == 0)
        {
            loan.Rows.Clear();
            return;
        }

        if (mode == 'L')
        {
            LowerRows(loan, before);
        }

        foreach (Row row in loan.Rows.Where(r => mode != 'L' && was[r] > 0))
        {
            row.Charge = HalfUp(row.Charge * row.Left, was[row]);
        }

        EndEmptyRows(loan);
    }

    private void LowerRows(Loan loan, BigInteger before)
    {
        BigInteger left = loan.Scheduled;
        List<BigInteger> parts = left == 0 ? [.. loan.Rows.Select(_ => BigInteger.Zero)]
            : Schedule.Principals(loan.Method, left, _today, [.. loan.Rows.Select(r => r.Due)], loan.Ppm);
        for (int k = 0; k < parts.Count; k++)
        {
            Row row = loan.Rows[k];
            row.Charge = HalfUp(row.Charge * left, before);
            Renew(loan, row, parts[k]);
        }
    }

    /// <summary>A row keeps its item and its age; only the amount is another.</summary>
    private void Renew(Loan loan, Row row, BigInteger amount)
    {
        if (row.Item is null && amount > 0)
        {
            row.Item = new Item
            {
                Id = ++_itemId, Component = 'P', Posted = _today, Loan = loan, Scheduled = true, Row = row.Number,
                Off = _items.Exists(i => i.Loan == loan && i is { Scheduled: true, Off: true }),
            };
            _items.Add(row.Item);
        }

        if (row.Item is { } item)
        {
            item.Renew(amount);
        }
    }

    /// <summary>Whether a repayment would repay only a part of a loan early where the product has no such thing.</summary>
    private bool RepaysAPart(Fact f)
    {
        Loan? named = _loans.Find(l => l.Id == f.Loan);
        BigInteger money = f.Amount;
        BigInteger Due(IEnumerable<Item> items) => items.Where(i => i.Free && !i.Scheduled)
            .Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid);
        BigInteger growing = _loans.Aggregate(BigInteger.Zero, (s, l) =>
            s + HalfUp(l.PrincipalPenalty, 1_000_000) + HalfUp(l.ChargePenalty, 1_000_000));
        if (named is not null)
        {
            money -= Due(_items.Where(i => i.Loan == named)) + HalfUp(named.PrincipalPenalty, 1_000_000)
                + HalfUp(named.ChargePenalty, 1_000_000);
            if (IsPart(named, ref money))
            {
                return true;
            }

            money -= Due(_items.Where(i => i.Loan != named)) + growing - HalfUp(named.PrincipalPenalty, 1_000_000)
                - HalfUp(named.ChargePenalty, 1_000_000);
        }
        else
        {
            money -= Due(_items) + growing;
        }

        foreach (Loan loan in OldestFirst().Where(l => l.Kind == 'C' && l != named && f.Yes))
        {
            if (IsPart(loan, ref money))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPart(Loan loan, ref BigInteger money)
    {
        BigInteger all = Settlement(loan);
        if (money > 0 && money < all && !loan.Early.Partial)
        {
            return true;
        }

        money -= BigInteger.Min(BigInteger.Max(0, money), all);
        return false;
    }

    private bool LoanIdUsed(string id) => _loans.Exists(l => l.Id == id) || ReliefIdUsed(id) || _requests.Exists(r => r.Fact.Id == id)
        || (_loanIds.TryGetValue(id, out DateOnly on) && _today <= on.AddDays(terms.RefundWindowDays));

    private bool Away(char permission) => _blocks.Exists(b => b.Away.Contains(permission, StringComparison.Ordinal));

    private void OfLoans(Fact f, Action<bool, int> no)
    {
        if (f.Kind is Kind.Disburse or Kind.FailDisburse)
        {
            Request? request = _requests.Find(r => r.Fact.Id == f.Id);
            no(request is null, 244);
            no(f.Kind == Kind.Disburse && request is not null && DearLoan(request.Fact), 249);
            return;
        }

        if (f.Kind == Kind.StartPlan)
        {
            OfPlan(f, no);
            return;
        }

        no(Away('B'), 200);
        no(f.Amount > Available(null), 204);
        no(terms.Loans is null, 240);
        if (terms.Loans is not { } rules)
        {
            return;
        }

        OfferRule? offer = rules.Offers.GetValueOrDefault(f.Scene);
        bool known = offer is not null && offer.Counts.Contains(f.Number);
        no(!known, 241);
        no(f.Amount < rules.Smallest || f.Amount > rules.Largest || f.Amount % rules.Multiple != 0, 242);
        no(LoanIdUsed(f.Id), 243);
        int inMonth = _paidOut.Count(d => d.Year == _today.Year && d.Month == _today.Month) + _requests.Count;
        no(_loans.Count + _requests.Count >= rules.MostOpen || (rules.MostPerMonth > 0 && inMonth >= rules.MostPerMonth), 245);
        OfEvidence(f.Evidence, rules.ReadingSeconds, known && f.Amount > 0 && DearLoan(f), no);
    }

    private bool DearLoan(Fact asked)
    {
        OfferRule offer = terms.Loans!.Offers[asked.Scene];
        List<DateOnly> dues = DuesOf(offer, asked.Number, out _);
        List<BigInteger> parts = Schedule.Principals(offer.Method, asked.Amount, _today, dues, offer.Ppm);
        List<BigInteger> charges = Schedule.Parts(HalfUp(asked.Amount * offer.FeePpm, 1_000_000), asked.Number);
        BigInteger left = asked.Amount;
        List<(DateOnly, BigInteger)> payments = [];
        for (int k = 0; k < parts.Count; k++)
        {
            int days = dues[k].DayNumber - (k == 0 ? _today : dues[k - 1]).DayNumber;
            payments.Add((dues[k], parts[k] + charges[k] + HalfUp(left * offer.Ppm * days, 1_000_000)));
            left -= parts[k];
        }

        return Schedule.YearlyPpm(asked.Amount, _today, payments) > terms.Loans.CapPpm;
    }

    private static void OfEvidence(Evidence evidence, int seconds, bool dear, Action<bool, int> no)
    {
        no(dear, 249);
        if (dear)
        {
            return;
        }

        no(evidence.State == '-', 246);
        no(evidence.State == 'W', 247);
        no(evidence.State != '-' && evidence.Seconds < seconds, 248);
    }
}
