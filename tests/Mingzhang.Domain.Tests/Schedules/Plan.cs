namespace Mingzhang.Domain.Tests.Schedules;

/// <summary>Shorthand for the schedules of the tests.</summary>
internal static class Plan
{
    public static DateOnly MidJanuary { get; } = new(2025, 1, 15);

    public static Money Yuan(long yuan) => Money.Of(yuan * 100, Currency.Cny);

    public static Scheduled Of(ScheduleTerms terms, Money principal, DateOnly on) =>
        Assert.IsType<Scheduled>(RepaymentSchedule.Of(terms, principal, on));

    public static ScheduleFault Refused(ScheduleTerms terms, long minor, DateOnly on) =>
        Assert.IsType<ScheduleRefused>(RepaymentSchedule.Of(terms, Money.Of(minor, Currency.Cny), on)).Fault;

    public static ScheduleTerms Daily(ScheduleMethod method, int count, long ppm) =>
        new() { Method = method, Count = count, Rate = ScheduleRate.PerDay(ppm) };

    public static ScheduleTerms Instalments(int count, long feePpm, FeeSpread spread = FeeSpread.TotalInParts) =>
        new() { Method = ScheduleMethod.EqualPrincipal, Count = count, Fee = new FlatFee(feePpm, spread) };

    /// <summary>The totals of the rows, written as <c>11 × 900.41, 900.42</c> would be: runs of equal amounts.</summary>
    public static string Runs(Scheduled schedule) => Runs(schedule.Rows.Map(row => row.TotalMinor));

    public static string Runs(IEnumerable<long> amounts)
    {
        var runs = new List<(long Amount, int Times)>();
        foreach (var amount in amounts)
        {
            if (runs.Count > 0 && runs[^1].Amount == amount)
            {
                runs[^1] = (amount, runs[^1].Times + 1);
            }
            else
            {
                runs.Add((amount, 1));
            }
        }

        return string.Join(", ", runs.Select(run => run.Times == 1 ? Text(run.Amount) : $"{run.Times} × {Text(run.Amount)}"));
    }

    private static string Text(long minor) => $"{minor / 100}.{minor % 100:00}";
}
