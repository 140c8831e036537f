using System.Globalization;
using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Simulation;

/// <summary>A line of a case about terms alone: a schedule, flows, a daily price, lenders' shares; no account.</summary>
internal sealed class TermsLine(string line)
{
    private readonly string[] _words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static bool Is(string line) => line.Split(' ')[0] is "schedule" or "flows" or "daily" or "share";

    public string Figure(string asked)
    {
        string name = asked.Split('=')[0];
        string value = _words[0] switch
        {
            "schedule" => OfSchedule(name),
            "flows" => Rate(name, AnnualRates.OfPeriods([Fen(1), .. Enumerable.Repeat(Fen(4), Whole(2))])!.Value),
            "daily" => OfDaily(name),
            _ => OfShare(),
        };
        return $"{name}={value}";
    }

    // schedule METHOD AMOUNT in COUNT from DAY [daily P %] [fee P % [first]]
    private string OfSchedule(string name)
    {
        int fee = Array.IndexOf(_words, "fee");
        int daily = Array.IndexOf(_words, "daily");
        ScheduleTerms terms = new()
        {
            Method = _words[1] switch
            {
                "equal-instalment" => ScheduleMethod.EqualInstalment, "interest-first" => ScheduleMethod.InterestFirst,
                _ => ScheduleMethod.EqualPrincipal,
            },
            Count = Whole(4),
            Rate = ScheduleRate.PerDay(daily < 0 ? 0 : Ppm(daily + 1)),
            Fee = fee < 0 ? default : new FlatFee(Ppm(fee + 1), _words[^1] == "first" ? FeeSpread.TotalFirst : FeeSpread.TotalInParts),
        };
        DateOnly from = DateOnly.ParseExact(_words[6], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        Scheduled made = Assert.IsType<Scheduled>(RepaymentSchedule.Of(terms, Sample.Fen(Fen(2)), from));
        return name switch
        {
            "fee" => CaseFigures.Yuan(made.TotalFee()),
            "interest" => CaseFigures.Yuan(made.TotalInterest()),
            "total" => CaseFigures.Yuan(made.Total()),
            "instalments" => Runs(made.Rows.Select(r => r.TotalMinor)),
            "principals" => Runs(made.Rows.Select(r => r.PrincipalMinor)),
            "charges" => Runs(made.Rows.Select(r => r.FeeMinor)),
            "xirr" => Percent(1_000_000 * InternalRate.OfDays([new DatedFlow(from, -Fen(2)), .. made.Rows.Select(r =>
                new DatedFlow(r.DueOn, r.TotalMinor))]).Value, 3),
            "simple" or "effective" => Rate(name, LoanCost.Of(Fen(2), from, made.Rows.AsSpan())!.Value),
            _ => Row(made.Rows[int.Parse(name[3..], CultureInfo.InvariantCulture) - 1]),
        };
    }

    private static string Row(ScheduleRow row) =>
        $"{row.DueOn:yyyy-MM-dd}:{CaseFigures.Yuan(Sample.Fen(row.PrincipalMinor))}+{CaseFigures.Yuan(Sample.Fen(row.InterestMinor))}";

    private string OfDaily(string name) => name switch
    {
        "by-360" => Percent(Ppm(1) * 360, 2),
        "by-365" => Percent(Ppm(1) * 365, 2),
        _ => Percent(1_000_000 * Yields.Effective(Ppm(1) * 365 / 1_000_000.0, 365).Value, 2),
    };

    private string OfShare()
    {
        ValueList<LenderShare> lenders = [.. Enumerable.Range(0, (_words.Length - 3) / 2).Select(n =>
            new LenderShare($"lender-{n}", Ppm(3 + (2 * n))))];
        return string.Join('+', LenderShares.Of(lenders, Sample.Fen(Fen(1))).Select(p => CaseFigures.Yuan(p.Amount)));
    }

    private static string Rate(string name, AnnualRates rates) => Percent(name == "simple" ? rates.SimplePpm : rates.CompoundPpm, 3);

    private static string Percent(double ppm, int digits) =>
        ((decimal)ppm / 10_000m).ToString(digits == 2 ? "0.00" : "0.000", CultureInfo.InvariantCulture) + "%";

    /// <summary>Equal neighbours counted: 11x900.41+900.42.</summary>
    private static string Runs(IEnumerable<long> amounts)
    {
        List<(long Amount, int Count)> runs = [];
        foreach (long amount in amounts)
        {
            if (runs.Count > 0 && runs[^1].Amount == amount)
            {
                runs[^1] = (amount, runs[^1].Count + 1);
            }
            else
            {
                runs.Add((amount, 1));
            }
        }

        return string.Join('+', runs.Select(r => (r.Count == 1 ? "" : $"{r.Count}x") + CaseFigures.Yuan(Sample.Fen(r.Amount))));
    }

    private int Whole(int at) => int.Parse(_words[at], CultureInfo.InvariantCulture);

    private long Fen(int at) => (long)(decimal.Parse(_words[at], NumberStyles.Number, CultureInfo.InvariantCulture) * 100);

    private long Ppm(int at) => (long)(decimal.Parse(_words[at], NumberStyles.Number, CultureInfo.InvariantCulture) * 10_000);
}
