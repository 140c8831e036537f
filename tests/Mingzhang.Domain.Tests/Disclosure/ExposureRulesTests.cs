using Mingzhang.Domain.Disclosure;

namespace Mingzhang.Domain.Tests.Disclosure;

/// <summary>How much one person may owe: 200,000 yuan, 300,000 for good credit from 2025-03-24; half of the income to debts.</summary>
public sealed class ExposureRulesTests
{
    private static readonly ExposureTable Table = Offers.Shipped.Exposure;

    private static readonly ExposureQuestion Question = new(
        "standard", new(2026, 11, 22), 6_000_000, 0, [new OwnExposure(10_000_000, 0), new OwnExposure(5_000_000, 0)], [], 1_000_000);

    [Theory]
    [InlineData("standard", "2026-11-22", 5_000_000)]
    [InlineData("good-credit", "2025-03-23", 5_000_000)]
    [InlineData("good-credit", "2025-03-24", 15_000_000)]
    public void The_cap_over_all_accounts_depends_on_class_and_day(string customerClass, string on, long possible)
    {
        var question = Question with
        {
            Class = customerClass, On = DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), AskedMinor = possible,
        };

        Assert.Equal(new ExposureAllowed(0), ExposureRules.Check(question, Table));
        var refused = Assert.IsType<ExposureRefused>(ExposureRules.Check(question with { AskedMinor = possible + 1 }, Table));
        Assert.Equal((ExposureRule.PersonCap, possible, false), (refused.Rule, refused.PossibleMinor, refused.Clause is null));
    }

    [Fact]
    public void Debts_to_others_count_into_the_share_of_income_but_not_into_the_cap()
    {
        var question = Question with
        {
            AskedMinor = 1_200_000, AskedMonthlyMinor = 108_800, Own = [new OwnExposure(1_000_000, 150_000)],
            Declared = [new DeclaredDebt(90_000_000, 250_000)],
        };

        var refused = Assert.IsType<ExposureRefused>(ExposureRules.Check(question, Table));

        // Half of 10,000.00 is 5,000.00; 4,000.00 is taken; 1,000.00 / 1,088.00 of what was asked fits.
        Assert.Equal((ExposureRule.OverIndebted, 1_102_941), (refused.Rule, refused.PossibleMinor));
        Assert.IsType<ExposureAllowed>(ExposureRules.Check(question with { AskedMonthlyMinor = 100_000 }, Table));
    }

    [Fact]
    public void What_is_possible_is_never_below_zero_and_never_above_either_rule()
    {
        var random = new Random(20_261_122);
        for (var i = 0; i < 5000; i++)
        {
            var question = Question with
            {
                AskedMinor = random.Next(1, 30_000_000), AskedMonthlyMinor = random.Next(0, 400_000),
                Own = [new OwnExposure(random.Next(0, 30_000_000), random.Next(0, 500_000))],
                Declared = [new DeclaredDebt(0, random.Next(0, 500_000))], MonthlyIncomeMinor = random.Next(0, 2_000_000),
            };

            var answer = ExposureRules.Check(question, Table);

            if (answer is ExposureRefused { PossibleMinor: var possible })
            {
                Assert.InRange(possible, 0, question.AskedMinor - 1);
                var scaled = (long)((Int128)question.AskedMonthlyMinor * possible / question.AskedMinor);
                Assert.True(possible == 0 || ExposureRules.Check(
                    question with { AskedMinor = possible, AskedMonthlyMinor = scaled }, Table) is ExposureAllowed);
            }
        }
    }

    [Fact]
    public void Without_a_rule_or_an_income_nothing_is_lent()
    {
        Assert.Equal(ExposureRule.NoRule, Refused(Question with { Class = "unheard-of" }));
        Assert.Equal(ExposureRule.NoRule, Refused(Question with { On = new(2020, 7, 11) }));
        Assert.Equal(ExposureRule.IncomeUnknown, Refused(Question with { MonthlyIncomeMinor = null, NeedsIncome = true }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExposureRules.Check(Question with { AskedMinor = 0 }, Table));
    }

    private static ExposureRule Refused(ExposureQuestion question)
    {
        var refused = Assert.IsType<ExposureRefused>(ExposureRules.Check(question, Table));
        Assert.Equal(0, refused.PossibleMinor);
        return refused.Rule;
    }
}
