using static Mingzhang.Domain.Tests.Schedules.Plan;

namespace Mingzhang.Domain.Tests.Schedules;

/// <summary>10,000.00 at 0.04 % a day in twelve months from 2025-01-15 (case T9), paid early.</summary>
public sealed class EarlyRepaymentTests
{
    private static readonly ScheduleTerms Terms = Daily(ScheduleMethod.EqualInstalment, 12, 400);
    private static readonly Scheduled Year = Of(Terms, Yuan(10_000), MidJanuary);
    private static readonly DateOnly April = new(2025, 4, 1);

    [Fact]
    public void Interest_is_paid_for_the_actual_days_and_the_rows_ask_for_less()
    {
        var paid = Assert.IsType<EarlyRepaid>(EarlyRepayment.Of(Terms, Year, April, 400_000, EarlyChoice.LowerRows));

        Assert.Equal(Year.Rows[1].RemainingMinor * 400 * 17 / 1_000_000, paid.InterestMinor);
        Assert.Equal("9 × 469.81, 469.86", Runs(paid.Rows.Select(row => row.TotalMinor)));
        Assert.Equal((3, new DateOnly(2025, 4, 15)), (paid.Rows[0].Number, paid.Rows[0].DueOn));
    }

    [Fact]
    public void Or_there_are_fewer_rows_and_none_asks_for_more_than_before()
    {
        var paid = Assert.IsType<EarlyRepaid>(EarlyRepayment.Of(Terms, Year, April, 400_000, EarlyChoice.FewerRows));

        Assert.Equal(5, paid.Rows.Count(row => row.TotalMinor == 90_041));
        Assert.Equal(6, paid.Rows.Count);
        Assert.True(paid.Rows[^1].TotalMinor <= 90_041);
    }

    [Fact]
    public void All_of_it_settles_the_loan()
    {
        var left = Year.Rows[1].RemainingMinor;
        var paid = Assert.IsType<EarlyRepaid>(EarlyRepayment.Of(Terms, Year, April, left, EarlyChoice.LowerRows));

        Assert.Equal((left, 0), (paid.PrincipalMinor, paid.Rows.Count));
    }

    [Fact]
    public void Seven_days_cost_seven_days() // T12
    {
        var loan = Of(Daily(ScheduleMethod.Bullet, 1, 400), Yuan(10_000), MidJanuary);
        var paid = Assert.IsType<EarlyRepaid>(EarlyRepayment.Of(
            Daily(ScheduleMethod.Bullet, 1, 400), loan, MidJanuary.AddDays(7), 1_000_000, EarlyChoice.LowerRows));

        Assert.Equal(2_800, paid.InterestMinor);
    }

    [Theory]
    [InlineData("2026-01-15", 1, ScheduleFault.DayOrder)]
    [InlineData("2025-01-14", 1, ScheduleFault.DayOrder)]
    [InlineData("2025-04-01", 0, ScheduleFault.Amount)]
    [InlineData("2025-04-01", 1_000_001, ScheduleFault.Amount)]
    public void What_cannot_be_is_refused(string day, long minor, ScheduleFault fault) => Assert.Equal(fault, Assert.IsType<EarlyRefused>(
        EarlyRepayment.Of(Terms, Year, DateOnly.ParseExact(day, "yyyy-MM-dd"), minor, EarlyChoice.LowerRows)).Why.Fault);

    [Fact]
    public void On_random_schedules_the_rows_sum_to_what_is_left_and_neither_choice_costs_more()
    {
        var done = 0;
        for (var seed = 0; seed < 5_000; seed++)
        {
            var chance = new Random(seed);
            var (terms, principal, on) = ScheduleTrials.Next(chance);
            terms = terms with { InterestGraceRows = 0, Shift = DayShift.None };
            if (RepaymentSchedule.Of(terms, principal, on) is not Scheduled before)
            {
                continue;
            }

            var day = on.AddDays(chance.Next(1, before.Rows[^1].DueOn.DayNumber - on.DayNumber + 1));
            var left = principal.MinorUnits - before.Rows.Where(row => row.DueOn <= day).Sum(row => row.PrincipalMinor);
            var amount = chance.NextInt64(0, left + 1);
            foreach (var choice in Enum.GetValues<EarlyChoice>())
            {
                if (EarlyRepayment.Of(terms, before, day, amount, choice) is not EarlyRepaid paid)
                {
                    continue;
                }

                done++;
                var due = before.Rows.Where(row => row.DueOn > day).ToList();
                Assert.True(left - amount == paid.Rows.Sum(row => row.PrincipalMinor), $"seed {seed} {choice}: principal");
                Assert.True(paid.Rows.All(row => row.PrincipalMinor >= 0 && row.InterestMinor >= 0), $"seed {seed} {choice}: negative");
                Assert.True(paid.Rows.Count <= due.Count, $"seed {seed} {choice}: more rows");
            }
        }

        Assert.True(done > 3_000, $"only {done}");
    }
}
