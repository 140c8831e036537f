namespace Mingzhang.Domain.Tests.Versions;

/// <summary>No term changes unnoticed, and what is worse for the customer is called worse.</summary>
public sealed class TermsComparisonTests
{
    private static readonly ProductTerms Full = LoanLine.WithPlans with
    {
        Loan = LoanLine.Cash.Loan,
        Lenders = [new LenderTerms("own", new LocalText("甲", "A"), 300_000, true), new LenderTerms("b", new LocalText("乙", "B"), 700_000,
            false)],
        MinimumPayment = TestTerms.PayLater.MinimumPayment with { AllBelow = Yuan(100) },
        SampleFields = ["limits"],
        CostItems = [.. Enum.GetValues<Mingzhang.Domain.Disclosure.CostKind>()],
    };

    [Fact]
    public void Every_single_value_of_the_terms_is_compared()
    {
        var leaves = TermsLeaves.Of(Full).ToList();
        Assert.True(leaves.Count > 120, $"{leaves.Count} values");
        var missed = leaves.Where(leaf => leaf.Changed == Full || TermsComparison.Of(Full, leaf.Changed).Count == 0);
        Assert.Empty(missed.Select(leaf => leaf.Name));
    }

    [Fact]
    public void A_yes_that_is_better_is_told_as_it_stands()
    {
        static ProductTerms Terms(bool repaid) => TestTerms.PayLater with
        {
            Revolving = TestTerms.PayLater.Revolving with { Bears = new BearingRule(true, true, RepaidCountsFromStatement: repaid) },
        };

        var (strict, simplified) = (Terms(false), Terms(true));
        var change = Assert.Single(TermsComparison.Of(strict, simplified));
        Assert.Equal(("False", "True", TermEffect.Better), (change.Before, change.After, change.Effect));
        Assert.Equal(TermEffect.Worse, Assert.Single(TermsComparison.Of(simplified, strict)).Effect);
    }

    [Fact]
    public void The_same_terms_do_not_differ() => Assert.Empty(TermsComparison.Of(Full, Full));

    [Fact]
    public void A_dearer_price_is_worse_and_a_longer_grace_is_better()
    {
        var dearer = Full with { Revolving = new PriceTerms(Rate.PerDay(600), Rounding.HalfUp) };
        Assert.Equal([new TermChange("revolving.dailyPpm", "500", "600", TermEffect.Worse)], TermsComparison.Of(Full, dearer));
        Assert.Equal(TermEffect.Better, Assert.Single(TermsComparison.Of(dearer, Full)).Effect);
        var graced = Full with { Overdue = Full.Overdue with { GraceDays = 3 } };
        Assert.Equal([new TermChange("overdue.graceDays", "0", "3", TermEffect.Better)], TermsComparison.Of(Full, graced));
        Assert.Equal("overdue", TermsComparison.Of(Full, graced)[0].Part);
    }

    [Fact]
    public void A_scene_that_is_gone_is_worse_and_a_new_one_better()
    {
        var fewer = Full with { Scenes = Full.Scenes.Where(scene => scene.Code != "travel") };
        Assert.Equal([new TermChange("scenes[travel]", "travel", "", TermEffect.Worse)], TermsComparison.Of(Full, fewer));
        Assert.Equal([new TermChange("scenes[travel]", "", "travel", TermEffect.Better)], TermsComparison.Of(fewer, Full));
    }

    [Fact]
    public void Consent_is_needed_for_what_is_worse_or_cannot_be_told_and_not_for_names()
    {
        Assert.False(TermsComparison.NeedsConsent(TermsComparison.Of(Full, Full with { Version = 2, Name = new LocalText("新", "New") })));
        Assert.False(TermsComparison.NeedsConsent(TermsComparison.Of(Full, Full with { RefundWindowDays = 400 })));
        Assert.True(TermsComparison.NeedsConsent(TermsComparison.Of(Full, Full with { RefundWindowDays = 10 })));
        var order = Full with { AllocationOrder = ValueList.From(Full.AllocationOrder.Reverse()) };
        Assert.True(TermsComparison.NeedsConsent(TermsComparison.Of(Full, order)));
    }
}
