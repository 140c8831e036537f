namespace Mingzhang.Oracle;

/// <summary>What an agreement costs a year: the account lives once more, accepts, and pays everything on its due day.</summary>
public sealed partial class Account
{
    private const int LongestDays = 60 * 366;

    private bool IsDear(Fact accept)
    {
        Account copy = Again();
        copy.Do(accept);
        return copy.YearlyPpm() is not { } ppm || ppm > terms.Relief!.CapPpm;
    }

    private Account Again()
    {
        Account copy = new(terms);
        foreach ((DateOnly day, Fact? fact) in _lived)
        {
            if (fact is null)
            {
                copy.OpenDay(day);
            }
            else
            {
                copy.Do(fact);
            }
        }

        return copy;
    }

    /// <summary>The simple rate of all payments to come after today; null when there is none.</summary>
    private BigInteger? YearlyPpm()
    {
        DateOnly start = _today;
        int known = _itemId;
        BigInteger grown = RevolvingRounded + OverdueRounded;
        BigInteger principal = 0;
        List<(DateOnly On, BigInteger Amount)> payments = [];
        for (int n = 0; n < LongestDays && Owes; n++)
        {
            int before = _moment;
            if (n > 0)
            {
                OpenDay(_today.AddDays(1));
            }

            PayWhatIsDue();
            (BigInteger owed, BigInteger cost) = PaidAfter(before, known);
            BigInteger old = BigInteger.Min(grown, cost);
            grown -= old;
            if (n > 0 && owed + cost > 0)
            {
                principal += owed + old;
                payments.Add((_today, owed + cost));
            }
        }

        return principal <= 0 ? null : Schedule.YearlyPpm(principal, start, payments);
    }

    private bool Owes => _items.Exists(i => i.Free && i.Unpaid > 0) || RevolvingRounded + OverdueRounded > 0;

    private void PayWhatIsDue()
    {
        BigInteger due = _items.Where(i => i.Free && !i.Scheduled && i.Due <= _today).Aggregate(BigInteger.Zero, (s, i) => s + i.Unpaid);
        if (due > 0 && _items.Exists(PastDue))
        {
            due += _loans.Where(l => l.Kind == 'C').Aggregate(BigInteger.Zero, (s, l) =>
                s + HalfUp(l.PrincipalPenalty, 1_000_000) + HalfUp(l.ChargePenalty, 1_000_000));
        }

        if (due > 0)
        {
            Do(new Fact(_today, Kind.Repay) { Id = $"path-{_today:yyyyMMdd}", Amount = due });
        }
    }

    /// <summary>What was paid on what was owed when the agreement began, and on what came later.</summary>
    private (BigInteger Owed, BigInteger Cost) PaidAfter(int moment, int known)
    {
        BigInteger owed = 0;
        BigInteger cost = 0;
        foreach (Item item in _items)
        {
            BigInteger paid = item.Pays.Where(p => p.Moment > moment && p.Kind is PayKind.Repayment or PayKind.Credit)
                .Aggregate(BigInteger.Zero, (s, p) => s + p.Amount);
            owed += item.Id <= known ? paid : 0;
            cost += item.Id <= known ? 0 : paid;
        }

        return (owed, cost);
    }
}
