namespace Mingzhang.Oracle;

/// <summary>A naive account: every figure is recomputed by walking every day since opening. Slow on purpose.</summary>
public sealed partial class Account(Terms terms)
{
    private readonly List<Item> _items = [];
    private readonly List<Bill> _bills = [];
    private readonly List<Buy> _buys = [];
    private readonly List<TempLimit> _temporary = [];
    private readonly Dictionary<string, BigInteger> _scenePools = [];
    private readonly List<Block> _blocks = [];
    private readonly Dictionary<string, DateOnly> _moneyIds = [];
    private readonly HashSet<string> _pendingPayments = [];
    private readonly HashSet<string> _pendingRefunds = [];
    private readonly Dictionary<string, List<Item>> _disputes = [];
    private readonly HashSet<string> _disputeIds = [];
    private readonly HashSet<string> _services = [];
    private readonly Dictionary<int, BigInteger> _ledger = [];
    private readonly Outcome _outcome = new();
    private readonly List<Loan> _loans = [];
    private readonly List<Request> _requests = [];
    private readonly Dictionary<string, DateOnly> _loanIds = [];
    private readonly List<DateOnly> _paidOut = [];
    private readonly List<(DateOnly Day, Fact? Fact)> _lived = [];

    private string _life = "none";
    private DateOnly _today;
    private DateOnly _openedOn;
    private int _moment;
    private int _itemId;
    private BigInteger _limit;
    private BigInteger _limitBefore;
    private BigInteger _credit;
    private BigInteger _revolving;
    private BigInteger _overdue;
    private BigInteger _opening;
    private BigInteger _debits;
    private BigInteger _credits;
    private BigInteger _spentToday;
    private DateOnly _spentOn;
    private int _dueDay;
    private int _statementDay;
    private int _bookedDueDay;
    private DateOnly? _dueDayChangedOn;
    private DateOnly _nextStatement;
    private DateOnly _lastStatement;
    private DateOnly _confirmBy;
    private bool _confirmed;
    private bool _forced;
    private DateOnly? _closedOn;

    /// <summary>Walks from the first fact's day to <paramref name="until"/>. Facts must stand in the order (effective date, journal
    /// order).</summary>
    /// <param name="terms">The numbers.</param>
    /// <param name="facts">What happened or was asked for.</param>
    /// <param name="until">Last day, inclusive.</param>
    /// <param name="trusted">The facts were accepted before: apply them without asking.</param>
    public static Outcome Run(Terms terms, IReadOnlyList<Fact> facts, DateOnly until, bool trusted = false)
    {
        Account account = new(terms);
        int at = 0;
        for (DateOnly day = facts[0].On; day <= until; day = day.AddDays(1))
        {
            account.OpenDay(day);
            for (; at < facts.Count && facts[at].On == day; at++)
            {
                account._outcome.Answers.Add(account.Tell(facts[at], trusted));
            }

            account._outcome.Days.Add(account.Figures());
        }

        return account._outcome;
    }

    /// <summary>A fact of the day that is open; answers with the refusal codes that apply, none = accepted.</summary>
    public IReadOnlyList<int> Tell(Fact fact, bool trusted = false)
    {
        IReadOnlyList<int> no = Refusals(fact);
        if (no.Count == 0 || trusted)
        {
            Do(fact);
        }

        return no;
    }

    private void Do(Fact fact)
    {
        _moment++;
        _lived.Add((_today, fact));
        Wake(fact.Kind);
        Apply(fact);
        DropSettledLoans();
        EndWhatIsPaid();
        CloseIfSettled();
    }

    private bool IsOpen => _life is "active" or "closing";

    /// <summary>Opens a day; days come one after another.</summary>
    public void OpenDay(DateOnly day)
    {
        DateOnly yesterday = _today;
        _lived.Add((day, null));
        _ = _items.RemoveAll(i => !i.Scheduled && i.Unpaid == 0);
        _today = day;
        _moment++;
        _blocks.RemoveAll(b => b.Until is { } end && end <= day && !IsOpen);
        if (!IsOpen)
        {
            return;
        }

        AccrueFor(yesterday);
        GrowLoans(yesterday);
        PassDueDays();
        PassLoanDays();
        DrawStatement();
        DropSettledLoans();
        _moment++;
        PassHolds();
        PassRequests();
        _temporary.RemoveAll(t => t.Until <= day);
        _blocks.RemoveAll(b => b.Until is { } end && end <= day);
        PassAgreements();
        PassOverdueStages();
        if (_life == "closing" && !_confirmed && day > _confirmBy)
        {
            _life = "active";
        }

        DropSettledLoans();
        EndWhatIsPaid();
        CloseIfSettled();
    }

    /// <summary>Section 5: one day's growth on what was unpaid at that day's end.</summary>
    private void AccrueFor(DateOnly day)
    {
        if (day == default)
        {
            return;
        }

        foreach (Item item in _items)
        {
            if (item.Component == 'P' && item.Free && !item.Off && item.Loan is not { Kind: 'C' })
            {
                _revolving += item.Bears == 'R' ? item.Unpaid * terms.RevolvingPpm : 0;
                _overdue += item.Bears == 'O' ? item.Unpaid * terms.OverduePpm : 0;
            }
        }
    }

