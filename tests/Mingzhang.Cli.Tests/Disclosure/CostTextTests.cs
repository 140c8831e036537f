using Mingzhang.Domain.AnnualCost;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Schedules;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Wording;

namespace Mingzhang.Cli.Tests.Disclosure;

/// <summary>The cost table and every refusal about cost, in both languages.</summary>
public sealed class CostTextTests
{
    private static readonly CostRules Rules = CostRulesFile.Read(Path.Combine(Mz.Root, "products"));

    [Fact]
    public void The_table_says_principal_items_totals_both_rates_cap_and_what_is_only_taken_when_late()
    {
        var english = CostTableText.Lines(Table(), chinese: false).Select(line => $"{line.Label}: {line.Value}");
        var chinese = CostTableText.Lines(Table(), chinese: true).Select(line => $"{line.Label}：{line.Value}");

        Assert.Equal(
            [
                "Principal: CNY 12,000.00",
                "Fee: CNY 1,056.00 · 8.8 % of the principal · with each instalment · to Lender",
                "Total cost: CNY 1,056.00",
                "Principal and cost: CNY 13,056.00",
                "Annual cost, simple: 15.86 %",
                "Annual cost, compound: 17.07 %",
                "Cap on the simple rate: 24.00 % · Notice 金规〔2025〕9号 on internet lending assistance",
                "Late charge, only when overdue: 0.05 % a day of what is overdue · per day when late · to Lender",
            ],
            english);
        Assert.Contains("年化综合融资成本（单利）：15.86 %", chinese);
        Assert.Contains("手续费：CNY 1,056.00 · 本金的 8.8 % · 随每期收取 · 收取方：Lender", chinese);
        Assert.Equal("年化 15.86 %（单利）", CostTableText.SimpleRate(Table().Rates, chinese: true));
    }

    [Fact]
    public void Every_refusal_has_words_in_both_languages_and_names_its_clause()
    {
        var rates = new AnnualRates(250_000, 280_000);
        var row = Rules.Caps.Find("bank", 365, new(2026, 11, 22))!;
        Both(chinese => CostAnswerText.Of(new AboveCap(row, rates), chinese), "金规〔2025〕9号");
        Both(chinese => CostAnswerText.Of(new WithinCap(row, rates), chinese), "");
        Both(chinese => CostAnswerText.Of(new NoCapKnown("bank", new(2026, 11, 22)), chinese), "");
        Assert.All(Enum.GetValues<GateGap>(), gap =>
            Both(chinese => CostAnswerText.Of(new GateShut(gap, Rules.Gate.Duties[0]), chinese), "金规〔2026〕2号"));
        Assert.All(Enum.GetValues<ExposureRule>(), rule => Both(
            chinese => CostAnswerText.Of(new ExposureRefused(rule, Rules.Exposure.Rows[0].CapClause, 123_456), Currency.Cny, chinese), ""));
        Assert.Contains("1,234.56", CostAnswerText.Of(new ExposureRefused(ExposureRule.PersonCap, null, 123_456), Currency.Cny, false));
        Assert.All(Enum.GetValues<CostKind>(), kind => Both(chinese => CostAnswerText.Of(new OutsideTable(kind, "id"), chinese), ""));
        var aboveTable = new AboveTable(CostKind.Fee, Money.Of(1, Currency.Cny), Money.Of(2, Currency.Cny), "id");
        Both(chinese => CostAnswerText.Of(aboveTable, chinese), "");
        Both(chinese => CostAnswerText.Of(new InTable(), chinese), "");
        Both(CostTableText.Title, "");
        Both(CostTableText.NothingElse, "");
    }

    [Fact]
    public void Percent_has_two_digits_and_rounds_half_up()
    {
        Assert.Equal("15.86 %", CostTableText.Percent(158_643));
        Assert.Equal("24.01 %", CostTableText.Percent(240_050));
        Assert.Equal("0.00 %", CostTableText.Percent(49));
        Assert.Equal("-1.00 %", CostTableText.Percent(-10_000));
    }

    private static void Both(Func<bool, string> text, string clause)
    {
        Assert.Contains(text(true), c => c > '\u4e00');
        Assert.NotEqual(text(true), text(false));
        Assert.Contains(clause, text(true), StringComparison.Ordinal);
    }

    private static CostTable Table()
    {
        var on = new DateOnly(2026, 11, 22);
        var rows = Enumerable.Range(1, 12).Select(i => new ScheduleRow(
            i, on.AddMonths(i - 1), on.AddMonths(i), 100_000, 0, 8_800, 1_200_000 - (100_000 * i)));
        var offer = new CostOffer(
            "instalment", 1, "bank", on, on, Money.Of(1_200_000, Currency.Cny), ValueList.From(rows),
            [
                new CostItem(CostKind.Fee, CostTiming.EachInstalment, 105_600, 88_000, CostBasis.PrincipalOnce, "Lender"),
                new CostItem(CostKind.LateCharge, CostTiming.WhenLate, 0, 500, CostBasis.OverduePerDay, "Lender"),
            ],
            CostTableText.Version);
        return Assert.IsType<CostTableMade>(CostTableMaker.Make(offer, Rules.Caps)).Table;
    }
}
