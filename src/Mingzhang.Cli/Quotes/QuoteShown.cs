using System.Globalization;
using Mingzhang.Cli.Output;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Loans;
using Mingzhang.Services.Wording;

namespace Mingzhang.Cli.Quotes;

/// <summary>How the cost table of a contract looks to a person: both yearly rates, its cap, its rows.</summary>
internal static class QuoteShown
{
    /// <summary>Writes it; a line with the product comes first.</summary>
    public static void Write(Screen screen, LoanQuote quote, string product)
    {
        var (yearly, cap) = (quote.YearlyCost(), quote.Cap);
        var facts = Shown.Facts();
        facts.Row("product", product);
        facts.Row("principal", Shown.Money(quote.Principal));
        facts.Row("all costs", Shown.Money(quote.Cost));
        facts.Row("yearly, simple (单利)", Percent(yearly?.SimplePpm));
        facts.Row("yearly, compound (复利)", Percent(yearly?.CompoundPpm));
        facts.Row("cap", $"{Percent(cap?.AnnualPpm)} {cap?.Clause.Zh}");
        facts.Row("cost table", quote.CostTableId);
        screen.Human.Write(facts);
        var table = Shown.Table("row", "due on", ">principal", ">interest", ">fee", ">total");
        foreach (var row in quote.Rows)
        {
            table.Row(
                Shown.Whole(row.Number), Shown.Day(row.DueOn), Yuan(row.PrincipalMinor), Yuan(row.InterestMinor), Yuan(row.FeeMinor),
                Yuan(row.TotalMinor));
        }

        screen.Human.Write(table);
        if (quote.Table is CostTableMade made)
        {
            var lines = Shown.Table("综合融资成本明示表", "all-in cost");
            foreach (var (zh, en) in CostTableText.Lines(made.Table, chinese: true).Zip(CostTableText.Lines(made.Table, chinese: false)))
            {
                lines.Row($"{zh.Label}：{zh.Value}", $"{en.Label}: {en.Value}");
            }

            lines.Row(CostTableText.NothingElse(chinese: true), CostTableText.NothingElse(chinese: false));
            screen.Human.Write(lines);
        }

        string Yuan(long minor) => RefusalText.Yuan(Money.Of(minor, quote.Principal.Currency));
    }

    private static string Percent(long? ppm) => ppm is { } known
        ? (known / 10_000m).ToString("0.00", CultureInfo.InvariantCulture) + " %"
        : "–";
}