    private void PassDueDays()
    {
        foreach (Bill bill in _bills.Where(b => !b.DuePassed && b.Due < _today).ToList())
        {
            bill.DuePassed = true;
            List<Item> left = [.. bill.Lines.Select(l => l.Item).Where(i => i.Unpaid > 0)];
            if (left.Count == 0)
            {
                continue;
            }

            if (PaidSince(bill) >= MinimumOf(bill))
            {
                foreach (Item item in bill.Lines.Select(l => l.Item).Where(i => i.Unpaid > 0))
                {
                    item.Rolled = true;
                    item.Bears = item.Bears == '-' && item.Component == 'P' ? 'R' : item.Bears;
                }
            }
            else
            {
                BecomeOverdue(bill);
            }
        }
    }

    private static void BecomeOverdue(Bill bill)
    {
        bill.Overdue = true;
        foreach (Item item in bill.Lines.Select(l => l.Item).Where(i => i.Unpaid > 0))
        {
            item.Rolled = true;
            item.Missed = true;
            item.Bears = item.Component == 'P' ? 'O' : '-';
        }
    }

    private void DrawStatement()
    {
        if (_today != _nextStatement)
        {
            return;
        }

        PostAccruals();
        JoinRows();
        TakeUp();
        if (_bookedDueDay != 0)
        {
            _dueDay = _bookedDueDay;
            _statementDay = terms.StatementDayOfDueDay[_dueDay];
            _bookedDueDay = 0;
        }

        DateOnly inNextMonth = new DateOnly(_today.Year, _today.Month, 1).AddMonths(1);
        _nextStatement = new DateOnly(inNextMonth.Year, inNextMonth.Month, _statementDay);
    }

    /// <summary>A statement of what moved since the last one.</summary>
    private void TakeUp()
    {
        DateOnly due = FirstAfter(_today, _dueDay);
        Bill bill = new() { Issued = _today, Due = due, Moment = _moment, Figures = null! };
        foreach (Item item in _items.Where(i => i.Unpaid > 0 && !i.Scheduled))
        {
            bool first = item.Billed is null && item.Loan is null;
            item.Billed ??= _today;
            if (first || !PastDue(item))
            {
                item.Due = due;
            }

            bill.Lines.Add(new BillLine { Item = item, UnpaidThen = item.Unpaid, Cyclable = Cycles(item, first) });
        }

        BigInteger closing = _items.Where(i => !i.Scheduled).Aggregate(BigInteger.Zero, (sum, i) => sum + i.Unpaid) - _credit;
        bill.Closing = closing;
        bill.AllDue = bill.Lines.Where(l => l.Cyclable).Aggregate(BigInteger.Zero, (sum, l) => sum + l.UnpaidThen) <= terms.AllBelow;
        _bills.Add(bill);
        bill.Figures = new(_today, due, _opening, _debits, _credits, _opening + _debits - _credits, MinimumOf(bill));
        if (bill.Figures.Closing != closing)
        {
            throw new InvalidOperationException($"oracle: {_today} {bill.Figures} but the items less credit are {closing}");
        }

        _outcome.Statements.Add(bill.Figures);
        _lastStatement = _today;
        _opening = closing;
        _debits = 0;
        _credits = 0;
    }

    /// <summary>Purchase principal on its first bill; with <c>RolledStaysCyclable</c> also what rolled, but not what was overdue.</summary>
    private bool Cycles(Item item, bool first) => item is { Component: 'P', InFull: false }
        && (first || (terms.RolledStaysCyclable && item.Loan is null && !item.Missed));

    private void PassHolds()
    {
        foreach (Buy buy in _buys)
        {
            if (buy.Held > 0 && buy.CountsAsConfirmedOn <= _today)
            {
                Confirm(buy);
            }

            if (buy.Held - buy.Waiting > 0 && buy.HoldEnds <= _today)
            {
                ChangeHold(buy, buy.Waiting - buy.Held);
            }
        }
    }

    private void PassOverdueStages()
    {
        int days = DaysPastDue();
        if (days > terms.GraceDays && !_blocks.Exists(b => b.Reason == "Overdue"))
        {
            _blocks.Add(new Block("overdue", "Overdue", "SBV", null, false));
        }

        if (days > terms.TerminateAfterDays && !_blocks.Exists(b => b.Reason == "OverdueTerminated"))
        {
            _blocks.Add(new Block("terminated", "OverdueTerminated", "SBV", null, false));
        }
    }

    /// <summary>The first day with this day of the month strictly after a day.</summary>
    private static DateOnly FirstAfter(DateOnly day, int dayOfMonth)
    {
        DateOnly next = day.AddDays(1);
        while (next.Day != dayOfMonth)
        {
            next = next.AddDays(1);
        }

        return next;
    }
}
