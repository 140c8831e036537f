using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Mingzhang.Tidy.Checks;

/// <summary>One row of the Domain's catalogue of refusals.</summary>
public sealed record RefusalRow(int Number, string Name, bool RetryCanHelp, string Zh, string En);

/// <summary>docs/refusals.md, written from the Domain's catalogue.</summary>
public static class RefusalPage
{
    public const string Path = "docs/refusals.md";

    private const string Head = """
        # Refusals

        Every business "no" of Mingzhang, by its stable number. A number is never used again for something else.
        *Retry* says whether the same request may succeed later, or after the customer mended what it names. Braces in a text
        are filled from the facts that the refusal carries. Smaller numbers take precedence when several apply.

        This page is generated from `RefusalCatalogue`; do not edit it. To write it anew: `MZ_UPDATE=1 dotnet test tests/Mingzhang.Tidy`.

        | No. | Name | Retry | What the customer reads (zh) | What the customer reads (en) |
        |---:|---|---|---|---|

        """;

    /// <summary>The catalogue's rows, or null while the Domain has none.</summary>
    public static IReadOnlyList<RefusalRow>? FromDomain(Assembly domain)
    {
        Type? catalogue = domain.GetTypes().SingleOrDefault(t => t.Name == "RefusalCatalogue");
        object? all = catalogue?.GetProperty("All", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
            ?? catalogue?.GetField("All", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        return all is IEnumerable rows ? [.. rows.Cast<object>().Select(Row)] : null;
    }

    public static string Render(IEnumerable<RefusalRow> rows)
    {
        StringBuilder page = new(Head.ReplaceLineEndings("\n"));
        foreach (RefusalRow row in rows.OrderBy(r => r.Number))
        {
            string retry = row.RetryCanHelp ? "yes" : "no";
            page.Append(CultureInfo.InvariantCulture, $"| {row.Number} | {row.Name} | {retry} | {Cell(row.Zh)} | {Cell(row.En)} |\n");
        }

        return page.ToString();
    }

    /// <summary>The catalogue and the refusals in code name the same codes, each text is there, and each language speaks itself.</summary>
    public static IEnumerable<Violation> Disagreements(
        IReadOnlyCollection<RefusalRow> rows, IReadOnlyCollection<(string Type, int Number, string Name)> refusals)
    {
        foreach ((string type, int number, string name) in refusals.Where(r => !rows.Any(w => w.Number == r.Number && w.Name == r.Name)))
        {
            yield return new(type, 0, $"{number} {name} is not in the catalogue.");
        }

        foreach (RefusalRow row in rows.Where(row => !refusals.Any(r => r.Number == row.Number)))
        {
            yield return new("RefusalCatalogue", 0, $"{row.Number} {row.Name}: no refusal answers with it.");
        }

        foreach (RefusalRow row in rows)
        {
            if (!row.Zh.Any(IsChinese) || row.En.Length == 0 || row.En.Any(IsChinese))
            {
                yield return new("RefusalCatalogue", 0, $"{row.Number} {row.Name}: one text in Chinese and one in English.");
            }
        }
    }

    private static RefusalRow Row(object info)
    {
        object code = Get(info, "Code");
        bool retry = (bool)Get(info, "RetryCanHelp");
        return new((int)Get(code, "Number"), (string)Get(code, "Name"), retry, (string)Get(info, "Zh"), (string)Get(info, "En"));
    }

    private static object Get(object from, string property) => from.GetType().GetProperty(property)!.GetValue(from)!;

    private static bool IsChinese(char c) => c is >= '\u4E00' and <= '\u9FFF';

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
