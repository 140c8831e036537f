using Mingzhang.Domain.AnnualCost;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Schedules;

namespace Mingzhang.Domain.Tests.Disclosure;

/// <summary>The table is made of what will be asked for, and nothing else is ever asked for.</summary>
public sealed class CostTableTests
{
    [Fact]
    public void Twelve_thousand_in_twelve_with_a_fee_of_8_8_percent_costs_1056_and_15_864_percent_simple()
    {
        var table = Offers.Table();

        Assert.Equal((105_600, 1_305_600), (table.TotalCost.MinorUnits, table.TotalPayable.MinorUnits));
        Assert.Equal(new AnnualRates(158_643, 170_702), table.Rates);
        Assert.Equal(240_000, table.Cap.AnnualPpm);
        Assert.Equal(64, table.Id.Length);
    }

    [Fact]
    public void The_daily_loan_of_case_T9_costs_14_539_percent_simple_by_its_months()
    {
        List<ScheduleRow> rows = [];
        for (var i = 1; i <= 12; i++)
        {
            rows.Add(new ScheduleRow(i, default, new DateOnly(2025, 1, 15).AddMonths(i), i < 12 ? 90_041 : 90_042, 0, 0, 0));
        }

        var rates = LoanCost.Of(1_000_000, new(2025, 1, 15), rows.ToArray())!.Value;
        var shifted = rows.Select(row => row with { DueOn = row.DueOn.AddDays(row.Number == 3 ? 1 : 0) }).ToArray();
        var dated = LoanCost.Of(1_000_000, new(2025, 1, 15), shifted)!.Value;

        Assert.Equal((14.539, 15.548), (Math.Round(rates.SimplePpm / 1e4, 3), Math.Round(rates.CompoundPpm / 1e4, 3)));
        Assert.Equal(15.61, dated.CompoundPpm / 1e4, 0.02); // XIRR(365) of the case is 15.618 %; one payment a day later
        Assert.Null(LoanCost.Of(1_000_000, new(2025, 1, 15), []));
    }

    [Fact]
    public void The_same_content_has_the_same_id_and_any_change_another()
    {
        var offer = Offers.Flat();
        CostOffer[] changed =
        [
            offer with { TermsVersion = 2 }, offer with { WordingVersion = "cost-table.v2" }, offer with { OfferedOn = new(2026, 11, 23) },
            offer with { Licence = "small-loan" }, Offers.Flat(fee: 105_612), Offers.Flat(fee: 52_800, months: 6),
            offer with { Items = [.. offer.Items.Select(item => item with { Receiver = "another" })] },
            offer with { Items = [.. offer.Items.Select(item => item.IsContingent ? item with { StandardPpm = 600 } : item)] },
        ];

        Assert.Equal(Offers.Table().Id, Offers.Table().Id);
        Assert.Equal(changed.Length + 1, changed.Append(offer).Select(one => Offers.Table(one).Id).Distinct().Count());
    }

    [Fact]
    public void A_loan_above_the_cap_is_refused_with_both_rates_and_the_clause()
    {
        var refused = Assert.IsType<CostTableRefused>(CostTableMaker.Make(Offers.Flat(), Offers.Cap(158_642)));
        var above = Assert.IsType<AboveCap>(refused.Verdict);

        Assert.Equal((158_643, 170_702, "测试上限"), (above.Rates.SimplePpm, above.Rates.CompoundPpm, above.Row.Clause.Zh));
        Assert.IsType<CostTableMade>(CostTableMaker.Make(Offers.Flat(), Offers.Cap(158_643)));
        Assert.IsType<NoCapKnown>(Assert.IsType<CostTableRefused>(CostTableMaker.Make(Offers.Flat(), new CapTable([]))).Verdict);
    }

