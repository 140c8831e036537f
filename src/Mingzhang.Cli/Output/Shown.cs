using System.Globalization;
using Mingzhang.Services.Wording;
using Spectre.Console;

namespace Mingzhang.Cli.Output;

/// <summary>How values look to a person.</summary>
internal static class Shown
{
    /// <summary>CNY 1,234.50.</summary>
    public static string Money(Money amount) => $"{amount.Currency} {RefusalText.Yuan(amount)}";

    /// <summary>2026-11-22, or a dash.</summary>
    public static string Day(DateOnly? day) =>
        day is { } d && d != DateOnly.MaxValue ? d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "–";

    /// <summary>1,234.</summary>
    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A table with a head; columns of amounts are named with a leading &gt; and stand right.</summary>
    public static Table Table(params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            var right = column.StartsWith('>');
            var added = new TableColumn(new Text(right ? column[1..] : column));
            table.AddColumn(right ? added.RightAligned() : added);
        }

        return table;
    }

    /// <summary>A table of names and values.</summary>
    public static Table Facts() => new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");

    /// <summary>Adds a row of plain text: nothing in it is markup.</summary>
    public static void Row(this Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => new Text(cell)));
}
