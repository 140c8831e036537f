using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Tests.Products;

namespace Mingzhang.Domain.Tests.Disclosure;

/// <summary>The dated rules of the law stand beside the terms: at product load, at the offer, at paying out, never again.</summary>
public sealed class LawTests
{
    [Fact]
    public void After_a_statement_that_never_comes_nothing_is_ever_due() =>
        Assert.Equal(DateOnly.MaxValue, CycleDates.DueAfter(DateOnly.MaxValue, 10));

    [Theory]
    [InlineData(30_000_000, true)]
    [InlineData(30_000_001, false)]
    public void No_loan_may_be_larger_than_what_any_person_may_owe(long largestMinor, bool sound)
    {
        var file = System.Text.Json.Nodes.JsonNode.Parse(RepoFiles.Read("products/cash-loan.v1.json"))!;
        file["loan"]!["largestMinor"] = largestMinor;
        file["limits"]!["largestMinor"] = largestMinor;
        var read = ProductCatalogue.Parse(file.ToJsonString(), "larger.json", Offers.Shipped);

        Assert.Equal(sound, read is not ProductRejected);
        Assert.True(sound || ((ProductRejected)read).Errors.Any(error =>
            error.Field == "loan.largestMinor" && error.RuleZh.Contains("30000000", StringComparison.Ordinal)));
    }

    private static readonly Clause Tier = new("二十上限", "the twenty line", "test", IsSample: true);

    [Fact]
    public void An_offer_above_the_cap_of_the_law_is_refused_with_both_rates_and_the_clause()
    {
        var line = TestLine.Opened("2025-01-15", terms: Under(140_000));
        var no = line.Refuse<AboveCostCap>(line.Request(10_000));

        Assert.Equal((145_393L, 155_484L, 140_000L, Tier), (no.AnnualPpm, no.CompoundPpm, no.CapPpm, no.Rule));
    }

    [Fact]
    public void The_cap_is_that_of_the_day_of_paying_out()
    {
        var terms = LoanLine.Cash with { Costs = Rules([Row(240_000, "2020-01-01", "2025-01-16"), Row(140_000, "2025-01-16", null)]) };
        var line = TestLine.Opened("2025-01-15", terms: terms);
        line.Accept(line.Request(10_000));
        line.On("2025-01-16");
        var no = line.Refuse<AboveCostCap>(new ConfirmDisbursement("loan-1", "ref") { EffectiveOn = line.Today });
        Assert.Equal((140_000L, Tier), (no.CapPpm, no.Rule));
        line.Prove();
    }

    [Fact]
    public void What_was_decided_keeps_its_rates_cap_and_version_and_newer_rules_do_not_decide_it_again()
    {
        var line = TestLine.Opened("2025-01-15", terms: Under(240_000)).Borrow(10_000).On("2025-02-15").PayDue();
        var basis = line.Events.OfType<LoanDisbursed>().Single().Cost;
        Assert.Equal(new CostProof(7, 145_393, 155_484, 240_000, "二十上限"), basis);
        Assert.Equal(basis, line.Events.OfType<LoanRequested>().Single().Cost);

        var newer = new TermsBook([Under(100_000)]);
        var late = line.Payment(50, effective: "2025-02-10");
        Assert.IsType<Accepted>(AccountCorrector.Decide(line.State, line.History, late, newer, line.Today));
        Assert.Equal(line.State, AccountCorrector.AsOf(line.History, newer, line.Today, line.Today));
    }

    [Fact]
    public void The_longer_reading_time_counts_and_an_old_confirmation_does_not()
    {
        var duty = new DisclosureDuty(new Validity(new(2025, 1, 1), null), 20, 0, Tier);
        var line = TestLine.Opened("2025-01-15", terms: LoanLine.Cash with { Costs = Rules([Row(240_000, "2020-01-01", null)], duty) });
        var asked = line.Request(4_000);

        var fast = line.Refuse<ReadTooFast>(asked);
        Assert.Equal((20, Tier), (fast.Seconds, fast.Rule));
        var read = asked with { Disclosure = asked.Disclosure! with { ReadSeconds = 20 } };
        var early = read with { Disclosure = read.Disclosure with { ConfirmedOn = new(2025, 1, 14) } };
        Assert.Equal((0, Tier), (line.Refuse<DisclosureLapsed>(early).ValidDays, line.Refuse<DisclosureLapsed>(early).Rule));
        line.Accept(read);
    }

    [Fact]
    public void A_product_file_above_the_cap_of_the_law_is_refused_with_its_clause()
    {
        var json = RepoFiles.Read("products/cash-loan.v1.json");
        Assert.IsType<ProductRead>(ProductCatalogue.Parse(json, "cash", Rules([Row(240_000, "2020-01-01", null)])));
        var no = Assert.IsType<ProductRejected>(ProductCatalogue.Parse(json, "cash", Rules([Row(140_000, "2020-01-01", null)])));
        Assert.Contains(no.Errors, error => error.Rule.Contains("the twenty line", StringComparison.Ordinal)
            && error.RuleZh.Contains("二十上限", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bank-loan.v1.json", "interest")]
    [InlineData("bank-loan.v1.json", "late-charge")]
    [InlineData("bank-loan.v1.json", "early-fee")]
    [InlineData("pay-later.v2.json", "fee")]
    [InlineData("pay-later.v2.json", "merchant-borne")]
    public void A_product_file_that_leaves_out_a_cost_is_refused_with_the_clause(string file, string item)
    {
        var json = BrokenProducts.With(RepoFiles.Read("products/" + file), p =>
            p["costItems"]!.AsArray().Remove(p["costItems"]!.AsArray().First(word => word!.GetValue<string>() == item)));
        var error = Assert.Single(Assert.IsType<ProductRejected>(ProductCatalogue.Parse(json, file, Offers.Shipped)).Errors);
        Assert.Equal("costItems", error.Field);
        Assert.Contains(item, error.Rule, StringComparison.Ordinal);
        Assert.Contains("金规〔2026〕2号", error.RuleZh, StringComparison.Ordinal);
    }

    [Fact]
    public void All_shipped_products_keep_the_shipped_law()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(RepoFiles.Root, "products"), "*.v*.json"))
        {
            var parsed = ProductCatalogue.Parse(File.ReadAllText(path), Path.GetFileName(path), Offers.Shipped);
            Assert.True(parsed is ProductRead, parsed is ProductRejected no ? string.Join('\n', no.Errors) : "");
        }
    }

    private static ProductTerms Under(long ppm) => LoanLine.Cash with { Costs = Rules([Row(ppm, "2020-01-01", null)]) };

    private static CapRow Row(long ppm, string from, string? until) => new(
        null, 0, null, new Validity(Day(from), until is null ? null : Day(until)), ppm, Tier);

    private static CostRules Rules(ValueList<CapRow> rows, params DisclosureDuty[] duties) =>
        new(7, new CapTable(rows), new DisclosureGate(ValueList.From(duties)), new ExposureTable([]));

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
