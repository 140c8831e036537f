using System.Diagnostics;
using Mingzhang.Domain.Schedules;
using Mingzhang.Domain.Values;

namespace Mingzhang.Bench;

/// <summary>How long a schedule takes, and how many objects it makes: <c>schedules</c>.</summary>
internal static class ScheduleBench
{
    private const int Rounds = 400;
    private const int PerRound = 5_000;

    private static readonly DateOnly Start = new(2025, 1, 15);

    public static void Run()
    {
        Console.WriteLine("| schedule | median µs | p99 µs | bytes | objects |");
        Console.WriteLine("|---|---|---|---|---|");
        var year = Daily(ScheduleMethod.EqualInstalment, 12);
        Measure("equal instalment, 12 rows, price per day", year);
        Measure("equal instalment, 12 rows, month = twelfth", year with { Rate = ScheduleRate.Monthly(144_000) });
        Measure("equal instalment, 12 rows, ACT/ACT", year with { Rate = ScheduleRate.ActualActual(144_000) });
        Measure("equal instalment, 360 rows, month = twelfth", year with { Count = 360, Rate = ScheduleRate.Monthly(36_000) });
        var equal = Daily(ScheduleMethod.EqualPrincipal, 12);
        Measure("equal principal, 12 rows, price per day", equal);
        Measure("interest first, 12 rows, price per day", Daily(ScheduleMethod.InterestFirst, 12));
        Measure("12 rows with a fee of 8.8 %", equal with { Rate = default, Fee = new FlatFee(88_000, FeeSpread.TotalInParts) });
    }

    private static ScheduleTerms Daily(ScheduleMethod method, int count) =>
        new() { Method = method, Count = count, Rate = ScheduleRate.PerDay(400) };

    // Amounts differ from call to call, so that nothing is guessed well.
    private static void Measure(string name, ScheduleTerms terms)
    {
        var each = new double[Rounds];
        long checksum = 0;
        var bytes = 0L;
        for (var round = -100; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var from = Stopwatch.GetTimestamp();
            for (var k = 0; k < PerRound; k++)
            {
                var answer = RepaymentSchedule.Of(terms, Money.Of(1_000_000 + (k * 37), Currency.Cny), Start.AddDays(k % 28));
                checksum += ((Scheduled)answer).Rows[^1].InterestMinor;
            }

            if (round >= 0)
            {
                each[round] = Stopwatch.GetElapsedTime(from).TotalMicroseconds / PerRound;
                bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / PerRound;
            }
        }

        Array.Sort(each);
        var objects = ObjectCount.Of(() => Some(terms), PerRound).Sum(made => made.Objects);
        Console.WriteLine($"| {name} | {each[Rounds / 2]:0.000} | {each[Rounds * 99 / 100]:0.000} | {bytes} | {objects:0.0} |");
        GC.KeepAlive(checksum);
    }

    private static long Some(ScheduleTerms terms)
    {
        var sum = 0L;
        for (var k = 0; k < PerRound; k++)
        {
            sum += ((Scheduled)RepaymentSchedule.Of(terms, Money.Of(1_000_000 + (k * 37), Currency.Cny), Start.AddDays(k % 28))).Rows.Count;
        }

        return sum;
    }
}
