namespace Mingzhang.Domain.Tests.Schedules;

/// <summary>What holds for every schedule, on random terms. A failure names its seed.</summary>
public sealed class SchedulePropertyTests
{
    private const int Trials = 20_000;

    [Fact]
    public void Every_schedule_sums_to_the_fen_and_no_row_is_negative()
    {
        var made = 0;
        for (var seed = 0; seed < Trials; seed++)
        {
            var (terms, principal, on) = ScheduleTrials.Next(new Random(seed));
            if (RepaymentSchedule.Of(terms, principal, on) is not Scheduled schedule)
            {
                continue;
            }

            made++;
            Assert.True(Broken(schedule, principal, on) is null, $"seed {seed}: {Broken(schedule, principal, on)}; {terms}");
        }

        Assert.True(made > Trials / 2, $"only {made} of {Trials} trials made a schedule");
    }

    [Fact]
    public void The_check_catches_a_planted_fault()
    {
        var good = Plan.Of(Plan.Daily(ScheduleMethod.EqualInstalment, 12, 400), Plan.Yuan(10_000), Plan.MidJanuary);
        Assert.Null(Broken(good, Plan.Yuan(10_000), Plan.MidJanuary));
        foreach (var fault in (Func<ScheduleRow, ScheduleRow>[])
        [
            row => row with { PrincipalMinor = row.PrincipalMinor + 1 },
            row => row with { InterestMinor = -1 },
            row => row with { RemainingMinor = row.RemainingMinor - 1 },
            row => row with { DueOn = row.FromOn },
            row => row with { Number = 1 },
        ])
        {
            var rows = good.Rows.ToArray();
            rows[5] = fault(rows[5]);
            Assert.NotNull(Broken(good with { Rows = ValueList.Create<ScheduleRow>(rows) }, Plan.Yuan(10_000), Plan.MidJanuary));
        }
    }

    [Fact]
    public void A_higher_price_never_lowers_the_equal_instalment()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var chance = new Random(seed);
            var terms = Plan.Daily(ScheduleMethod.EqualInstalment, chance.Next(2, 60), 0) with { Rate = ScheduleTrials.Price(chance) };
            var principal = Money.Of(chance.Next(1_000, 100_000_000), Currency.Cny);
            var dearer = terms with { Rate = terms.Rate with { Ppm = terms.Rate.Ppm + 100 } };

            var (more, less) = (Plan.Of(dearer, principal, Plan.MidJanuary), Plan.Of(terms, principal, Plan.MidJanuary));
            Assert.True(more.Rows[0].TotalMinor >= less.Rows[0].TotalMinor, $"seed {seed}");
        }
    }

    private static string? Broken(Scheduled schedule, Money principal, DateOnly on)
    {
        var (left, previous) = (principal.MinorUnits, on);
        for (var k = 0; k < schedule.Rows.Count; k++)
        {
            var row = schedule.Rows[k];
            left -= row.PrincipalMinor;
            var isDown = k == 0 && row.Days == 0 && row.DueOn == on;
            var broken = row.Number != k + 1 ? "number"
                : row.PrincipalMinor < 0 || row.InterestMinor < 0 || row.FeeMinor < 0 ? "negative"
                : row.RemainingMinor != left || left < 0 ? "remaining"
                : !isDown && (row.DueOn <= row.FromOn || row.DueOn <= previous) ? "days"
                : row.FromOn != previous ? "gap"
                : null;
            if (broken is not null)
            {
                return $"{broken} in {row}";
            }

            previous = row.DueOn;
        }

        return left == 0 ? null : $"{left} is left";
    }
}
