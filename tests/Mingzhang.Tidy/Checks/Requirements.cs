using System.Globalization;
using System.Text.RegularExpressions;

namespace Mingzhang.Tidy.Checks;

/// <summary>
/// The page of requirements says what shows each of them; what it names has to be there: tests, routes and files, each row once, and the
/// sum of the states.
/// </summary>
public static partial class Requirements
{
    public const string Page = "docs/requirements.md";
    public const string Matrix = "docs/security/access-matrix.md";

    private const int Count = 163;

    [GeneratedRegex(@"^\| (R\d{3}) \|.*\| *(yes|partly|not yet)\b[^|]*\|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row { get; }

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"^(\w+Tests)\.(\w+)$")]
    private static partial Regex Test { get; }

    [GeneratedRegex(@"^(?:(?:GET|POST|PUT|DELETE) )?(/(?:app|console|v1|verify|join|login)[^\s]*)$")]
    private static partial Regex Route { get; }

    [GeneratedRegex("^(?:products|data|docs|src|bench)/[^ ]+$")]
    private static partial Regex Path { get; }

    [GeneratedRegex(@"`(/[^`\s]*)`")]
    private static partial Regex Mapped { get; }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Place { get; }

    [GeneratedRegex(@"class (\w+Tests)\b")]
    private static partial Regex TestClass { get; }

    [GeneratedRegex(@"Of (\d+), (\d+) are yes, (\d+) partly, (\d+) not yet\.")]
    private static partial Regex Sum { get; }

    /// <summary>What is named and not there.</summary>
    /// <param name="page">The page.</param>
    /// <param name="matrix">The page of all routes.</param>
    /// <param name="tests">Sources of tests.</param>
    /// <param name="exists">Whether a path from the root is there.</param>
    public static IEnumerable<Violation> Missing(string page, string matrix, IEnumerable<RepoFile> tests, Func<string, bool> exists)
    {
        HashSet<string> routes = [.. Mapped.Matches(matrix).Select(match => Shape(match.Groups[1].Value))];
        ILookup<string, string> classes = tests.SelectMany(
            file => TestClass.Matches(file.Text).Select(match => (Name: match.Groups[1].Value, file.Text))).ToLookup(
            one => one.Name, one => one.Text, StringComparer.Ordinal);
        foreach (Match row in Row.Matches(page))
        {
            foreach (string name in Named.Matches(row.Value).Select(match => match.Groups[1].Value))
            {
                string? fault = Test.Match(name) is { Success: true } test
                    ? classes[test.Groups[1].Value].Any(text => text.Contains($" {test.Groups[2].Value}(", StringComparison.Ordinal))
                        ? null : "there is no such test"
                    : Route.Match(name) is { Success: true } route
                        ? routes.Contains(Shape(route.Groups[1].Value)) ? null : "there is no such route"
                        : Path.IsMatch(name) && !exists(name) ? "there is no such file" : null;
                if (fault is not null)
                {
                    yield return new(Page, 0, $"{row.Groups[1].Value}: {fault}: {name}");
                }
            }
        }
    }

    /// <summary>Rows that are missing or stand twice, and a sum that is not theirs.</summary>
    public static IEnumerable<Violation> Miscounted(string page)
    {
        List<(string Id, string State)> rows = [.. Row.Matches(page).Select(row => (row.Groups[1].Value, row.Groups[2].Value))];
        foreach (string id in Enumerable.Range(1, Count).Select(number => string.Create(CultureInfo.InvariantCulture, $"R{number:000}")))
        {
            int found = rows.Count(row => row.Id == id);
            if (found != 1)
            {
                yield return new(Page, 0, $"{id} stands {found} times, not once.");
            }
        }

        int[] counted = [Count, .. new[] { "yes", "partly", "not yet" }.Select(state => rows.Count(row => row.State == state))];
        if (Sum.Match(page) is not { Success: true } sum
            || !counted.SequenceEqual(sum.Groups.Values.Skip(1).Select(group => int.Parse(group.Value, CultureInfo.InvariantCulture))))
        {
            yield return new(Page, 0, $"the sum is not {string.Join(", ", counted)}.");
        }
    }

    private static string Shape(string route) => Place.Replace(route.Split('?', '#')[0], "{}");
}
