using System.Globalization;

namespace Mingzhang.Simulation;

/// <summary>Makes a random account history from a seed: a person with habits, merchants, staff, and accidents.</summary>
public sealed partial class Generator
{
    private readonly Random _random;
    private readonly List<Step> _steps = [];
    private readonly Line _line;
    private readonly CoreAccount _core;
    private readonly Habits _habits;
    private readonly Rival? _rival;
    private readonly List<string> _purchases = [];
    private readonly List<(string Id, DateOnly On)> _recent = [];
    private readonly List<string> _disputes = [];
    private readonly List<string> _restrictions = [];
    private readonly List<string> _payments = [];
    private readonly List<string> _refunds = [];
    private DateOnly _day;
    private int _id;
    private bool _broken;

    private Generator(int seed, Func<Habits, Habits>? change, Line line, bool compare)
    {
        _line = line;
        _rival = compare ? new Rival(line) : null;
        _core = new CoreAccount { Line = line };
        _random = new Random(seed);
        _habits = Habits.Random(_random);
        _habits = change?.Invoke(_habits) ?? _habits;
    }

    /// <summary>A script; the same seed gives the same script for ever.</summary>
    public static Script Make(int seed, Func<Habits, Habits>? change = null, Line? line = null) =>
        new Generator(seed, change, line ?? LendingLines.PayLater, compare: false).Run();

    /// <summary>Makes the script of a seed and compares core and naive model on the way, every answer and every day's end.</summary>
    /// <returns>The account-months played, and whether the two agreed to the end.</returns>
    public static (int Months, bool Equal) Compare(int seed, Func<Habits, Habits>? change, Line line)
    {
        Generator generator = new(seed, change, line, compare: true);
        int months = generator.Run().Months;
        return (months, !generator._rival!.Differs && !generator._broken);
    }

    private Script Run()
    {
        DateOnly start = new DateOnly(2023, 1, 1).AddDays(_random.Next(500));
        start = _random.Next(6) switch
        {
            0 => new DateOnly(2024, 1, 31),
            1 => new DateOnly(2024, 2, 29),
            2 => new DateOnly(2023, 12, 31),
            _ => start,
        };
        DateOnly until = start.AddMonths(_habits.Months).AddDays(_random.Next(28));
        _day = start;
        _rival?.Open(start);
        int[] dueDays = [8, 9, 10, 15, 20];
        if (_line.Core.Loan is null)
        {
            Do(Sample.Open(start, 50_000 + (_random.Next(50) * 100_000), Chance(20) ? null : dueDays[_random.Next(dueDays.Length)],
                _line.Name));
        }
        else
        {
            Do(Sample.Open(start, 50_000 + (_random.Next(8) * 500_000), null, _line.Name));
        }

        for (; _day <= until && !_broken && _rival is not { Differs: true }; _day = _day.AddDays(1))
        {
            if (!Passed())
            {
                break;
            }

            if (_day > start)
            {
                _rival?.Open(_day);
            }

            Day();
            _rival?.Close(_core, _day);
        }

        return new Script(_steps, _broken ? _day : until) { Line = _line };
    }

    /// <summary>A day that the core cannot open is met again by the comparison; the history ends there.</summary>
    private bool Passed()
    {
        try
        {
            _core.PassTo(_day);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            _broken = true;
        }

        return !_broken;
    }

    private void Day()
    {
        if (_line.Core.Loan is { } loans)
        {
            CashDay(loans);
            Help();

            return;
        }

        for (int n = 0; n < 4 && Chance(_habits.Busy); n++)
        {
            Spend();
        }

        Merchants();
        Repayments();
        House();
        if (_line.Core.Instalments is { } plans)
        {
            PlanDay(plans);
        }

        Help();
    }

