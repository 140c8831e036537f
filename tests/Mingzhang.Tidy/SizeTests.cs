using Mingzhang.Tidy.Checks;

namespace Mingzhang.Tidy;

public sealed class SizeTests
{
    private static readonly RepoFile[] Sources = [.. Repo.CSharpUnder("src")];
    private static readonly RepoFile[] Everything = [.. Repo.Files.Where(f => f.IsCSharp)];

    [Fact]
    public void Files_stay_small() => Tidy.None(Sizes.Files(Everything));

    [Fact]
    public void Most_files_show_on_one_or_two_screens() => Tidy.None(Sizes.Spread(Sources));

    [Fact]
    public void Methods_stay_small() => Tidy.None(Everything.SelectMany(Sizes.Methods));

    [Fact]
    public void A_file_of_501_lines_is_caught()
    {
        Assert.Empty(Sizes.Files([Lines(500)]));
        Tidy.Caught(Sizes.Files([Lines(501)]), "501 lines");
    }

    [Fact]
    public void A_bad_spread_is_caught()
    {
        Tidy.Caught(Sizes.Spread([.. Enumerable.Range(1, 25).Select(Lines)]), "median file has 13");
        Tidy.Caught(Sizes.Spread([.. Enumerable.Range(120, 25).Select(Lines)]), "median file has 132");
        RepoFile[] longTail = [.. Enumerable.Repeat(Lines(80), 18), Lines(301), Lines(301)];
        Tidy.Caught(Sizes.Spread(longTail), "percentile is 301");
        Assert.Empty(Sizes.Spread([.. Enumerable.Repeat(Lines(80), 19), Lines(301)]));
    }

    [Fact]
    public void A_method_of_61_lines_is_caught_in_every_form()
    {
        string body60 = "{\n" + string.Concat(Enumerable.Repeat("x();\n", 57)) + "}";
        string body61 = "{\n" + string.Concat(Enumerable.Repeat("x();\n", 58)) + "}";
        Assert.Empty(Sizes.Methods(new("a.cs", $"class A {{ /// <summary>Text</summary>\nvoid M()\n{body60} }}")));
        Tidy.Caught(Sizes.Methods(new("a.cs", $"class A {{ void M()\n{body61} }}")), "61 lines");
        Tidy.Caught(Sizes.Methods(new("a.cs", $"class A {{ A()\n{body61} }}")), "61 lines");
        Tidy.Caught(Sizes.Methods(new("a.cs", $"class A {{ int P {{ get\n{body61} }} }}")), "61 lines");
        Tidy.Caught(Sizes.Methods(new("a.cs", $"class A {{ int P =>\n" + string.Concat(Enumerable.Repeat("1 +\n", 60)) + "1; }")), "lines");
        Tidy.Caught(Sizes.Methods(new("a.cs", string.Concat(Enumerable.Repeat("x();\n", 61)))), "top-level statements of 61");
    }

    private static RepoFile Lines(int count) => new("src/sample.cs", string.Concat(Enumerable.Repeat("x\n", count)));
}
