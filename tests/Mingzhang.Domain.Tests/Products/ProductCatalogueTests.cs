using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Domain.Tests.Support;

namespace Mingzhang.Domain.Tests.Products;

public sealed class ProductCatalogueTests
{
    public static TheoryData<BrokenProduct> Broken { get; } = [.. BrokenProducts.All];

    [Fact]
    public void The_pay_later_file_says_what_the_rules_page_says()
    {
        var terms = Read(BrokenProducts.PayLater);

        Assert.Equal(("pay-later", 1, 1, Currency.Cny), (terms.Code, terms.Version, terms.Slot, terms.Currency));
        Assert.Equal(10, terms.Cycles[0].DueDays[0]);
        Assert.Equal((1, 5, 10), (terms.StatementDayFor(8)!.Value, terms.StatementDayFor(15)!.Value, terms.StatementDayFor(20)!.Value));
        Assert.Equal((PostingMoment.Receipt, 10), (terms.Scene("online-shop")!.PostsAt, terms.Scene("online-shop")!.AutoConfirmDays));
        Assert.Equal(PostingMoment.Payment, terms.Scene("offline")!.PostsAt);
        Assert.Equal(Money.Of(50_000, Currency.Cny), terms.Limits.Smallest);
        Assert.Equal((100_000L, Rounding.HalfUp), (terms.MinimumPayment.CyclablePpm, terms.MinimumPayment.Rounding));
        Assert.Equal((Rate.PerDay(500), Rate.PerDay(500)), (terms.Revolving.Rate, terms.Overdue.Rate));
        Assert.Equal(AllocationBucket.OverdueCharge, terms.AllocationOrder[0]);
        Assert.Equal(240_000, terms.CapOn(terms.EffectiveFrom)!.AnnualPpm);
        Assert.Contains("revolving.dailyPpm", terms.SampleFields);
    }

    [Fact]
    public void The_small_loan_cap_falls_to_12_percent_at_the_end_of_2027()
    {
        var terms = Read(BrokenProducts.With(p => (p["licence"], p["effectiveFrom"]) = ("small-loan", "2026-01-01")));

        Assert.Equal(240_000, terms.CapOn(new DateOnly(2027, 12, 30))!.AnnualPpm);
        Assert.Equal(120_000, terms.CapOn(new DateOnly(2027, 12, 31))!.AnnualPpm);
    }

    [Fact]
    public void All_shipped_files_are_one_book()
    {
        var files = Directory.GetFiles(Path.Combine(RepoFiles.Root, "products"), "*.v*.json")
            .Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllText(path)));

        var book = Assert.IsType<TermsBookRead>(ProductCatalogue.ParseAll(files)).Book;

        Assert.Equal(
            [
                "bank-loan", "bank-pay-later", "cash-loan", "daily-interest", "equal-principal-loan", "pay-later", "pay-later", "reserve",
                "taiwan-2005",
            ],
            book.All.Select(terms => terms.Code));
        Assert.Equal(1, book.InForce("taiwan-2005", new DateOnly(2005, 3, 25))!.Version);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_file_is_refused_by_field_rule_and_fix(BrokenProduct broken)
    {
        var rejected = Assert.IsType<ProductRejected>(ProductCatalogue.Parse(broken.Json, "broken.json"));

        var error = Assert.Single(rejected.Errors.AsSpan().ToArray(), e => e.Field == broken.Field && e.ToString().Contains(broken.Says));
        Assert.Equal("broken.json", error.File);
        Assert.All([error.Rule, error.Fix, error.RuleZh, error.FixZh], text => Assert.False(string.IsNullOrWhiteSpace(text)));
    }

    [Fact]
    public void All_errors_are_found_at_once_and_none_twice()
    {
        var json = BrokenProducts.With(p =>
        {
            p.Remove("version");
            p["scenes"]![0]!["holdDays"] = 0;
            p["limits"]!["smallestMinor"] = 9_000_000;
            p["revolving"]!["dailyPpm"] = 5_000;
        });

        var rejected = Assert.IsType<ProductRejected>(ProductCatalogue.Parse(json, "f"));

        Assert.Equal(
            ["limits.smallestMinor", "revolving.dailyPpm", "scenes[0].holdDays", "version"],
            rejected.Errors.Select(e => e.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"code\":\"a\",\"code\":\"b\"}")]
    [InlineData("{\"code\": // why\n \"a\"}")]
    [InlineData("{\"code\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"code\":\"\uFFFD\"} x")]
    public void What_is_no_product_at_all_is_refused(string json) =>
        Assert.NotEmpty(Assert.IsType<ProductRejected>(ProductCatalogue.Parse(json, "f")).Errors);

    [Fact]
    public void Deep_nesting_and_half_characters_are_errors_not_crashes()
    {
        var deep = Assert.IsType<ProductRejected>(ProductCatalogue.Parse(new string('[', 100_000), "f"));
        var half = Assert.IsType<ProductRejected>(ProductCatalogue.Parse("{\"code\":\"" + '\ud800' + "\"}", "f"));

        Assert.Equal(("$", "$"), (deep.Errors[0].Field, half.Errors[0].Field));
    }

    [Fact]
    public void A_free_line_may_charge_for_overdue_up_to_the_cap() => _ = Read(BrokenProducts.With(p => p["revolving"]!["dailyPpm"] = 0));

    private static ProductTerms Read(string json) => Assert.IsType<ProductRead>(ProductCatalogue.Parse(json, "pay-later.v1.json")).Terms;
}
