using Mingzhang.Tidy.Checks;

namespace Mingzhang.Tidy;

public sealed class TextTests
{
    [Fact]
    public void No_leftovers_machine_paths_registry_hosts_or_secrets() => Tidy.None(Repo.Files.SelectMany(TextHygiene.Words));

    [Fact]
    public void No_tabs_trailing_space_or_long_lines() => Tidy.None(Repo.Files.SelectMany(TextHygiene.Layout));

    [Fact]
    public void Pages_speak_through_the_catalogue_and_need_no_script() =>
        Tidy.None(Repo.Files.Where(f => f.IsUnder("src") && f.Path.EndsWith(".razor", StringComparison.Ordinal)).SelectMany(Razor.Check));

    [Fact]
    public void The_walk_finds_the_repository_and_not_what_the_build_wrote()
    {
        Assert.Contains(Repo.Files, f => f.Path == "src/Mingzhang.Domain/Mingzhang.Domain.csproj");
        Assert.DoesNotContain(Repo.Files, f => f.Path.Contains("artifacts/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("// TO" + "DO later", "leftover")]
    [InlineData("a HA" + "CK", "leftover")]
    [InlineData("see /wo" + "rk/place", "machine's path")]
    [InlineData("\"/ho" + "me/somebody/x\"", "machine's path")]
    [InlineData(@"C:\" + "temp", "machine's path")]
    [InlineData("https://api.nuget." + "org/v3", "packages come from")]
    [InlineData("-----BEGIN RSA PRIVATE" + " KEY-----", "secret")]
    public void A_planted_word_is_caught(string text, string named) => Tidy.Caught(TextHygiene.Words(new("a.md", "x\n" + text)), named);

    [Fact]
    public void Ordinary_words_are_fine() =>
        Assert.Empty(TextHygiene.Words(new("a.cs", "hackathon, src/wo" + "rk/x, ~/ho" + "me, https://x/ho" + "me/y, */ro" + "ot/*")));

    [Theory]
    [InlineData("a\tb\n", "a tab")]
    [InlineData("a \n", "trailing")]
    [InlineData("a\r\n", "LF")]
    [InlineData("\uFEFFa\n", "byte order mark")]
    [InlineData("a", "one line end")]
    [InlineData("a\n\n", "one line end")]
    public void A_planted_layout_fault_is_caught(string text, string named) => Tidy.Caught(TextHygiene.Layout(new("a.md", text)), named);

    [Fact]
    public void A_long_line_of_code_is_caught()
    {
        string line = new('x', TextHygiene.ColumnMax);
        Assert.Empty(TextHygiene.Layout(new("a.cs", line + "\n")));
        Tidy.Caught(TextHygiene.Layout(new("a.cs", "\n" + line + "x\n")), "a.cs(2): 141 columns");
        Assert.Empty(TextHygiene.Layout(new("a.md", line + "x\n")));
    }

    [Theory]
    [InlineData("<p>账单</p>", "账单")]
    [InlineData("<p title=\"（x\">", "（")]
    [InlineData("<button @onclick=\"Go\">", "@onclick")]
    [InlineData("@rendermode InteractiveServer", "@rendermode")]
    [InlineData("@attribute [StreamRendering]", "StreamRendering")]
    public void A_planted_page_fault_is_caught(string text, string named) => Tidy.Caught(Razor.Check(new("a.razor", text)), named);

    [Fact]
    public void A_comment_in_a_page_may_be_chinese() => Assert.Empty(Razor.Check(new("a.razor", "@* 账单\n页 *@<p>@T[\"bill\"]</p>")));
}
