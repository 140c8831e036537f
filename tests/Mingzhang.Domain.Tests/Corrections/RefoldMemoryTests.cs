namespace Mingzhang.Domain.Tests.Corrections;

/// <summary>A correction decided from remembered foldings is the one decided from the opening.</summary>
public sealed class RefoldMemoryTests
{
    [Fact]
    public void Corrections_near_and_far_are_the_same_with_and_without_memory()
    {
        var line = TestLine.Opened(limit: 50_000);
        for (var i = 0; i < 900; i++)
        {
            line.On($"2026-0{5 + (i / 300)}-{1 + (i % 300 / 12):00}").Buy(1, $"b{i}").Pay(0.9m, $"r{i}");
        }

        var memory = new RefoldMemory();
        foreach (var (id, day) in new[] { ("l1", "2026-07-20"), ("l2", "2026-05-03"), ("l3", "2026-07-24"), ("l4", "2026-06-02") })
        {
            var on = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
            var late = new PostOfflinePurchase(id, Yuan(3), "groceries", "x") { EffectiveOn = on };
            var remembered = AccountCorrector.Decide(line.State, line.History, late, line.Book, line.Today, memory);
            Assert.Equal(AccountCorrector.Decide(line.State, line.History, late, line.Book, line.Today), remembered);
            line.Accept(late);
        }

        var withdrawal = new ReturnRepayment("r850", "bank") { EffectiveOn = line.Today };
        Assert.Equal(
            AccountCorrector.Decide(line.State, line.History, withdrawal, line.Book, line.Today),
            AccountCorrector.Decide(line.State, line.History, withdrawal, line.Book, line.Today, memory));
        line.Prove();
    }
}
