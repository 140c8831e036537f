namespace Mingzhang.Oracle;

/// <summary>What an accepted fact does, apart from money and purchases.</summary>
public sealed partial class Account
{
    private void Apply(Fact f)
    {
        switch (f.Kind)
        {
            case Kind.Open: Open(f); break;
            case Kind.Authorise: Authorise(f); break;
            case Kind.Offline: Offline(f); break;
            case Kind.Capture: Capture(f); break;
            case Kind.ConfirmReceipt: Confirm(Purchase(f.Id)!); break;
            case Kind.Release: ChangeHold(Purchase(f.Id)!, -Purchase(f.Id)!.Held); break;
            case Kind.AnnounceRefund: _ = _pendingRefunds.Add(f.Id); break;
            case Kind.Refund: Refund(f); break;
            case Kind.Repay: Repay(f); break;
            case Kind.SubmitPayment: _ = _pendingPayments.Add(f.Id); break;
            case Kind.FailPayment: _ = _pendingPayments.Remove(f.Id); break;
            case Kind.Payout: Payout(f); break;
            case Kind.SetLimit: SetLimit(f.Amount); break;
            case Kind.TemporaryLimit: _temporary.Add(new TempLimit(f.Id, f.Amount, f.From!.Value, f.Until!.Value)); break;
            case Kind.SceneLimit: _scenePools[f.Scene] = f.Amount; break;
            case Kind.Restrict: _blocks.Add(new Block(f.Id, f.Scene, f.Away, f.Until, f.Yes)); break;
            case Kind.Lift: _ = _blocks.RemoveAll(b => b.Id == f.Id); break;
            case Kind.OpenDispute: OpenDispute(f); break;
            case Kind.ResolveDispute: ResolveDispute(f); break;
            case Kind.WriteOff: WriteOff(); break;
            case Kind.ChangeDueDay: (_bookedDueDay, _dueDayChangedOn) = (f.Number, _today); break;
            case Kind.RequestClosing: (_life, _confirmed, _forced, _confirmBy) = ("closing", false, false,
                _today.AddDays(terms.ConfirmWithinDays)); break;
            case Kind.ConfirmClosing: TakeLimit(); break;
            case Kind.CancelClosing: CancelClosing(); break;
            case Kind.ForceClosing: TakeLimit(); (_life, _forced) = ("closing", true); break;
            case Kind.Reopen: Reopen(f); break;
            case Kind.LinkService: _ = f.Yes ? _services.Add(f.Id) : _services.Remove(f.Id); break;
            case Kind.AutoRepay: break;
            case Kind.RequestLoan: RequestLoan(f); break;
            case Kind.Disburse: PayOut(f); break;
            case Kind.FailDisburse: EndRequest(f.Id); break;
            case Kind.StartPlan: StartPlan(f); break;
            case Kind.Waive: Waive(f); break;
            case Kind.AskRelief: _agreements.Add(new Agreement(f.Id, 'A', f.Wish!, _today.AddDays(terms.Relief!.AnswerDays))); break;
            case Kind.OfferRelief: Offer(f); break;
            case Kind.AcceptRelief: Accept(f); break;
            case Kind.EndRelief: EndRelief(f.Id); break;
            default: throw new InvalidOperationException(f.Kind.ToString());
        }
    }

    private void Open(Fact f)
    {
        _life = "active";
        _openedOn = _today;
        _dueDay = f.Number == 0 ? terms.DefaultDueDay : f.Number;
        _statementDay = HasStatements ? terms.StatementDayOfDueDay[_dueDay] : 0;
        _nextStatement = FirstStatement();
        SetLimit(f.Amount);
    }

    private void SetLimit(BigInteger limit)
    {
        Book(9001, limit - _limit, 9002);
        _limit = limit;
    }

    private void Payout(Fact f)
    {
        _credit -= f.Amount;
        _debits += f.Amount;
        Book(2001, f.Amount, 1001);
    }

    private void OpenDispute(Fact f)
    {
        List<Item> items = Named(f);
        _ = _disputeIds.Add(f.Id);
        _disputes[f.Id] = items;
        foreach (Item item in items)
        {
            item.Dispute = f.Id;
        }

        Cure(0);
    }

    /// <summary>The dispute the rows to come are in, or null.</summary>
    private static string? DisputeOf(Loan loan) =>
        loan.Rows.SelectMany(r => r.Carried.Append(r.Item).OfType<Item>()).FirstOrDefault(i => !i.Free)?.Dispute;

    /// <summary>What falls due of rows in dispute joins it.</summary>
    private void Join(Item charge, string? dispute)
    {
        if (dispute is not null)
        {
            charge.Dispute = dispute;
            _disputes[dispute].Add(charge);
        }
    }