    [Fact]
    public void The_cap_is_checked_again_on_the_day_of_paying_out()
    {
        var table = Offers.Table();
        var lowered = new CapTable([Offers.Cap(150_000).Rows[0] with { Validity = new(new(2026, 12, 1), null) }]);

        Assert.IsType<WithinCap>(table.CheckAgain(Offers.Cap(240_000), new(2026, 12, 1)));
        Assert.IsType<AboveCap>(table.CheckAgain(lowered, new(2026, 12, 1)));
        Assert.IsType<NoCapKnown>(table.CheckAgain(lowered, new(2026, 11, 30)));
    }

    [Fact]
    public void Nothing_outside_the_table_may_be_posted_and_nothing_above_it()
    {
        var table = Offers.Table();

        Assert.IsType<InTable>(table.MayPost(CostKind.Fee, Yuan(105_600)));
        Assert.IsType<InTable>(table.MayPost(CostKind.LateCharge, Yuan(1)));
        Assert.Equal(Yuan(105_600), Assert.IsType<AboveTable>(table.MayPost(CostKind.Fee, Yuan(105_601))).Listed);
        Assert.IsType<OutsideTable>(table.MayPost(CostKind.Interest, Yuan(1)));
        Assert.IsType<OutsideTable>(table.MayPost(CostKind.ThirdPartyFee, Yuan(1)));
        Assert.IsType<OutsideTable>(table.MayPost(CostKind.MerchantBorne, Yuan(1)));
    }

    [Fact]
    public void Fees_of_third_parties_count_and_what_the_merchant_bears_does_not()
    {
        var offer = Offers.Flat();
        var shared = offer with
        {
            Items =
            [
                offer.Items[0] with { AmountMinor = 60_000 },
                new CostItem(CostKind.ThirdPartyFee, CostTiming.EachInstalment, 45_600, null, CostBasis.Amount, "担保公司"),
                new CostItem(CostKind.MerchantBorne, CostTiming.FirstInstalment, 20_000, null, CostBasis.Amount, "商户"),
            ],
        };
        var table = Offers.Table(shared);

        Assert.Equal((105_600, 20_000), (table.TotalCost.MinorUnits, table.MerchantBorne.MinorUnits));
        Assert.Equal(158_643, table.Rates.SimplePpm);
    }

    public static TheoryData<CostTableFault, CostOffer> Faulty { get; } = new()
    {
        { CostTableFault.NothingLent, Offers.Flat() with { Rows = [] } },
        { CostTableFault.NothingLent, Offers.Flat() with { Principal = Yuan(0) } },
        { CostTableFault.PrincipalDiffers, Offers.Flat() with { Principal = Yuan(1_200_001) } },
        { CostTableFault.RowsOutOfOrder, Offers.Flat() with { DisbursedOn = new(2027, 1, 1) } },
        { CostTableFault.InterestDiffers, Changed(row => row with { InterestMinor = 1 }) },
        { CostTableFault.FeeDiffers, Changed(row => row with { FeeMinor = 1 }) },
        { CostTableFault.RowsOutOfOrder, Changed(row => row with { FeeMinor = -1 }) },
        { CostTableFault.ItemAmount, WithItem(CostKind.LateCharge, 5) },
        { CostTableFault.ItemAmount, WithItem(CostKind.MerchantBorne, -5) },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void An_offer_that_contradicts_itself_makes_no_table(CostTableFault fault, CostOffer offer) =>
        Assert.Equal(new CostTableFaulty(fault), CostTableMaker.Make(offer, Offers.Cap(240_000)));

    private static CostOffer Changed(Func<ScheduleRow, ScheduleRow> change) =>
        Offers.Flat() with { Rows = [change(Offers.Flat().Rows[0]), .. Offers.Flat().Rows.Skip(1)] };

    private static CostOffer WithItem(CostKind kind, long amount) => Offers.Flat() with
    {
        Items = [.. Offers.Flat().Items, new CostItem(kind, CostTiming.WhenLate, amount, null, CostBasis.Amount, "x")],
    };

    private static Money Yuan(long fen) => Money.Of(fen, Currency.Cny);
}
