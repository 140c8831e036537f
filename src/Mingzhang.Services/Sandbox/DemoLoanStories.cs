using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;

namespace Mingzhang.Services.Sandbox;

/// <summary>The stories of the customers with loans and instalments. Money paid is what each row asks for.</summary>
internal static class DemoLoanStories
{
    /// <summary>Every story whose product is in the book.</summary>
    public static IEnumerable<DemoStory> All(TermsBook book)
    {
        (string Story, int Version, Func<DemoStory, DemoStory> Tell)[] stories =
        [
            ("loan", 1, Loan), ("loan-overdue", 1, LoanOverdue), ("reserve", 1, Reserve), ("plan", 2, Plan), ("joint", 1, Joint),
            ("bank-line", 1, BankLine), ("relief", 2, Relief),
        ];
        foreach (var (story, version, tell) in stories)
        {
            var who = DemoCustomer.All.Single(customer => customer.Story == story);
            if (book.Find(who.Product, version) is { } terms)
            {
                yield return tell(new DemoStory(who, terms));
            }
        }

        // One person with two products: a line of purchases, and a loan beside it.
        var both = DemoCustomer.All.Single(customer => customer.Story == "two");
        if (book.Find(DemoHouse.Product, 1) is { } line && book.Find("cash-loan", 1) is { } loan)
        {
            yield return Line(new DemoStory(both, line));
            yield return BesideIt(new DemoStory(both, loan));
        }
    }

    private static DemoStory Line(DemoStory s) => s.Opens("04-02", 10_000)
        .Buys("05-06", 36_800, "盒马鲜生").Buys("05-21", 89_900, "优衣库").PaysBill("06-09")
        .Buys("06-08", 21_300, "永辉超市").Buys("06-27", 45_600, "京东商城");

    private static DemoStory BesideIt(DemoStory s) => s.Opens("05-02", 20_000)
        .Borrows("05-10", 6_000, "equal", 6, "training").PaysRow("06-10");

    // 12,000.00 in twelve equal instalments from 8 March; three rows paid, the fourth due on 8 July.
    private static DemoStory Loan(DemoStory s) => s.Opens("03-04", 50_000)
        .Add("03-04", day => new SetAutoRepay(true, ["bank-card"]) { EffectiveOn = day })
        .Borrows("03-08", 12_000, "equal", 12, "renovation")
        .PaysRow("04-08").PaysRow("05-08").PaysRow("06-08");

    // 8,000.00 in six equal instalments; the row of 12 June was not paid.
    private static DemoStory LoanOverdue(DemoStory s) => s.Opens("03-06", 30_000)
        .Borrows("03-12", 8_000, "equal", 6, "training")
        .PaysRow("04-12").PaysRow("05-12");

    // 500.00 for seven days, due in three days; one was repaid before.
    private static DemoStory Reserve(DemoStory s) => s.Opens("05-20", 500)
        .Borrows("06-03", 500, "week", 1, "daily").PaysRow("06-10")
        .Borrows("07-01", 500, "week", 1, "daily");

    // The bill of 1 June in twelve rows; the first stands on the bill of 1 July.
    private static DemoStory Plan(DemoStory s) => s.Opens("05-03", 20_000)
        .Buys("05-08", 189_900, "永辉超市").Buys("05-16", 268_000, "携程旅行").Buys("05-23", 22_100, "外婆家餐厅")
        .Splits("06-05", "06-01", 480_000, 12)
        .Buys("06-12", 35_600, "盒马鲜生").Buys("06-25", 9_800, "滴滴出行").Buys("07-03", 26_400, "永辉超市");

    // 30,000.00 in twelve rows, lent by a bank and the house together.
    private static DemoStory Joint(DemoStory s) => s.Opens("04-10", 80_000)
        .Borrows("04-16", 30_000, "equal", 12, "medical")
        .PaysRow("05-16").PaysRow("06-16");

    // Purchases that two banks fund; the minimum of the bill of 1 June was paid, the bill of 1 July stands open.
    private static DemoStory BankLine(DemoStory s) => s.Opens("05-06", 12_000)
        .Buys("05-10", 88_001, "京东商城").Buys("05-19", 31_900, "永辉超市").Buys("05-27", 12_600, "外婆家餐厅")
        .Pays("06-10", 40_000)
        .Buys("06-11", 25_800, "盒马鲜生").Buys("06-20", 149_900, "小米商城").Buys("07-02", 6_400, "滴滴出行");

    // The bill of 1 June was missed; from 24 June it runs in ten rows, the first on the bill of 1 July.
    private static DemoStory Relief(DemoStory s) => s.Opens("05-04", 15_000)
        .Buys("05-08", 389_900, "京东商城").Buys("05-17", 62_000, "永辉超市").Buys("05-25", 15_800, "老百姓大药房")
        .IsRelieved("06-18", "06-22", "06-24", 10);
}
