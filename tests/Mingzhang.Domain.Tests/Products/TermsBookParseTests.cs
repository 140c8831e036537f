using System.Text.Json.Nodes;
using Mingzhang.Domain.Products;

namespace Mingzhang.Domain.Tests.Products;

public sealed class TermsBookParseTests
{
    public static TheoryData<string, string, string> Clashes { get; } = new()
    {
        { "version", "is also in one.json", """{}""" },
        { "slot", "belongs to pay-later", """{"code":"other"}""" },
        { "slot", "same in all versions", """{"version":2,"effectiveFrom":"2026-01-01","slot":2}""" },
        { "currency", "same in all versions", """{"version":2,"effectiveFrom":"2026-01-01","currency":"HKD"}""" },
        { "effectiveFrom", "later version begins later", """{"version":2}""" },
    };

    [Fact]
    public void A_second_version_from_a_later_day_takes_over_for_new_accounts()
    {
        var book = Assert.IsType<TermsBookRead>(ProductCatalogue.ParseAll(
            [("two.json", Changed("""{"version":2,"effectiveFrom":"2026-01-01"}""")), ("one.json", BrokenProducts.PayLater)])).Book;

        Assert.Equal(1, book.InForce("pay-later", new DateOnly(2025, 12, 31))!.Version);
        Assert.Equal(2, book.InForce("pay-later", new DateOnly(2026, 1, 1))!.Version);
    }

    [Theory]
    [MemberData(nameof(Clashes))]
    public void Two_files_that_contradict_each_other_are_refused(string field, string says, string change)
    {
        var rejected = Assert.IsType<TermsBookRejected>(ProductCatalogue.ParseAll(
            [("one.json", BrokenProducts.PayLater), ("two.json", Changed(change))]));

        Assert.Contains(rejected.Errors, e => e.File == "two.json" && e.Field == field && e.Rule.Contains(says));
    }

    [Fact]
    public void An_earlier_version_read_later_must_begin_earlier()
    {
        var rejected = Assert.IsType<TermsBookRejected>(ProductCatalogue.ParseAll(
            [("two.json", Changed("""{"version":2}""")), ("one.json", Changed("""{"effectiveFrom":"2026-01-01"}"""))]));

        Assert.Contains("earlier version begins earlier", Assert.Single(rejected.Errors.AsSpan().ToArray()).Rule);
    }

    [Fact]
    public void One_broken_file_refuses_the_whole_book()
    {
        var rejected = Assert.IsType<TermsBookRejected>(ProductCatalogue.ParseAll([("good", BrokenProducts.PayLater), ("bad", "{}")]));

        Assert.All(rejected.Errors, e => Assert.Equal("bad", e.File));
        Assert.Equal(21, rejected.Errors.Count);
    }

    private static string Changed(string change) => BrokenProducts.With(p =>
    {
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            p[name] = value!.DeepClone();
        }
    });
}
