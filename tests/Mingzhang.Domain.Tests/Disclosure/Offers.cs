using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Schedules;

namespace Mingzhang.Domain.Tests.Disclosure;

/// <summary>Offers and rules for tests.</summary>
internal static class Offers
{
    public static DateOnly OfferedOn { get; } = new(2026, 11, 22);

    public static CostRules Shipped { get; } =
        Assert.IsType<CostRulesRead>(CostRules.Parse(RepoFiles.Read("products/cost-rules.json"), "cost-rules.json")).Rules;

    /// <summary>A table of one cap for everybody.</summary>
    public static CapTable Cap(long ppm) =>
        new([new CapRow(null, 0, null, new(new(2020, 1, 1), null), ppm, new Clause("测试上限", "test cap", "a test", true))]);

    /// <summary>A principal in equal parts with a flat fee in equal parts, monthly: case T1 is 12,000.00 with 1,056.00 in 12.</summary>
    public static CostOffer Flat(long principal = 1_200_000, long fee = 105_600, int months = 12, string licence = "bank")
    {
        var rows = new ScheduleRow[months];
        var (left, on) = (principal, new DateOnly(2026, 11, 22));
        for (var i = 0; i < months; i++)
        {
            left -= principal / months;
            rows[i] = new ScheduleRow(i + 1, on.AddMonths(i), on.AddMonths(i + 1), principal / months, 0, fee / months, left);
        }

        return new CostOffer(
            "instalment", 1, licence, OfferedOn, on, Money.Of(principal, Currency.Cny), ValueList.From(rows),
            [
                new CostItem(CostKind.Fee, CostTiming.EachInstalment, fee, 88_000, CostBasis.PrincipalOnce, "明账消费金融"),
                new CostItem(CostKind.LateCharge, CostTiming.WhenLate, 0, 500, CostBasis.OverduePerDay, "明账消费金融"),
            ],
            "cost-table.v1");
    }

    public static CostTable Table(CostOffer? offer = null) =>
        Assert.IsType<CostTableMade>(CostTableMaker.Make(offer ?? Flat(), Cap(240_000))).Table;
}
