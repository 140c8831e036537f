using Mingzhang.Domain.AnnualCost;
using Mingzhang.Domain.Disclosure;

namespace Mingzhang.Domain.Tests.Schedules;

/// <summary>A further payment out by every method: 3,000.00 on 2025-01-15, monthly rows at 0.05 % a day, then 1,000.00 more.</summary>
public sealed class SeveralPayoutTests
{
    private static readonly DateOnly First = new(2025, 1, 15);

    [Theory]
    [InlineData(ScheduleMethod.EqualPrincipal, "1000.00 46.50 0.00 | 1500.00 35.00 0.00 | 1500.00 23.25 0.00")]
    [InlineData(ScheduleMethod.InterestFirst, "0.00 46.50 0.00 | 0.00 49.00 0.00 | 4000.00 62.00 0.00")]
    [InlineData(ScheduleMethod.PrincipalByRow, "500.00 46.50 0.00 | 1400.00 42.00 0.00 | 2100.00 32.55 0.00")]
    public void The_rows_not_yet_due_take_it_up(ScheduleMethod method, string rows) => Assert.Equal(rows, Told(
        Plan.Daily(method, 3, 500) with
        {
            PrincipalByRowMinor = method == ScheduleMethod.PrincipalByRow ? [50_000, 100_000, 150_000] : default,
        },
        new DateOnly(2025, 3, 1)));

    [Fact]
    public void A_bullet_pays_each_payment_for_its_own_days() => Assert.Equal("4000.00 157.50 0.00", Told(
        Plan.Daily(ScheduleMethod.Bullet, 1, 500) with { Period = new SchedulePeriod(PeriodUnit.Month, 3) }, new DateOnly(2025, 3, 1)));

    [Fact]
    public void Flat_interest_counts_for_the_periods_to_come() => Assert.Equal(
        "1000.00 30.00 0.00 | 1500.00 40.00 0.00 | 1500.00 40.00 0.00",
        Told(
            new ScheduleTerms { Method = ScheduleMethod.FlatInterest, Count = 3, Rate = ScheduleRate.PerPeriod(10_000) },
            new DateOnly(2025, 2, 15)));

    [Fact]
    public void A_flat_fee_is_on_each_payment() => Assert.Equal(
        "1000.00 0.00 30.00 | 1500.00 0.00 45.00 | 1500.00 0.00 45.00", Told(Plan.Instalments(3, 30_000), new DateOnly(2025, 3, 1)));

    [Fact]
    public void Interest_grace_that_is_over_is_not_given_again() => Assert.Equal(
        "1000.00 0.00 0.00 | 1500.00 81.50 0.00 | 1500.00 23.25 0.00",
        Told(Plan.Daily(ScheduleMethod.EqualPrincipal, 3, 500) with { InterestGraceRows = 1 }, new DateOnly(2025, 3, 1)));

    [Fact]
    public void After_the_last_due_day_nothing_goes_out_any_more()
    {
        var terms = new LoanBookTerms { Schedule = Plan.Daily(ScheduleMethod.InterestFirst, 3, 500) };
        var refused = Assert.IsType<LoanBookRefused>(LoanBook.Of(
            terms, [new PaidOut(First, 300_000), new PaidOut(new DateOnly(2025, 4, 15), 100_000)]));
        Assert.Equal((ScheduleFault.Fact, 2), (refused.Why.Fault, refused.FactNumber));
    }

