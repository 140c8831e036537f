using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;

namespace Mingzhang.Services.Sandbox;

/// <summary>The stories of the demo customers, March to July 2026. Merchants are everyday ones, amounts are fen.</summary>
internal static class DemoStories
{
    /// <summary>Every step of every story.</summary>
    /// <param name="terms">Of the pay-later stories.</param>
    /// <param name="book">All terms; a story of a product that is not in it is left out.</param>
    public static IEnumerable<DemoStep> All(ProductTerms terms, TermsBook book)
    {
        DemoStory Of(string story) => new(DemoCustomer.All.Single(customer => customer.Story == story), terms);
        return ((DemoStory[])
        [
            Paid(Of("paid")), Revolver(Of("revolver")), Cured(Of("cured")), Frozen(Of("frozen")),
            Closing(Of("closing"), terms), Corrected(Of("corrected")), New(Of("new")), Overdue(Of("overdue")),
            Spender(Of("spender")),
        ]).Concat(DemoLoanStories.All(book)).SelectMany(story => story.Steps);
    }

    private static DemoStory Paid(DemoStory s) => s.Opens("03-02", 20_000)
        .Add("03-02", day => new SetAutoRepay(true, ["bank-card"]) { EffectiveOn = day })
        .Buys("03-06", 12_890, "盒马鲜生").Buys("03-09", 1_850, "瑞幸咖啡").Buys("03-15", 46_800, "京东商城").Buys("03-23", 8_640, "滴滴出行")
        .PaysBill("04-10")
        .Buys("04-03", 23_150, "永辉超市").Buys("04-12", 9_900, "中国移动").Buys("04-18", 128_000, "携程旅行").Buys("04-26", 3_980, "淘票票")
        .PaysBill("05-10")
        .Buys("05-04", 15_620, "盒马鲜生").Buys("05-11", 2_200, "杭州地铁").Buys("05-20", 32_500, "优衣库").Buys("05-27", 7_460, "老百姓大药房")
        .PaysBill("06-09")
        .Buys("06-02", 19_340, "天猫超市").Buys("06-08", 4_560, "滴滴出行").Buys("06-13", 86_400, "小米商城").Buys("06-16", 18_635, "国网浙江电力")
        .Refunded("06-19", "06-13", 9_900)
        .Buys("06-24", 23_800, "外婆家餐厅").Buys("06-29", 1_980, "瑞幸咖啡")
        .Add("06-20", day => new GrantTemporaryLimit(
            new TemporaryLimit("summer-2026", s.Yuan(300_000), day, new DateOnly(2026, 7, 20)), "618") { EffectiveOn = day })
        .Add("06-20", day => new SetLinkedService("video-membership", true) { EffectiveOn = day })
        .Buys("07-02", 28_380, "盒马鲜生").Buys("07-03", 970, "杭州地铁").Buys("07-04", 6_586, "瑞幸咖啡")
        .Holds("07-05", 45_900, "飞猪酒店");

    private static DemoStory Revolver(DemoStory s) => s.Opens("03-02", 15_000)
        .Buys("03-05", 235_000, "苏宁易购").Buys("03-14", 18_600, "美团外卖").Buys("03-25", 42_300, "京东商城")
        .Pays("04-10", 60_000)
        .Buys("04-08", 31_500, "永辉超市").Buys("04-21", 56_000, "南方航空")
        .Pays("05-09", 260_000)
        .Buys("05-06", 12_450, "盒马鲜生").Buys("05-18", 27_800, "迪卡侬").Buys("05-21", 159_900, "小米商城")
        .Pays("06-10", 100_000)
        .Buys("06-07", 16_900, "美团外卖").Buys("06-18", 119_900, "京东商城").Buys("06-26", 8_320, "滴滴出行")
        .Buys("07-02", 21_430, "天猫超市").Buys("07-04", 3_600, "瑞幸咖啡");

    private static DemoStory Cured(DemoStory s) => s.Opens("03-02", 12_000)
        .Buys("03-08", 56_700, "京东商城").Buys("03-19", 8_900, "美团外卖").PaysBill("04-09")
        .Buys("04-07", 144_000, "链家租房").Buys("04-22", 21_600, "永辉超市")
        .Pays("05-26", 60_000)
        .Pays("06-08", 107_529)
        .Buys("06-28", 15_800, "盒马鲜生").Buys("07-03", 4_250, "滴滴出行");

