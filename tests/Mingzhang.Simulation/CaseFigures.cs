using System.Globalization;

namespace Mingzhang.Simulation;

/// <summary>The figures an account case may ask for, each as an accountant writes it.</summary>
internal static class CaseFigures
{
    public static string Of(string asked, CoreAccount core, DateOnly day)
    {
        string name = asked.Split('=')[0];
        return $"{name}={OfAccount(name, core, day) ?? OfLoans(name, core, day)}";
    }

    public static string Yuan(Money money) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(money.IsNegative ? "-" : "")}{Math.Abs(money.MinorUnits) / 100:#,0}.{Math.Abs(money.MinorUnits) % 100:00}");

    private static string? OfAccount(string name, CoreAccount core, DateOnly day)
    {
        AccountState s = core.State;
        ProductTerms terms = core.Line.Core;
        Bill? bill = s.LatestBill();
        return name switch
        {
            "owed" => Yuan(s.PostedBalance() + s.AccruedInterest(terms, day) + s.AccruedCharge(terms, day)),
            "interest" => Yuan(s.AccruedInterest(terms, day)),
            "charge" => Yuan(s.AccruedCharge(terms, day)),
            "available" => Yuan(s.Available(day, null)),
            "credit" => Yuan(s.CreditBalance),
            "dpd" => s.DaysPastDue(day).ToString(CultureInfo.InvariantCulture),
            "spend" => s.Restrictions.Any(r => r.Permissions.Contains(Permission.Spend)) ? "no" : "yes",
            "life" => Figures.LifeOf(s),
            "bill" => $"{Yuan(bill!.Opening)}+{Yuan(bill.Debits)}-{Yuan(bill.Credits)}={Yuan(bill.Closing)}",
            "due" => bill!.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "minimum" => Yuan(bill!.Minimum),
            "missing" => Yuan(bill!.Shortfall),
            "version" => bill!.Version.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    /// <summary>Of the first loan: what is left and due, interest and penalty grown to the day, what settles it. Of the books: all interest
    /// and fees posted so far.</summary>
    private static string OfLoans(string name, CoreAccount core, DateOnly day)
    {
        AccountState s = core.State;
        Loan? loan = s.AccruedTo(day).Loans is { Count: > 0 } open ? open[0] : null;
        Settlement? settles = loan is null ? null : s.SettlementOf(s.Loans[0], day);
        return name switch
        {
            "loans" => s.Loans.Count.ToString(CultureInfo.InvariantCulture),
            "left" => Yuan(s.PrincipalLeft(loan!.Id)),
            "due-now" => Yuan(s.DueNow(s.Loans[0], day)),
            "grown" => Yuan(loan!.Interest.RoundToMoney(s.Currency, Rounding.HalfUp)),
            "penalty" => Yuan(loan!.PrincipalPenalty.RoundToMoney(s.Currency, Rounding.HalfUp)),
            "rows" => loan!.Rows.Count.ToString(CultureInfo.InvariantCulture),
            "settle-principal" => Yuan(settles!.Principal),
            "settle-interest" => Yuan(settles!.Interest),
            "settle-fee" => Yuan(settles!.Fee),
            "settle" => Yuan(settles!.Total),
            "interest-earned" => Yuan(Sample.Fen(-core.Ledger.GetValueOrDefault((int)LedgerAccount.InterestIncome))),
            "fee-earned" => Yuan(Sample.Fen(-core.Ledger.GetValueOrDefault((int)LedgerAccount.FeeIncome))),
            _ => throw new InvalidOperationException($"no figure is called {name}"),
        };
    }
}