    [Fact]
    public void What_went_out_is_asked_for_by_every_method_and_facts_may_be_told_late()
    {
        foreach (var method in Enum.GetValues<ScheduleMethod>())
        {
            for (var seed = 0; seed < 300; seed++)
            {
                var random = new Random(seed);
                var count = method == ScheduleMethod.Bullet ? 1 : 2 + random.Next(10);
                var amounts = Enumerable.Range(0, count).Select(_ => (long)random.Next(100_000)).ToArray();
                var terms = new LoanBookTerms
                {
                    Schedule = Plan.Daily(method, count, random.Next(600)) with
                    {
                        Fee = new FlatFee(random.Next(50_000), (FeeSpread)random.Next(3)), InterestGraceRows = random.Next(count),
                        PrincipalByRowMinor = method == ScheduleMethod.PrincipalByRow ? ValueList.From(amounts) : default,
                    },
                };
                var principal = method == ScheduleMethod.PrincipalByRow ? amounts.Sum() : 1 + random.Next(1_000_000);
                LoanBookFact[] facts =
                [
                    new PaidOut(First, principal), new PaidOut(First.AddDays(1 + random.Next(20)), 1 + random.Next(500_000)),
                    new PaidOut(First.AddDays(21 + random.Next(9)), 1 + random.Next(500_000)),
                ];
                if (LoanBook.Of(terms, [.. facts]) is LoanBooked loan)
                {
                    Assert.Equal(facts.OfType<PaidOut>().Sum(fact => fact.AmountMinor), loan.Rows.Sum(row => row.Due.PrincipalMinor));
                    Assert.Equal(loan, LoanBook.Of(terms, [.. facts.Reverse()]));
                    Assert.All(loan.Rows, row => Assert.True(row.Due is { PrincipalMinor: >= 0, InterestMinor: >= 0, FeeMinor: >= 0 }));
                }
            }
        }
    }

    [Fact]
    public void Every_payment_out_is_held_to_the_caps_of_its_day_with_a_table_of_its_own()
    {
        var terms = new LoanBookTerms { Schedule = Plan.Instalments(3, 35_000) };
        var (start, later) = (new PaidOut(First, 300_000), new PaidOut(new DateOnly(2025, 4, 1), 100_000));
        var first = Assert.IsType<CostTableMade>(PayoutCosts.Before(Model, terms, [start], Caps)).Table;
        Assert.Equal((10_500L, First), (first.TotalCost.MinorUnits, first.Offer.OfferedOn));
        Assert.InRange(first.Rates.SimplePpm, 200_000, 240_000);
        var above = Assert.IsType<AboveCap>(Assert.IsType<CostTableRefused>(
            PayoutCosts.Before(Model, terms, [start, later], Caps)).Verdict);
        Assert.InRange(above.Rates.SimplePpm, 240_001, 290_000);
        var soon = Assert.IsType<CostTableMade>(
            PayoutCosts.Before(Model, terms, [start, later with { On = First.AddDays(1) }], Caps)).Table;
        Assert.Equal((14_000L, First.AddDays(1)), (soon.TotalCost.MinorUnits, soon.Offer.OfferedOn));
        Assert.NotEqual(first.Id, soon.Id);
        Assert.IsType<CostTableFaulty>(PayoutCosts.Before(Model, terms, [start, later with { On = First.AddYears(1) }], Caps));
    }

    private static CapTable Caps { get; } = new(
        [new CapRow(null, 0, null, new Validity(new DateOnly(2020, 9, 1), null), 240_000, new Clause("测试", "test", "test", false))]);

    private static CostOffer Model { get; } = new(
        "facility", 1, "bank", First, First, Money.Of(1, Currency.Cny), [],
        [new CostItem(CostKind.Fee, CostTiming.EachInstalment, 0, 35_000, CostBasis.PrincipalOnce, "lender")], "w");

    private static string Told(ScheduleTerms terms, DateOnly laterOn)
    {
        var loan = Assert.IsType<LoanBooked>(LoanBook.Of(
            new LoanBookTerms { Schedule = terms }, [new PaidOut(First, 300_000), new PaidOut(laterOn, 100_000)]));
        return string.Join(" | ", loan.Rows.Select(row => FormattableString.Invariant(
            $"{row.Due.PrincipalMinor / 100m:0.00} {row.Due.InterestMinor / 100m:0.00} {row.Due.FeeMinor / 100m:0.00}")));
    }
}
