using System.Numerics;
using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>The same comparison as <see cref="Figures"/> on numbers alone: no text is made while both sides agree.</summary>
public static class QuickFigures
{
    public static bool Same(DayFigures f, CoreAccount core, DateOnly day)
    {
        AccountState s = core.State;
        AccountState today = s.AccruedTo(day);
        ProductTerms terms = core.Line.Core;
        bool closed = s.Lifecycle is Closed;
        return f.Lifecycle == Figures.LifeOf(s)
            && f.Owed == (s.PostedBalance() + s.AccruedInterest(terms, day) + s.AccruedCharge(terms, day)).MinorUnits
            && f.RevolvingNumerator == today.RevolvingAccrual.Numerator && f.OverdueNumerator == today.OverdueAccrual.Numerator
            && f.Available == s.Available(day, null).MinorUnits && f.DaysPastDue == s.DaysPastDue(day)
            && f.Credit == s.CreditBalance.MinorUnits
            && (closed || f.SpendAway == s.Restrictions.Any(r => r.Permissions.Contains(Permission.Spend)))
            && Pools(f, s, terms, day) && (closed || Bills(f, s)) && Books(f, core) && Loans(f, s, today, core.Line, day);
    }

    private static bool Pools(DayFigures f, AccountState s, ProductTerms terms, DateOnly day)
    {
        foreach (SceneTerms scene in terms.Scenes)
        {
            bool used = s.SceneLimits.Any(l => l.Scene == scene.Code) || s.Occupied(scene.Code).MinorUnits != 0;
            if (f.ScenePools[scene.Code] != (used ? s.Available(day, scene.Code).MinorUnits : 0))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Bills(DayFigures f, AccountState s) => s.LatestBill() is not { } b ? f.Latest is null
        : f.Latest is { } mine && mine.IssuedOn == b.IssuedOn && mine.DueOn == b.DueOn && mine.Opening == b.Opening.MinorUnits
            && mine.Debits == b.Debits.MinorUnits && mine.Credits == b.Credits.MinorUnits && mine.Closing == b.Closing.MinorUnits
            && f.Missing == b.Shortfall.MinorUnits;

    private static bool Books(DayFigures f, CoreAccount core)
    {
        foreach ((int account, BigInteger amount) in f.Ledger)
        {
            if (core.Ledger.GetValueOrDefault(account) != amount)
            {
                return false;
            }
        }

        foreach ((int account, long amount) in core.Ledger)
        {
            if (amount != 0 && !f.Ledger.ContainsKey(account))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Loans(DayFigures f, AccountState s, AccountState today, Line line, DateOnly day)
    {
        if (line == LendingLines.PayLater)
        {
            return true;
        }

        if (f.Total != s.TotalDebt(line.Core, day).MinorUnits || f.Loans.Count != s.Loans.Count)
        {
            return false;
        }

        foreach (LoanDay mine in f.Loans)
        {
            if (today.Loans.Find(l => l.Id == mine.Id) is not { } loan || !Loan(mine, loan, s, day))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Loan(LoanDay mine, Loan loan, AccountState s, DateOnly day)
    {
        if (mine.Left != s.PrincipalLeft(loan.Id).MinorUnits || mine.Due != s.DueNow(loan, day).MinorUnits
            || mine.Interest != loan.Interest.Numerator || mine.PrincipalPenalty != loan.PrincipalPenalty.Numerator
            || mine.ChargePenalty != loan.ChargePenalty.Numerator || mine.Rows.Count != loan.Rows.Count)
        {
            return false;
        }

        for (int i = 0; i < loan.Rows.Count; i++)
        {
            (int number, DateOnly? due, BigInteger principal, BigInteger charge) = mine.Rows[i];
            LoanRow row = loan.Rows[i];
            if (number != row.Number || due != (loan.IsCash ? row.DueOn : null) || principal != row.Principal.MinorUnits
                || charge != row.Charge.MinorUnits)
            {
                return false;
            }
        }

        return true;
    }
}
