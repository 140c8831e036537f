using Mingzhang.Services.Raising;
using Mingzhang.Services.Reading;

namespace Mingzhang.Progress;

/// <summary>The rule for higher limits: the behaviour score's factor counts, and every number can be worked out again.</summary>
public sealed class RaiseTests
{
    private static readonly string Folder = Path.Combine(Root(), "products");
    private static readonly RaiseRule Rule = RaiseBook.Read(Folder, isSandbox: true).On(new DateOnly(2026, 7, 1))!;
    private static readonly RaiseFacts Good = new(8, 0, 1_000_000, 1_000_000, 5_000_000, 0, false, "green");

    [Theory]
    [InlineData(8, 1_000_000, 96, 1_300_000, null)]
    [InlineData(8, 630_000, 60, 1_180_000, null)]
    [InlineData(7, 1_000_000, 84, 1_300_000, null)]
    [InlineData(7, 630_000, 52, 0, "points")]
    [InlineData(12, 630_000, 90, 1_180_000, null)]
    public void Who_is_flagged_gets_a_higher_limit_less_often_and_a_smaller_one(
        int months, long factor, int points, long most, string? failed)
    {
        var terms = Rule.Decide(Good with { MonthsDue = months, FactorPpm = factor });
        Assert.Equal((points, most, failed), (terms.Points, terms.MostMinor, terms.Failed));
        Assert.Equal(points, (terms.OnTime - terms.Late) * terms.FactorPpm / 1_000_000);
    }

    [Theory]
    [InlineData(1_000_000, 90, 200_000)]
    [InlineData(630_000, 143, 120_000)]
    public void Temporary_limits_come_less_often_and_smaller_with_the_factor(long factor, int wait, long amount)
    {
        Assert.Equal(wait, Rule.TemporaryWait(factor));
        var terms = Rule.DecideTemporary(Good with { FactorPpm = factor });
        Assert.Equal((amount, 30, (string?)null), (terms.MostMinor, terms.Days, terms.Failed));
        Assert.Equal("points", Rule.DecideTemporary(Good with { FactorPpm = factor, MonthsDue = 4, MonthsLate = 1 }).Failed);
    }

    [Fact]
    public void Each_condition_is_named_the_first_one_first()
    {
        var bad = Good with { Restricted = true, DaysPastDue = 1, Warning = "orange", MonthsDue = 2, LargestMinor = 1_000_000 };
        Assert.Equal("restricted", Rule.Decide(bad).Failed);
        Assert.Equal("overdue", Rule.Decide(bad with { Restricted = false }).Failed);
        Assert.Equal("warning", Rule.Decide(bad with { Restricted = false, DaysPastDue = 0 }).Failed);
        Assert.Equal("months", Rule.Decide(bad with { Restricted = false, DaysPastDue = 0, Warning = "yellow" }).Failed);
        Assert.Equal("largest", Rule.Decide(Good with { LargestMinor = 1_000_000 }).Failed);
        Assert.Equal(0, Rule.Decide(Good with { LargestMinor = 1_000_000 }).MostMinor);
        Assert.Equal((96, 80, 16, "points"), Say(Rule.Decide(Good with { MonthsDue = 10, MonthsLate = 2 })));
        Assert.Equal((0, 480, 0, "points"), Say(Rule.Decide(Good with { MonthsDue = 12, MonthsLate = 12 })));

        static (int OnTime, int Late, int Points, string? Failed) Say(RaiseTerms terms) =>
            (terms.OnTime, terms.Late, terms.Points, terms.Failed);
    }

    [Fact]
    public void Samples_count_in_sandboxes_only_and_a_broken_rule_is_named()
    {
        Assert.Null(RaiseBook.Read(Folder, isSandbox: false).On(new DateOnly(2026, 7, 1)));
        Assert.Null(RaiseBook.Read(Path.GetTempPath(), isSandbox: true).On(new DateOnly(2026, 7, 1)));
        var text = File.ReadAllText(Path.Combine(Folder, RaiseBook.FileName));
        foreach (var (good, bad, named) in (ReadOnlySpan<(string, string, string)>)[
            ("\"stepPpm\": 300000", "\"stepPpm\": 1300000", "stepPpm"), ("\"wait\": 90", "\"wait\": 0", "waits"),
            ("\"monthsDue\": 3", "\"monthsDue\": \"three\"", "monthsDue"), ("\"bound\": 60, ", "", "bound")])
        {
            Assert.Contains(
                named, Assert.Throws<ProductsException>(() => RaiseBook.Parse(text.Replace(good, bad, StringComparison.Ordinal))).Message,
                StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mingzhang.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