    // Where the naive model plays along it has to know the agreements.
    private void Help()
    {
        if (_line.Core.Relief is { } relief && (_rival is null || _line.Naive.Relief is not null))
        {
            ReliefDay(relief);
        }
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private bool Rare(int perMille) => _random.Next(1000) < perMille;

    private string Id(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{++_id}");

    private T Any<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private void Do(AccountCommand command)
    {
        if (_broken)
        {
            return;
        }

        try
        {
            Decision decision = _core.Decide(command, _day);
            _rival?.Tell(command, decision);
            if (decision is Accepted || _habits.KeepRefused)
            {
                _steps.Add(new Step(_day, command));
            }
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // The comparison meets it again and reports it; the history ends here.
            _steps.Add(new Step(_day, command));
            _broken = true;
        }
    }

    private Money Amount() => Sample.Fen(_random.Next(10) switch
    {
        0 => 1 + _random.Next(100),
        < 8 => 1 + _random.Next(60_000),
        8 => 100 * (1 + _random.Next(5_000)),
        _ => 1 + _random.Next(1_200_000),
    });

    private void Spend()
    {
        string id = Rare(10) && _recent.Count > 0 ? _recent[^1].Id : Id("p");
        string scene = Rare(5) ? "casino" : Any(["shop", "shop", "store", "travel"]);
        if (Chance(8))
        {
            Do(new PostOfflinePurchase(id, Amount(), scene, "m") { EffectiveOn = _day });
        }
        else
        {
            Do(new AuthorisePurchase(id, Amount(), scene, "m") { EffectiveOn = _day, Plan = AtCheckout() });
        }

        _purchases.Add(id);
        _recent.Add((id, _day));
        _ = _recent.RemoveAll(r => r.On < _day.AddDays(-100));
    }

    private void Merchants()
    {
        foreach (Purchase purchase in _core.State.Purchases.ToList())
        {
            if (purchase.Held.IsPositive && purchase.Stage == PurchaseStage.Authorised && Chance(35))
            {
                OfHold(purchase);
            }
            else if (purchase.Stage == PurchaseStage.AwaitingReceipt && Chance(8))
            {
                if (Chance(20))
                {
                    Do(new CapturePurchase(purchase.Id, PartOf(purchase.Held - purchase.Captured), Chance(50)) { EffectiveOn = _day });
                }

                Do(new ConfirmReceipt(purchase.Id) { EffectiveOn = _day });
            }

            if (Rare(_habits.Refunds) && purchase.AuthorisedOn.AddDays(300) > _day)
            {
                Do(new ReceiveRefund(Id("f"), purchase.Id,
                    PartOf(purchase.Posted + purchase.Held - purchase.Refunded))
                {
                    EffectiveOn = _day, Mode = Mode(EarlyMode.Credit),
                });
            }
        }

        if (Rare(_habits.Refunds / 3) && _purchases.Count > 0)
        {
            string id = Id("f");
            _refunds.Add(id);
            Do(new AnnounceRefund(id, Chance(50) && _recent.Count > 0 ? Any(_recent).Id : null,
                Sample.Fen(1 + _random.Next(5_000))) { EffectiveOn = _day });
        }

        if (Rare(_habits.Refunds / 3) || (_refunds.Count > 0 && Chance(10)))
        {
            string id = _refunds.Count > 0 && Chance(80) ? Any(_refunds) : Id("f");
            _ = Chance(90) && _refunds.Remove(id);
            Do(new ReceiveRefund(id, null, Sample.Fen(1 + _random.Next(30_000))) { EffectiveOn = _day });
        }
    }

    private void OfHold(Purchase purchase)
    {
        if (Chance(6))
        {
            Do(new ReleaseHold(purchase.Id) { EffectiveOn = _day });
            return;
        }

        bool whole = Chance(75);
        Do(new CapturePurchase(purchase.Id, whole ? purchase.Held : PartOf(purchase.Held), whole || Chance(50)) { EffectiveOn = _day });
    }

    private Money PartOf(Money whole) => whole.MinorUnits <= 0 ? Sample.Fen(1) : _random.Next(6) switch
    {
        0 => whole,
        1 => Sample.Fen(1),
        2 when Chance(20) => Sample.Fen(whole.MinorUnits + 1),
        _ => Sample.Fen(1 + _random.NextInt64(whole.MinorUnits)),
    };

    private void Repayments()
    {
        AccountState s = _core.State;
        if (s.LatestBill() is { } bill && bill.DueOn == _day && s.Items.Any(i => i.DueOn == _day))
        {
            OnDueDay(bill);
        }

        if (s.Items.Count > 0 && Rare(_habits.Repays))
        {
            Money debt = s.PostedBalance() + s.AccruedInterest(_line.Core, _day) + s.AccruedCharge(_line.Core, _day);
            bool over = Chance(5);
            Pay(over ? Sample.Fen(Math.Max(1, debt.MinorUnits) + 1 + _random.Next(9_000)) : PartOf(debt), Chance(30) ? AName() : null);
        }

        if (s.CreditBalance.IsPositive && Chance(6))
        {
            Do(new ReturnCreditBalance(Id("c"), PartOf(s.CreditBalance)) { EffectiveOn = _day });
        }

        if (Rare(4))
        {
            string id = Id("r");
            _payments.Add(id);
            Do(new SubmitPayment(id, Sample.Fen(1 + _random.Next(10_000))) { EffectiveOn = _day });
        }
        else if (_payments.Count > 0 && Chance(15))
        {
            string id = Any(_payments);
            _ = _payments.Remove(id);
            Do(Chance(50) ? new FailPayment(id, "bank") { EffectiveOn = _day } : Repay(id, Sample.Fen(1 + _random.Next(20_000)), null,
                Actor.Channel));
        }
    }

    private void OnDueDay(Bill bill)
    {
        int mood = _random.Next(100);
        Money all = _core.State.Items.Sum(Sample.Cny, i => i.BilledOn is null || i.Disputed ? Sample.Fen(0) : i.Unpaid);
        if (mood < _habits.PaysAll && all.IsPositive)
        {
            Pay(all, null);
        }
        else if (mood < _habits.PaysAll + _habits.PaysMinimum && bill.Shortfall.IsPositive)
        {
            Pay(Chance(90) ? bill.Shortfall : Sample.Fen(Math.Max(1, bill.Shortfall.MinorUnits - 1)), null);
        }
    }

    private void Pay(Money amount, DebtName? name)
    {
        string id = Rare(20) && _id > 10 ? "r" + (_id - 5).ToString(CultureInfo.InvariantCulture) : Id("r");
        Do(Repay(id, amount, name, Chance(60) ? Actor.Borrower : Actor.Channel));
    }

    private ReceiveRepayment Repay(string id, Money amount, DebtName? name, Actor by)
    {
        long half = amount.MinorUnits / 2;
        return new ReceiveRepayment(
            id,
            half > 0 && Chance(20)
                ? [new RepaymentSource("balance", Sample.Fen(half)), new RepaymentSource("card", amount - Sample.Fen(half))]
                : [new RepaymentSource("card", amount)],
            name,
            by) { EffectiveOn = _day };
    }

    private DebtName AName()
    {
        if (_core.State.Items.Count == 0)
        {
            return new DebtName("none", null, null);
        }

        DueItem item = Any(_core.State.Items);
        return item.BilledOn is { } billed && Chance(60)
            ? new DebtName(null, billed, Chance(50) ? item.Component : null)
            : new DebtName(item.PurchaseId ?? "none", null, null);
    }

    private void House()
    {
        AccountState s = _core.State;
        Limits(s);
        Permissions();
        bool calm = s.PastReliefs.Count == 0;
        if (s.Items.Count > 0 && (calm || _habits.WildDisputes) && Rare(_habits.Disputes)
            && (_habits.WildDisputes || s.DaysPastDue(_day) == 0))
        {
            string id = Id("d");
            Do(new OpenDispute(id, AName(), "wrong") { EffectiveOn = _day });
            _disputes.Add(id);
        }

        bool last = !_habits.WildDisputes && _core.State.LatestBill() is { } bill && bill.DueOn.AddDays(-2) <= _day && bill.DueOn >= _day;
        last |= !_habits.WildDisputes && _core.State.CreditBalance.IsPositive;
        while (_disputes.Count > 0 && (last || Chance(4)))
        {
            string id = Any(_disputes);
            _ = _disputes.Remove(id);
            Do(new ResolveDispute(id, Chance(50) ? DisputeOutcome.Upheld : DisputeOutcome.Rejected) { EffectiveOn = _day });
        }

        if (Rare(_habits.WriteOffs) && (s.DaysPastDue(_day) > 40 || Rare(50)))
        {
            Do(new WriteOffDebt("lost") { EffectiveOn = _day });
        }

        if (Rare(3))
        {
            Do(new ChangeDueDay(Any([8, 9, 10, 15, 20, 12])) { EffectiveOn = _day });
        }

        Closings(s);
    }

    private void Limits(AccountState s)
    {
        if (Rare(6))
        {
            Do(new SetLimit(Sample.Fen(50_000 + _random.Next(5_000_000)), Chance(50) ? Actor.Borrower : Actor.Staff,
                "r") { EffectiveOn = _day });
        }

        if (Rare(6))
        {
            DateOnly from = _day.AddDays(_random.Next(5));
            Do(new GrantTemporaryLimit(new TemporaryLimit(Id("t"), Sample.Fen(1 + _random.Next(1_000_000)), from,
                from.AddDays(_random.Next(40))), "r") { EffectiveOn = _day });
        }

        if (Rare(4))
        {
            Do(new SetSceneLimit(new SceneLimit(Any(["shop", "travel"]), Sample.Fen(_random.Next(600_000))), "r") { EffectiveOn = _day });
        }
    }

    private void Permissions()
    {
        if (Rare(4))
        {
            string id = Id("x");
            _restrictions.Add(id);
            RestrictionReason reason = Any([RestrictionReason.Risk, RestrictionReason.StoppedByBorrower,
                RestrictionReason.RiskVideoInterview, RestrictionReason.LegalHold]);
            Do(new Restrict(
                id,
                Chance(85) ? [Permission.Spend, Permission.Borrow] : [Permission.Convert],
                reason,
                Chance(40) ? _day.AddDays(1 + _random.Next(30)) : null,
                reason == RestrictionReason.StoppedByBorrower ? Actor.Borrower : Actor.Staff,
                null) { EffectiveOn = _day });
        }

        if (_restrictions.Count > 0 && Chance(6))
        {
            string id = Any(_restrictions);
            Do(new LiftRestriction(id, Chance(30) ? Actor.Borrower : Actor.Staff, "r") { EffectiveOn = _day });
        }

        if (Rare(2))
        {
            Do(new SetLinkedService("s" + (_id % 2).ToString(CultureInfo.InvariantCulture), Chance(40)) { EffectiveOn = _day });
        }
    }

    private void Closings(AccountState s)
    {
        if (Rare(_habits.Closes))
        {
            Do(new RequestClosing(Chance(70) ? ClosingMode.RunOff : ClosingMode.Now, Chance(95) ? "notice-1" : "notice-0",
                "r") { EffectiveOn = _day });
        }

        if (s.Lifecycle is ClosingDown closing)
        {
            if (Chance(closing.ConfirmedOn is null ? 20 : 1))
            {
                Do(new ConfirmClosing(closing.ConfirmedOn is not null || Chance(90), Chance(60)) { EffectiveOn = _day });
            }
            else if (Chance(3))
            {
                Do(new CancelClosing("r") { EffectiveOn = _day });
            }
        }
        else if (s.Lifecycle is Closed && Chance(10))
        {
            Do(Sample.Reopen(_day, 50_000 + _random.Next(1_000_000)));
        }

        if (Rare(_habits.Closes / 4))
        {
            Do(new ForceClosing("r", "n-1") { EffectiveOn = _day });
        }
    }
}
