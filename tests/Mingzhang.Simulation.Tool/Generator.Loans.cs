namespace Mingzhang.Simulation;

/// <summary>What a person does with loans and plans.</summary>
public sealed partial class Generator
{
    private readonly List<string> _asked = [];

    private void CashDay(LoanTerms terms)
    {
        AccountState s = _core.State;
        if (Chance(s.Loans.Count == 0 ? 8 : 2))
        {
            Ask(terms);
        }

        foreach (LoanRequest request in _core.State.LoanRequests.ToList())
        {
            if (Chance(45))
            {
                Do(new ConfirmDisbursement(request.Fact.LoanId, "b") { EffectiveOn = _day });
            }
            else if (Chance(8))
            {
                Do(new FailDisbursement(request.Fact.LoanId, "bank") { EffectiveOn = _day });
            }
        }

        if (_asked.Count > 0 && Rare(3))
        {
            Do(new ConfirmDisbursement(Any(_asked), "b") { EffectiveOn = _day });
        }

        LoanRepayments();
        LoanHouse();
    }

    private void Ask(LoanTerms terms)
    {
        LoanOffer offer = Any(terms.Offers.ToList());
        string id = Rare(40) && _asked.Count > 0 ? Any(_asked) : Id("l");
        long range = (terms.Largest.MinorUnits - terms.Smallest.MinorUnits) / terms.MultipleMinor;
        long steps = Chance(70) ? range / 20 : range;
        long amount = terms.Smallest.MinorUnits + (terms.MultipleMinor * _random.NextInt64(steps + 1));
        amount += Rare(20) ? 1 : Rare(20) ? terms.Largest.MinorUnits : 0;
        CostConfirmation? seen = _random.Next(40) switch
        {
            0 => null, 1 => new CostConfirmation("other", 60), 2 => new CostConfirmation(CostTables.Shown, 1), _ => CostTables.Read,
        };
        _asked.Add(id);
        Do(new RequestLoan(id, Sample.Fen(amount), Rare(15) ? "gift" : offer.Code, Rare(15) ? 7 : Any(offer.Counts.ToList()), "p", seen)
        {
            EffectiveOn = _day,
        });
    }

    private void LoanRepayments()
    {
        AccountState s = _core.State;
        bool falls = s.Items.Any(i => i.DueOn == _day && !i.Scheduled);
        Money due = s.Loans.Sum(Sample.Cny, l => s.DueNow(l, _day));
        if (falls && due.IsPositive && Chance(_habits.PaysAll))
        {
            Early(due, null);
        }
        else if (due.IsPositive && Rare(3 * _habits.Repays))
        {
            Early(Chance(50) ? due : PartOf(due), Chance(30) ? Any(s.Loans.ToList()).Id : null);
        }

        s = _core.State;
        if (s.Loans.Count > 0 && Rare(_habits.Repays))
        {
            Loan loan = Any(s.Loans.ToList());
            Settlement all = s.SettlementOf(loan, _day);
            Early(Chance(40) ? all.Total : PartOf(all.Total), Chance(60) ? loan.Id : null);
        }

        if (s.Loans.Count > 0 && Rare(_habits.Repays / 4))
        {
            Early(Chance(30) ? s.TotalDebt(_line.Core, _day) + Sample.Fen(_random.Next(3)) : PartOf(s.TotalDebt(_line.Core, _day)), null);
        }

        if (s.CreditBalance.IsPositive && Chance(6))
        {
            Do(new ReturnCreditBalance(Id("c"), PartOf(s.CreditBalance)) { EffectiveOn = _day });
        }

        if (Rare(2))
        {
            Early(Sample.Fen(1 + _random.Next(50_000)), Chance(50) ? "l1" : "none");
        }
    }

    private void Early(Money amount, string? loan)
    {
        if (amount.IsPositive)
        {
            Do(Repay(Id("r"), amount, loan is null ? null : new DebtName(null, null, null, loan), Chance(60) ? Actor.Borrower
                : Actor.Channel) with { Early = Mode(EarlyMode.Lower) });
        }
    }

    private EarlyMode Mode(EarlyMode most) => _line == LendingLines.PayLater ? EarlyMode.Shorten
        : (EarlyMode)_random.Next((int)most + 1);

    private void LoanHouse()
    {
        if (Rare(3))
        {
            Do(new SetLimit(Sample.Fen(50_000 + _random.Next(5_000_000)), Chance(30) ? Actor.Borrower : Actor.Staff,
                "r") { EffectiveOn = _day });
        }

        Permissions();
        if (Rare(_habits.WriteOffs) && (_core.State.DaysPastDue(_day) > 40 || Rare(20)))
        {
            Do(new WriteOffDebt("lost") { EffectiveOn = _day });
        }

        Closings(_core.State);
    }

    private void PlanDay(InstalmentTerms terms)
    {
        AccountState s = _core.State;
        if (s.LatestBill() is { } bill && Rare(bill.DueOn >= _day ? 60 : 5))
        {
            StartPlan(terms, bill.IssuedOn, null, PlanQuotes.Convertible(s, bill.IssuedOn, null));
        }

        if (Rare(8) && s.Items.Find(i => i.BilledOn is null && i.IsPrincipal && i.PurchaseId is not null) is { } item)
        {
            StartPlan(terms, null, item.PurchaseId, PlanQuotes.Convertible(s, null, item.PurchaseId));
        }

        s = _core.State;
        if (s.Loans.Count > 0 && Rare(2 * _habits.Repays))
        {
            Loan plan = Any(s.Loans.ToList());
            Settlement all = s.SettlementOf(plan, _day);
            Early(Chance(50) ? all.Total : PartOf(all.Total), plan.Id);
        }
    }

    private void StartPlan(InstalmentTerms terms, DateOnly? bill, string? purchase, Money most)
    {
        int count = Rare(20) ? 5 : Any((bill is null ? terms.Checkout : terms.Bill).ToList()).Count;
        CostConfirmation? seen = Rare(30) ? null : Rare(30) ? new CostConfirmation("other", 9) : CostTables.Read;
        Do(new StartPlan(Id("n"), bill, purchase, Chance(50) ? null : PartOf(most), count, seen) { EffectiveOn = _day });
    }

    private CheckoutPlan? AtCheckout() => _line.Core.Instalments is not { } terms || Chance(65) ? null
        : new CheckoutPlan(Id("n"), Rare(20) ? 5 : Any(terms.Checkout.ToList()).Count, Chance(70) ? CostBearer.Buyer : CostBearer.Merchant,
            Rare(15) ? null : Rare(15) ? new CostConfirmation("other", 9) : CostTables.Read);
}
