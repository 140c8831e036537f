using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Wording;

namespace Mingzhang.Web.Api.Resources;

/// <summary>A cost table (综合融资成本明示表) whole: its items as data, and the words a screen has to show, in both languages.</summary>
/// <param name="WordingVersion">Version of the sentences; part of the table's id.</param>
/// <param name="Items">Every item: kind, way, amount, standard, receiver; also those taken only when late or early.</param>
/// <param name="Chinese">The words in Chinese.</param>
/// <param name="English">The words in English.</param>
internal sealed record CostTableSheet(
    string WordingVersion, ValueList<CostItem> Items, CostTableWords Chinese, CostTableWords English)
{
    /// <summary>The sheet of a table.</summary>
    public static CostTableSheet Of(CostTable table) => new(
        table.Offer.WordingVersion, table.Offer.Items, CostTableWords.Of(table, chinese: true), CostTableWords.Of(table, chinese: false));
}

/// <summary>The table in one language.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Lines">Its lines in order: principal, items, totals, both yearly rates, the cap, what is only taken when late or
/// early.</param>
/// <param name="NothingElse">That nothing else is charged.</param>
internal sealed record CostTableWords(string Title, IReadOnlyList<CostTableLine> Lines, string NothingElse)
{
    /// <summary>The words of a table.</summary>
    public static CostTableWords Of(CostTable table, bool chinese) => new(
        CostTableText.Title(chinese), CostTableText.Lines(table, chinese), CostTableText.NothingElse(chinese));
}
