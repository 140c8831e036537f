namespace Mingzhang.Oracle;

/// <summary>Loans: requests, paying out, due rows, growth, being overdue.</summary>
public sealed partial class Account
{
    private bool HasStatements => terms.StatementDayOfDueDay.Count > 0;

    private DateOnly FirstStatement() => HasStatements ? FirstAfter(_today, _statementDay) : DateOnly.MaxValue;

    private static int Receivable(Item item) => item.Component switch { 'P' => 1101, 'I' => 1102, 'C' => 1103, _ => 1104 };

    private IEnumerable<Loan> OldestFirst() => _loans.OrderBy(l => l.Start).ToList();

    private bool IsOpenLoan(Loan loan) => loan.Rows.Count > 0 || _items.Exists(i => i.Loan == loan && i.Unpaid > 0);

    /// <summary>A loan of which nothing is left is settled; its id stays known for the refund window.</summary>
    private void DropSettledLoans()
    {
        foreach (Loan loan in _loans.Where(l => !IsOpenLoan(l)).ToList())
        {
            _loanIds[loan.Id] = _today;
            _ = _loans.Remove(loan);
        }
    }

    private void RequestLoan(Fact f)
    {
        _requests.Add(new Request(f, _today.AddDays(terms.Loans!.PayOutWithinDays)));
        Book(9101, f.Amount, 9102);
    }

    private void EndRequest(string id)
    {
        Request request = _requests.Single(r => r.Fact.Id == id);
        _ = _requests.Remove(request);
        Book(9101, -request.Fact.Amount, 9102);
    }

    private void PassRequests()
    {
        foreach (Request request in _requests.Where(r => r.EndsOn <= _today).ToList())
        {
            EndRequest(request.Fact.Id);
        }
    }

    private List<DateOnly> DuesOf(OfferRule offer, int count, out int dayOfMonth)
    {
        Loan? oldest = OldestFirst().FirstOrDefault(l => l.Kind == 'C');
        bool shared = terms.Loans!.Shared && oldest is not null && offer.Months == 1;
        dayOfMonth = shared ? oldest!.DayOfMonth : _today.Day;
        return shared ? Schedule.Shared(_today, dayOfMonth, count) : Schedule.Dues(_today, offer, count);
    }

    private void PayOut(Fact f)
    {
        Fact asked = _requests.Single(r => r.Fact.Id == f.Id).Fact;
        EndRequest(f.Id);
        OfferRule offer = terms.Loans!.Offers[asked.Scene];
        List<DateOnly> dues = DuesOf(offer, asked.Number, out int day);
        Loan loan = new()
        {
            Id = asked.Id, Kind = 'C', Method = offer.Method, Start = _today, DayOfMonth = day, Ppm = offer.Ppm,
            PenaltyPpm = offer.Ppm * terms.Loans.PenaltyPercent / 100, PenaltyOnCharges = terms.Loans.PenaltyOnCharges,
            Early = terms.Loans.Early,
        };
        List<BigInteger> parts = Schedule.Principals(offer.Method, asked.Amount, _today, dues, offer.Ppm);
        List<BigInteger> charges = Schedule.Parts(HalfUp(asked.Amount * offer.FeePpm, 1_000_000), asked.Number);
        AddRows(loan, parts, charges, dues, null, null);
        _loans.Add(loan);
        _paidOut.Add(_today);
        Book(1101, asked.Amount, 1001);
    }

    private void AddRows(
        Loan loan, List<BigInteger> parts, List<BigInteger> charges, List<DateOnly>? dues, string? purchase, string? pool)
    {
        for (int k = 0; k < parts.Count; k++)
        {
            Item? item = null;
            if (parts[k] > 0)
            {
                item = new()
                {
                    Id = ++_itemId, Purchase = purchase, Component = 'P', Pool = pool, Posted = _today, Amount = parts[k],
                    Loan = loan, Scheduled = true, Row = k + 1,
                };
                _items.Add(item);
            }

            loan.Rows.Add(new Row { Number = k + 1, Due = dues is null ? default : dues[k], Item = item, Charge = charges[k] });
        }
    }

    /// <summary>One day's growth on what was not due, and on what was overdue, at that day's end.</summary>
    private void GrowLoans(DateOnly day)
    {
        foreach (Loan loan in _loans.Where(l => l.Kind == 'C' && day != default))
        {
            foreach (Item item in _items.Where(i => i.Loan == loan && !i.Off && i.Free))
            {
                loan.Interest += item is { Scheduled: true, Component: 'P' } ? item.Unpaid * loan.Ppm : 0;
                GrowPenalty(loan, item);
            }
        }
    }

