using System.Text.RegularExpressions;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>docs/security/asvs.md names every requirement once, and only tests that exist.</summary>
public sealed partial class AsvsTests
{
    // How many requirements of level 1 and 2 each section of ASVS 5.0.0 has; chapters 10 (OAuth) and 17 (WebRTC) do not apply.
    private static readonly Dictionary<string, int> Sections = new(StringComparer.Ordinal)
    {
        ["1.1"] = 2, ["1.2"] = 9, ["1.3"] = 11, ["1.4"] = 3, ["1.5"] = 2,
        ["2.1"] = 3, ["2.2"] = 3, ["2.3"] = 4, ["2.4"] = 1, ["3.2"] = 2, ["3.3"] = 4, ["3.4"] = 6, ["3.5"] = 5, ["3.7"] = 2, ["4.1"] = 3,
        ["4.2"] = 1, ["4.3"] = 2, ["4.4"] = 4, ["5.1"] = 1, ["5.2"] = 3, ["5.3"] = 2, ["5.4"] = 3, ["6.1"] = 3, ["6.2"] = 11, ["6.3"] = 3,
        ["6.4"] = 4, ["6.5"] = 5, ["6.6"] = 3, ["6.8"] = 4, ["7.1"] = 3, ["7.2"] = 4, ["7.3"] = 2, ["7.4"] = 5, ["7.5"] = 2, ["7.6"] = 2,
        ["8.1"] = 2, ["8.2"] = 3, ["8.3"] = 1, ["8.4"] = 1, ["9.1"] = 3, ["9.2"] = 4, ["11.1"] = 2, ["11.2"] = 3, ["11.3"] = 3,
        ["11.4"] = 3, ["11.5"] = 1, ["11.6"] = 1,
        ["12.1"] = 3, ["12.2"] = 2, ["12.3"] = 4, ["13.1"] = 1, ["13.2"] = 5, ["13.3"] = 2, ["13.4"] = 5, ["14.1"] = 2, ["14.2"] = 4,
        ["14.3"] = 3, ["15.1"] = 3, ["15.2"] = 3, ["15.3"] = 7, ["16.1"] = 1, ["16.2"] = 5, ["16.3"] = 4, ["16.4"] = 3, ["16.5"] = 3,
    };

    [GeneratedRegex(@"^\| (\d+\.\d+\.\d+) \| [^|]+ \| (test|open|reason|n/a) \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"`(\w+Tests)\.(\w+)`")]
    private static partial Regex Named { get; }

    private static List<(string Id, string How, string What)> Rows =>
    [
        .. Row.Matches(File.ReadAllText(Path.Combine(Host.Root, "docs", "security", "asvs.md")))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)),
    ];

    [Fact]
    public void Every_requirement_of_level_1_and_2_stands_there_once()
    {
        var ids = Rows.Select(row => row.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var counts = ids.GroupBy(id => id[..id.LastIndexOf('.')]).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(Sections.OrderBy(one => one.Key, StringComparer.Ordinal), counts.OrderBy(one => one.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Seven_of_ten_of_chapters_2_to_8_have_a_test_and_every_test_that_is_named_exists()
    {
        var applying = Rows.Where(row => row.How != "n/a" && row.Id[..row.Id.IndexOf('.', StringComparison.Ordinal)] is ['2' or '3' or '4'
            or '5' or '6' or '7' or '8']).ToList();
        var tested = applying.Count(row => row.How == "test");
        Assert.True(tested * 10 >= applying.Count * 7, $"{tested} of {applying.Count}");
        var sources = Directory.EnumerateFiles(Path.Combine(Host.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(Path.GetFileNameWithoutExtension, File.ReadAllText);
        foreach (var (id, how, what) in Rows)
        {
            var named = Named.Matches(what);
            Assert.True(how != "test" || named.Count > 0, $"{id} names no test");
            foreach (Match one in named)
            {
                Assert.True(sources[one.Groups[1].Value].Any(text => text.Contains($" {one.Groups[2].Value}(", StringComparison.Ordinal)),
                    $"{id} names {one.Value}, which is none");
            }
        }
    }
}