    private void ResolveDispute(Fact f)
    {
        List<Item> items = _disputes[f.Id];
        _ = _disputes.Remove(f.Id);
        foreach (Item item in items)
        {
            item.Dispute = null;
        }

        if (!f.Yes)
        {
            UseCredit();
            foreach (Bill bill in _bills.Where(b => b.DuePassed && !b.Overdue && !b.Moved && PaidSince(b) < MinimumOf(b)))
            {
                BecomeOverdue(bill);
            }

            PassOverdueStages();
            return;
        }

        Dictionary<Loan, (BigInteger Before, Dictionary<Row, BigInteger> Was)> loans = items.Where(i => i.Scheduled)
            .Select(i => i.Loan!).Distinct().ToDictionary(l => l, l => (l.Scheduled, l.Rows.ToDictionary(r => r, r => r.Left)));
        BigInteger back = 0;
        foreach (Item item in items)
        {
            _debits += item.Scheduled ? item.Unpaid : 0;
            BigInteger unpaid = item.Unpaid;
            BigInteger paid = item.Pays.Where(p => p.Kind is PayKind.Repayment or PayKind.Credit
                or PayKind.Moved).Aggregate(BigInteger.Zero, (s, p) => s + p.Amount);
            _ = PayItem(item, unpaid, PayKind.Cancelled, 5002);
            back += paid;
            _credits += unpaid + paid;
        }

        foreach ((Loan loan, (BigInteger before, Dictionary<Row, BigInteger> was)) in loans)
        {
            RowsAfter(loan, before, was, 'S');
        }

        back = Spread(back, PayKind.Moved, 5002);
        _credit += back;
        Book(5002, back, 2001);
        Cure(0);
    }

    private void WriteOff()
    {
        _wroteOff = true;
        PostAccruals();
        PostGrowth(all: true);
        foreach (Item item in _items.Where(i => i.Unpaid > 0 && !i.Off))
        {
            Book(5001, item.Unpaid, Receivable(item));
            Book(9201, item.Unpaid, 9202);
            item.Off = true;
        }

        _blocks.Add(new Block("terminated", "OverdueTerminated", "SBV", null, false));
    }

    private void TakeLimit()
    {
        if (!_confirmed)
        {
            _limitBefore = _limit;
            SetLimit(0);
        }

        _confirmed = true;
        _scenePools.Clear();
        _temporary.Clear();
        _services.Clear();
    }

    private void CancelClosing()
    {
        _life = "active";
        if (_confirmed)
        {
            SetLimit(_limitBefore);
        }

        _confirmed = false;
    }

    /// <summary>A confirmed closing completes as soon as nothing is owed, held, disputed, pending or to be paid back.</summary>
    private void CloseIfSettled()
    {
        if (_life != "closing" || !_confirmed || _credit > 0 || _buys.Exists(b => b.Held > 0) || _items.Exists(i => i.Unpaid > 0)
            || _requests.Count > 0 || _blocks.Exists(b => b.Reason == "LegalHold")
            || _disputes.Count + _pendingPayments.Count + _pendingRefunds.Count > 0)
        {
            return;
        }

        PostAccruals();
        if (_items.TrueForAll(i => i.Unpaid == 0))
        {
            if (HasStatements && (_debits != 0 || _credits != 0) && _lastStatement != _today)
            {
                TakeUp();
            }

            _life = "closed";
            (_revolving, _overdue) = (0, 0);
            _scenePools.Clear();
            _temporary.Clear();
            _closedOn ??= _today;
        }
    }

    /// <summary>Section 7: money for a closed account wakes it; it runs off again.</summary>
    private void Wake(Kind kind)
    {
        if (_life == "closed" && kind != Kind.Reopen)
        {
            (_life, _confirmed) = ("closing", true);
            _bills.Clear();
            _nextStatement = FirstStatement();
        }
    }

    private void Reopen(Fact f)
    {
        _closedOn = null;
        _wroteOff = false;
        _life = "active";
        _confirmed = false;
        _forced = false;
        _bills.Clear();
        _nextStatement = FirstStatement();
        _blocks.RemoveAll(b => b.Reason is not ("Risk" or "RiskVideoInterview" or "LegalHold"));
        SetLimit(f.Amount);
    }

    /// <summary>The figures as they stand.</summary>
    public DayFigures Figures()
    {
        BigInteger owed = _items.Where(i => !i.Scheduled).Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid);
        Bill? latest = _bills.Count == 0 ? null : _bills[^1];
        return new DayFigures
        {
            Day = _today,
            Lifecycle = _life,
            Owed = owed + RevolvingRounded + OverdueRounded - _credit,
            RevolvingNumerator = _revolving,
            OverdueNumerator = _overdue,
            Available = Available(null),
            ScenePools = terms.Scenes.Keys.ToDictionary(s => s, Available),
            DaysPastDue = DaysPastDue(),
            SpendAway = _blocks.Exists(b => b.Spend),
            Credit = _credit,
            Latest = latest?.Figures,
            Missing = latest is null or { Moved: true } ? 0 : BigInteger.Max(0, MinimumOf(latest) - PaidSince(latest)),
            Ledger = new Dictionary<int, BigInteger>(_ledger),
            Total = Everything,
            Loans = LoanDays(),
        };
    }
}
