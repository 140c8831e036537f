namespace Mingzhang.Oracle;

/// <summary>Relief: asking, offering, accepting, ending; waivers.</summary>
public sealed partial class Account
{
    private readonly List<Agreement> _agreements = [];
    private readonly List<(char Kind, DateOnly On)> _begun = [];
    private readonly Dictionary<string, DateOnly> _reliefIds = [];

    private bool ReliefIdUsed(string id) => _agreements.Exists(a => a.Id == id)
        || (_reliefIds.TryGetValue(id, out DateOnly on) && _today <= on.AddDays(terms.RefundWindowDays));

    private void OfRelief(Fact f, Action<bool, int> no)
    {
        if (f.Kind == Kind.EndRelief)
        {
            no(!_agreements.Exists(a => a.Id == f.Id), 262);
            return;
        }

        if (f.Kind == Kind.Waive)
        {
            OfWaiver(f, no);
            return;
        }

        bool refused = false;
        void First(bool applies, int code)
        {
            no(applies && !refused, code);
            refused |= applies;
        }

        OfAgreement(f, First);
        if (f.Kind == Kind.AcceptRelief && !refused)
        {
            OfEvidence(f.Evidence, terms.Relief!.ReadingSeconds, IsDear(f), First);
        }
    }

    /// <summary>In this order: what is first wrong is said.</summary>
    private void OfAgreement(Fact f, Action<bool, int> first)
    {
        Wish wish = f.Wish!;
        Agreement? known = _agreements.Find(a => a.Id == f.Id);
        ReliefRule? rule = terms.Relief?.Kinds.GetValueOrDefault(wish.Kind);
        Loan? loan = _loans.Find(l => l.Id == wish.Loan && l.Kind == 'C');
        bool asks = f.Kind == Kind.AskRelief;
        bool accepts = f.Kind == Kind.AcceptRelief;
        bool offered = known is { Stage: 'O' };
        first(asks && rule is null, 260);
        first(known is null ? LoanIdUsed(f.Id) : asks || known.Stage == 'R', 261);
        first(accepts && offered && known!.Wish != wish, 265);
        first(accepts && !offered && rule is { Self: false }, 267);
        first(rule is null || (!asks && wish.Loan is null && wish.Kind == 'M'), 260);
        first(wish.Loan is not null && loan is null, 244);
        if (asks)
        {
            first(_items.TrueForAll(i => i.Unpaid == 0), 266);
        }
        else if (rule is not null && (wish.Loan is null || loan is not null))
        {
            first(_agreements.Exists(a => a.Stage == 'R' && a.Wish.Loan == wish.Loan), 263);
            first(rule.MostPerYear > 0 && _begun.Count(b => b.Kind == wish.Kind && b.On.AddDays(365) > _today) >= rule.MostPerYear, 264);
            first(OutOfBounds(wish, rule, loan), 265);
            first(!Fits(wish, loan), 266);
        }
    }

    private bool OutOfBounds(Wish wish, ReliefRule rule, Loan? loan)
    {
        bool lays = wish.Kind == 'N' || (wish.Kind == 'G' && loan is not null);
        bool months = wish.Kind == 'D' ? wish.Months < 1 || wish.Months > (loan is null ? 1 : rule.MostMonths) : wish.Months != 0;
        bool count = lays ? wish.Count < 1 || wish.Count > rule.MostRows : wish.Count != 0;
        bool first = wish.First is { } day && (!lays || loan is null || day <= _today || day > _today.AddDays(62));
        bool price = wish.Ppm is { } ppm && (wish.Kind != 'N' || ppm < rule.LowestPpm || ppm > (loan?.Ppm ?? 0));
        return months || count || first || price || (wish.InterestOnly && (wish.Kind != 'D' || loan is null));
    }

    private bool Fits(Wish wish, Loan? loan) => wish.Loan is null ? FitsBills(wish) : loan is null || FitsLoan(wish, loan);

    private void Offer(Fact f)
    {
        _ = _agreements.RemoveAll(a => a.Id == f.Id);
        _agreements.Add(new Agreement(f.Id, 'O', f.Wish!, _today.AddDays(terms.Relief!.AnswerDays)));
    }

    private void Accept(Fact f)
    {
        _ = _agreements.RemoveAll(a => a.Id == f.Id);
        _begun.Add((f.Wish!.Kind, _today));
        int before = DaysPastDue();
        Agreement begun = new(f.Id, 'R', f.Wish, null);
        _agreements.Add(f.Wish.Loan is null ? BeginOnBills(begun) : BeginOnLoan(begun, _loans.Single(l => l.Id == f.Wish.Loan)));
        if (terms.Relief!.Kinds[f.Wish.Kind].StopsUse)
        {
            _blocks.Add(new Block("relief " + f.Id, "ReliefRuns", "SBV", null, false));
        }

        Cure(before);
    }

