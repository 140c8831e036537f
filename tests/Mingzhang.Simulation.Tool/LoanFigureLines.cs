using System.Globalization;
using System.Numerics;
using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>The figures of loans and plans on a day, as lines.</summary>
public static class LoanFigureLines
{
    public static void Add(Dictionary<string, string> lines, AccountState state, ProductTerms terms, DateOnly day)
    {
        lines["total"] = Text(state.TotalDebt(terms, day).MinorUnits);
        foreach (Loan loan in state.AccruedTo(day).Loans)
        {
            Loan stored = state.Loans.Find(l => l.Id == loan.Id)!;
            lines[$"loan {loan.Id}"] = One(
                state.PrincipalLeft(loan.Id).MinorUnits, state.DueNow(stored, day).MinorUnits,
                (loan.Interest.Numerator, loan.PrincipalPenalty.Numerator, loan.ChargePenalty.Numerator),
                loan.Rows.Select(r => (r.Number, loan.IsCash ? r.DueOn : (DateOnly?)null, (BigInteger)r.Principal.MinorUnits,
                    (BigInteger)r.Charge.MinorUnits)));
        }
    }

    public static void Add(Dictionary<string, string> lines, DayFigures figures)
    {
        lines["total"] = Text(figures.Total);
        foreach (LoanDay loan in figures.Loans)
        {
            lines[$"loan {loan.Id}"] = One(loan.Left, loan.Due, (loan.Interest, loan.PrincipalPenalty, loan.ChargePenalty), loan.Rows);
        }
    }

    private static string One(
        BigInteger left, BigInteger due, (BigInteger Interest, BigInteger Principal, BigInteger Charge) grown,
        IEnumerable<(int Number, DateOnly? Due, BigInteger Principal, BigInteger Charge)> rows)
    {
        string all = string.Join(' ', rows.Select(r => string.Create(CultureInfo.InvariantCulture,
            $"{r.Number}{r.Due:':'yyyy-MM-dd}:{r.Principal}+{r.Charge}")));
        return string.Create(CultureInfo.InvariantCulture,
            $"left {left} due {due} grown {grown.Interest}/{grown.Principal}/{grown.Charge} rows {all}");
    }

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
}