    private static void GrowPenalty(Loan loan, Item item)
    {
        loan.PrincipalPenalty += item.Late && item.Component == 'P' ? item.Unpaid * loan.PenaltyPpm : 0;
        loan.ChargePenalty += item.Late && item.Component is 'I' or 'F' && loan.PenaltyOnCharges ? item.Unpaid * loan.PenaltyPpm : 0;
    }

    /// <summary>What was due before today is overdue, and bears the penalty for its due day, too; then today's rows fall due.</summary>
    private void PassLoanDays()
    {
        foreach (Item item in _items.Where(i => i.Loan is { Kind: 'C' } && !i.Scheduled && !i.Late && i.Free && !i.Off && i.Unpaid > 0
            && i.Due < _today).ToList())
        {
            item.Late = true;
            GrowPenalty(item.Loan!, item);
        }

        foreach (Loan loan in OldestFirst().Where(l => l.Kind == 'C'))
        {
            foreach (Row row in loan.Rows.Where(r => r.Due == _today).ToList())
            {
                FallDue(loan, row);
            }
        }

        DropSettledLoans();
    }

    private void FallDue(Loan loan, Row row)
    {
        string? dispute = DisputeOf(loan);
        _ = loan.Rows.Remove(row);

        foreach (Item item in row.Carried.Append(row.Item).OfType<Item>())
        {
            item.Scheduled = false;
            item.Due = _today;
        }

        foreach (Item waiting in _items.Where(i => i.Loan == loan && i.Component == 'I' && i.Due is null && i.Unpaid > 0))
        {
            waiting.Due = _today;
        }

        BigInteger interest = HalfUp(loan.Interest, 1_000_000);
        if (interest + row.Charge > 0)
        {
            Item charge = AddLoanItem(loan, 'I', interest + row.Charge);
            charge.Row = row.Number;
            Join(charge, dispute);
            Book(1102, interest + row.Charge, 4001);
        }

        loan.Interest = interest > 0 ? 0 : loan.Interest;
        UseCredit();
    }

    private Item AddLoanItem(Loan loan, char component, BigInteger amount)
    {
        Item item = AddItem(null, component, null, amount);
        item.Loan = loan;
        item.Due = _today;
        return item;
    }

    /// <summary>Penalties of every loan, each rounded once; at a write-off interest, too.</summary>
    private void PostGrowth(bool all)
    {
        foreach (Loan loan in _loans.Where(l => l.Kind == 'C'))
        {
            if (all)
            {
                loan.Interest = PostOne(loan, 'I', loan.Interest);
            }

            loan.PrincipalPenalty = PostOne(loan, 'C', loan.PrincipalPenalty);
            loan.ChargePenalty = PostOne(loan, 'C', loan.ChargePenalty);
        }
    }

    private BigInteger PostOne(Loan loan, char component, BigInteger numerator)
    {
        BigInteger amount = HalfUp(numerator, 1_000_000);
        if (amount == 0)
        {
            return numerator;
        }

        Item item = AddLoanItem(loan, component, amount);
        item.Late = component == 'C';
        item.Due = component == 'I' && loan.Rows.Count > 0 ? loan.Rows[0].Due : _today;
        Book(component == 'C' ? 1103 : 1102, amount, component == 'C' ? 4002 : 4001);
        return 0;
    }

    private int LoanDaysPastDue() => !IsOpen ? 0 : _items.Where(i => i.Loan is { Kind: 'C' } && i.Late && i.Free && i.Unpaid > 0
        && i.Component != 'C').Select(i => _today.DayNumber - i.Due!.Value.DayNumber).DefaultIfEmpty(0).Max();

    private List<LoanDay> LoanDays() =>
    [
        .. OldestFirst().Select(l => new LoanDay
        {
            Id = l.Id,
            Left = _items.Where(i => i.Loan == l && i.Component == 'P').Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid),
            Due = DueOf(l),
            Interest = l.Interest,
            PrincipalPenalty = l.PrincipalPenalty,
            ChargePenalty = l.ChargePenalty,
            Rows = [.. l.Rows.Select(r => (r.Number, l.Kind == 'C' ? r.Due : (DateOnly?)null, r.Left, r.Charge))],
        }),
    ];

    private BigInteger Everything => _items.Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid) + RevolvingRounded + OverdueRounded
        + _loans.Aggregate(BigInteger.Zero, (s, l) => s + HalfUp(l.Interest, 1_000_000) + HalfUp(l.PrincipalPenalty, 1_000_000)
            + HalfUp(l.ChargePenalty, 1_000_000));
}