    private void EndRelief(string id)
    {
        Agreement agreement = _agreements.Single(a => a.Id == id);
        if (agreement.Stage == 'R')
        {
            WayBack(agreement);
        }

        Finish(agreement);
    }

    private void Finish(Agreement agreement)
    {
        _ = _agreements.Remove(agreement);
        _ = _blocks.RemoveAll(b => b.Id == "relief " + agreement.Id);
        _reliefIds[agreement.Id] = _today;
    }

    private void PassAgreements()
    {
        foreach (Agreement one in _agreements.ToList())
        {
            if (one.Stage != 'R' ? one.LapsesOn <= _today : one.EndsOn <= _today)
            {
                Finish(one);
            }
            else if (one.Stage == 'R' && terms.Relief!.BreakAfterDays > 0 && DaysLate(one) > terms.Relief.BreakAfterDays)
            {
                WayBack(one);
                Finish(one);
            }
        }
    }

    private void EndWhatIsPaid()
    {
        bool nothing = _items.TrueForAll(i => i.Unpaid == 0);
        foreach (Agreement paid in _agreements.Where(a => nothing || (a.Debt is { } debt && !_loans.Contains(debt))
            || (a.Stage == 'R' && _items.Exists(i => i.Off && i.Unpaid > 0 && IsOf(a, i)))).ToList())
        {
            Finish(paid);
        }
    }

    private static bool IsOf(Agreement one, Item item) => one.Debt is null ? one.Moved.Contains(item) : item.Loan == one.Debt;

    private BigInteger Waivable(string? id, char component)
    {
        Loan? loan = _loans.Find(l => l.Id == id);
        BigInteger posted = _items.Where(i => i.Loan == loan && i.Component == component && i.Free)
            .Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid);
        return posted + (component, loan) switch
        {
            ('I', null) => RevolvingRounded,
            ('C', null) => OverdueRounded,
            ('C', { } l) => HalfUp(l.PrincipalPenalty, 1_000_000) + HalfUp(l.ChargePenalty, 1_000_000),
            _ => 0,
        };
    }

    private void OfWaiver(Fact f, Action<bool, int> no)
    {
        bool unknown = f.Loan is not null && !_loans.Exists(l => l.Id == f.Loan);
        no(f.Parts.Any(p => p.Amount <= 0), 20);
        no(unknown, 244);
        no(LoanIdUsed(f.Id), 261);
        no(!unknown && f.Parts.Any(p => p.Amount > Waivable(f.Loan, p.Component)), 268);
        no(terms.Relief is not { WaivesPrincipal: true } && f.Parts.Any(p => p.Component == 'P'), 269);
    }

    private void Waive(Fact f)
    {
        int before = DaysPastDue();
        _reliefIds[f.Id] = _today;
        Loan? loan = _loans.Find(l => l.Id == f.Loan);
        if (loan is null)
        {
            PostAccruals();
        }
        else
        {
            PostPenalties(loan);
        }

        BigInteger scheduled = loan?.Scheduled ?? 0;
        BigInteger carried = loan?.CarriedLeft ?? 0;
        Dictionary<Row, BigInteger> was = loan?.Rows.ToDictionary(r => r, r => r.Left) ?? [];
        foreach ((char component, BigInteger amount) in f.Parts)
        {
            BigInteger rest = amount;
            foreach (Item item in _items.Where(i => i.Loan == loan && i.Component == component && i.Free)
                .OrderBy(i => i.Scheduled).ThenBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Id).ToList())
            {
                BigInteger left = PayItem(item, rest, PayKind.Waived, 5003);
                _credits += item.Scheduled ? 0 : rest - left;
                rest = left;
            }
        }

        if (loan is not null)
        {
            RowsAfter(loan, scheduled, was, 'L');
            if (loan.Scheduled == 0 && loan.CarriedLeft != carried)
            {
                EndEmptyRows(loan);
            }

            if (scheduled > 0 && loan.Scheduled == 0 && HalfUp(loan.Interest, 1_000_000) > 0)
            {
                loan.Interest = PostOne(loan, 'I', loan.Interest);
                _items[^1].Due = loan.Rows.Count > 0 ? loan.Rows[0].Due : _today;
            }
        }

        DropSettledLoans();
        Cure(before);
    }

    private void PostPenalties(Loan loan)
    {
        loan.PrincipalPenalty = PostOne(loan, 'C', loan.PrincipalPenalty);
        loan.ChargePenalty = PostOne(loan, 'C', loan.ChargePenalty);
    }
}
