using System.Reflection;
using Mingzhang.Tidy.Checks;

namespace Mingzhang.Tidy;

public sealed class DocumentTests
{
    private const string Complete = """
        # 0001 A title

        - Status: accepted
        - Date: 2026-11-22

        ## Context
        ## Options
        ## Decision
        ## Why
        ## Consequences
        """;

    private static readonly Assembly Domain = Assembly.Load("Mingzhang.Domain");

    [Fact]
    public void Every_link_leads_somewhere() => Tidy.None(Repo.Files.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal))
        .SelectMany(f => Documents.Links(f, Repo.Exists, path => Repo.Files.FirstOrDefault(g => g.Path == path)?.Text)));

    [Fact]
    public void Decisions_are_complete_and_counted() =>
        Tidy.None(Documents.Decisions(Repo.Files.Where(f => f.IsUnder("docs/decisions"))));

    [Fact]
    public void What_the_page_of_requirements_names_is_there()
    {
        string page = TextOf(Requirements.Page);
        Tidy.None(Requirements.Miscounted(page).Concat(
            Requirements.Missing(page, TextOf(Requirements.Matrix), Repo.CSharpUnder("tests"), Repo.Exists)));
    }

    [Theory]
    [InlineData("`OneTests.It_holds`", null)]
    [InlineData("`GET /v1/accounts/{id}?limit=1`", null)]
    [InlineData("`OneTests.It_fell`", "there is no such test: OneTests.It_fell")]
    [InlineData("`/app/gone`", "there is no such route: /app/gone")]
    [InlineData("`products/gone.json`", "there is no such file: products/gone.json")]
    public void Evidence_that_is_gone_is_caught(string shown, string? named)
    {
        IEnumerable<Violation> found = Requirements.Missing(
            $"| R001 | what | {shown} | yes |\n", "| GET | `/v1/accounts/{accountId}` |",
            [new("tests/One.cs", "class OneTests { void It_holds() { } }")], static _ => false);
        if (named is null)
        {
            Assert.Empty(found);
            return;
        }

        Tidy.Caught(found, named);
    }

    [Fact]
    public void A_requirement_that_is_lost_or_miscounted_is_caught()
    {
        string page = TextOf(Requirements.Page);
        Assert.Empty(Requirements.Miscounted(page));
        Tidy.Caught(Requirements.Miscounted(page.Replace("| R162 |", "| R163 |", StringComparison.Ordinal)).Take(1), "R162 stands 0 times");
        Tidy.Caught(Requirements.Miscounted(page.Replace(" are yes,", "1 are yes,", StringComparison.Ordinal)), "the sum is not");
    }

    [Fact]
    public void The_page_of_refusals_is_what_the_code_says()
    {
        string expected = RefusalPage.Render(Catalogue());
        string path = Path.Combine(Repo.Root, RefusalPage.Path);
        if (Environment.GetEnvironmentVariable("MZ_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        string actual = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(expected == actual, $"{RefusalPage.Path} is not what the code says; run: MZ_UPDATE=1 dotnet test tests/Mingzhang.Tidy");
    }

    [Fact]
    public void Catalogue_and_refusals_agree()
    {
        IReadOnlyList<RefusalRow> rows = Catalogue();
        Type refusal = Domain.GetTypes().Single(t => t.Name == "Refusal" && t.IsAbstract);
        (string, int, string)[] refusals =
        [
            .. Hierarchies.CasesOf(Domain, refusal).Select(t => (t.Name, Hierarchies.CodeOf(t).Number, Hierarchies.CodeOf(t).Name)),
        ];
        Tidy.None(RefusalPage.Disagreements(rows, refusals));
    }

    [Theory]
    [InlineData("[x](missing.md)", "leads nowhere")]
    [InlineData("![x](../images/none.png \"title\")", "leads nowhere")]
    [InlineData("<img src=\"none.png\">", "leads nowhere")]
    [InlineData("[x](there.md#absent)", "no heading '#absent'")]
    [InlineData("# Here\n[x](#there)", "no heading '#there'")]
    public void A_dead_link_is_caught(string text, string named) => Tidy.Caught(CheckLinks(text), named);

    [Theory]
    [InlineData("[x](there.md) [y](there.md#what-it-is) [z](../LICENSE) [w](#here)\n# Here")]
    [InlineData("[x](https://example.com/a) `[y](no.md)`\n# Here\n```\n[z](no.md)\n```")]
    public void Live_links_and_code_are_fine(string text) => Assert.Empty(CheckLinks(text));

    [Fact]
    public void A_gap_in_the_count_is_caught() => Tidy.Caught(
        Documents.Decisions([new("docs/decisions/0001-a.md", Complete), new("docs/decisions/0003-c.md", Complete.Replace("0001", "0003"))]),
        "expected number 0002");

    [Theory]
    [InlineData("# 0001 ", "# 0009 ", "title")]
    [InlineData("- Status: accepted", "- Status: maybe", "Status")]
    [InlineData("- Date: 2026-11-22", "", "Date")]
    [InlineData("## Options", "## Other", "## Options")]
    [InlineData("## Why", "", "## Why")]
    public void An_incomplete_decision_is_caught(string part, string replacement, string named)
    {
        Assert.Empty(Documents.Decision(new("docs/decisions/0001-a.md", Complete)));
        Tidy.Caught(Documents.Decision(new("docs/decisions/0001-a.md", Complete.Replace(part, replacement))), named);
    }

    [Fact]
    public void A_row_a_refusal_or_a_language_that_is_missing_is_caught()
    {
        RefusalRow row = new(7, "OverLimit", true, "额度不足", "Over the limit");
        Assert.Contains("| 7 | OverLimit | yes | 额度不足 | Over the limit |\n", RefusalPage.Render([row]), StringComparison.Ordinal);
        Assert.Empty(RefusalPage.Disagreements([row], [("OverLimitRefusal", 7, "OverLimit")]));
        Tidy.Caught(RefusalPage.Disagreements([], [("OverLimitRefusal", 7, "OverLimit")]), "not in the catalogue");
        Tidy.Caught(RefusalPage.Disagreements([row], []), "no refusal answers");
        Tidy.Caught(RefusalPage.Disagreements([row with { Zh = "Over" }], [("OverLimitRefusal", 7, "OverLimit")]), "Chinese");
        Tidy.Caught(RefusalPage.Disagreements([row with { En = "额度" }], [("OverLimitRefusal", 7, "OverLimit")]), "English");
    }

    private static IEnumerable<Violation> CheckLinks(string text) => Documents.Links(
        new("docs/here.md", text),
        path => path is "docs/there.md" or "docs/here.md" or "LICENSE",
        path => path == "docs/here.md" ? text : "## What it is\n");

    private static string TextOf(string path) => Repo.Files.Single(file => file.Path == path).Text;

    private static IReadOnlyList<RefusalRow> Catalogue()
    {
        IReadOnlyList<RefusalRow>? rows = RefusalPage.FromDomain(Domain);
        Assert.SkipWhen(rows is null, "The Domain has no RefusalCatalogue yet.");
        return rows!;
    }
}