    private static DemoStory Frozen(DemoStory s) => s.Opens("03-02", 18_000)
        .Buys("03-11", 88_000, "携程旅行").PaysBill("04-08")
        .Buys("04-15", 36_420, "天猫超市").Buys("04-28", 15_900, "优衣库").PaysBill("05-09")
        .Buys("05-13", 64_800, "苏宁易购").PaysBill("06-10")
        .Add("06-18", day => new Restrict(
            "risk-20260618", [Permission.Spend], RestrictionReason.Risk, null, Actor.Staff, null) { EffectiveOn = day })
        .Buys("06-09", 23_600, "美团外卖").PaysBill("07-02");

    private static DemoStory Closing(DemoStory s, ProductTerms terms) => s.Opens("03-02", 10_000)
        .Buys("03-16", 34_500, "唯品会").PaysBill("04-10")
        .Buys("05-07", 19_900, "中国移动").PaysBill("06-08")
        .Buys("06-05", 72_600, "京东商城").Buys("06-21", 13_480, "永辉超市")
        .Add("07-01", day => new RequestClosing(ClosingMode.RunOff, terms.Closing.NoticeVersion, "not-needed") { EffectiveOn = day })
        .Add("07-02", day => new ConfirmClosing(true, false) { EffectiveOn = day })
        .Pays("07-03", 30_000);

    private static DemoStory Corrected(DemoStory s) => s.Opens("03-02", 16_000)
        .Buys("03-12", 45_600, "京东商城").PaysBill("04-10")
        .Buys("05-09", 98_000, "海底捞火锅").Buys("05-22", 52_400, "南方航空")
        .Buys("06-04", 11_900, "盒马鲜生")
        .Pays("07-03", 150_400, effective: "06-09");

    private static DemoStory New(DemoStory s) => s.Opens("07-03", 8_000)
        .Buys("07-04", 15_900, "名创优品").Holds("07-05", 9_900, "淘票票");

    private static DemoStory Overdue(DemoStory s) => s.Opens("03-02", 9_000)
        .Buys("03-20", 24_500, "美团外卖").PaysBill("04-10")
        .Buys("05-05", 166_000, "苏宁易购").Buys("05-24", 38_700, "永辉超市")
        .Buys("06-03", 9_460, "滴滴出行");

    private static DemoStory Spender(DemoStory s) => s.Opens("03-02", 25_000)
        .Add("03-02", day => new SetAutoRepay(true, ["bank-card"]) { EffectiveOn = day })
        .Buys("03-04", 2_500, "视频会员").Buys("03-05", 15_800, "永辉超市").Buys("03-08", 39_900, "星跃健身").Buys("03-11", 3_200, "瑞幸咖啡")
        .Buys("03-17", 26_750, "海底捞火锅").Buys("03-21", 5_560, "滴滴出行").Buys("03-26", 18_320, "国网浙江电力")
        .PaysBill("04-10")
        .Buys("04-04", 2_500, "视频会员").Buys("04-07", 21_430, "盒马鲜生").Buys("04-08", 39_900, "星跃健身").Buys("04-14", 98_600, "携程旅行")
        .Buys("04-19", 4_380, "滴滴出行").Buys("04-24", 12_900, "老百姓大药房").Buys("04-28", 9_900, "中国移动")
        .PaysBill("05-10")
        .Buys("05-04", 2_500, "视频会员").Buys("05-06", 19_860, "永辉超市").Buys("05-08", 39_900, "星跃健身").Buys("05-15", 7_800, "淘票票")
        .Buys("05-18", 64_900, "优衣库").Buys("05-23", 17_640, "外婆家餐厅").Buys("05-28", 9_900, "中国移动")
        .PaysBill("06-10")
        .Buys("06-04", 2_500, "视频会员").Buys("06-06", 23_970, "盒马鲜生").Buys("06-08", 39_900, "星跃健身").Buys("06-12", 189_900, "小米商城")
        .Buys("06-17", 21_250, "海底捞火锅").Buys("06-21", 6_640, "滴滴出行").Buys("06-28", 9_900, "中国移动")
        .Refunded("06-25", "06-12", 30_000)
        .Buys("07-01", 16_430, "盒马鲜生").Buys("07-03", 8_750, "美团外卖").Buys("07-04", 2_500, "视频会员").Buys("07-05", 3_300, "瑞幸咖啡");
}
