using System.Globalization;
using System.Security;
using System.Text;

namespace Mingzhang.Bench.Side;

/// <summary>A chart of how far each goal is: a bar for each, with a line where the goal is.</summary>
internal static class Chart
{
    private const int Row = 24;
    private const int Left = 390;
    private const int Width = 300;
    private const int Most = 3;

    /// <summary>The chart as SVG.</summary>
    public static string Of(Board board, DateTimeOffset now)
    {
        var figures = board.Figures.Where(figure => figure is { Goal: not null, Values.Count: > 0 }).ToList();
        var height = (figures.Count * Row) + 70;
        var text = new StringBuilder();
        text.AppendLine(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\" height=\"{height}\" viewBox=\"-20 0 960 {height}\" "
            + "font-family=\"system-ui, sans-serif\" font-size=\"13\">");
        text.AppendLine("<rect x=\"-20\" width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"<text x=\"12\" y=\"22\" font-size=\"15\" font-weight=\"600\">mz bench, {now:yyyy-MM-dd}: figure to goal</text>");
        var goal = Left + (Width / Most);
        for (var i = 0; i < figures.Count; i++)
        {
            Bar(text, figures[i], 40 + (i * Row));
        }

        text.AppendLine(
            $"<line x1=\"{goal}\" y1=\"32\" x2=\"{goal}\" y2=\"{height - 26}\" stroke=\"#333\" stroke-dasharray=\"4 3\"/>");
        text.AppendLine($"<text x=\"{goal}\" y=\"{height - 10}\" text-anchor=\"middle\" fill=\"#333\">goal</text>");
        return text.AppendLine("</svg>").ToString();
    }

    private static void Bar(StringBuilder text, Figure figure, int y)
    {
        var reached = figure.Goal!.Reached(figure.Median);
        var width = (int)(Math.Clamp(reached, 0.01, Most) * Width / Most);
        var colour = reached >= 1 ? "#2f855a" : "#c05621";
        text.AppendLine($"<text x=\"{Left - 8}\" y=\"{y + 14}\" text-anchor=\"end\">{SecurityElement.Escape(figure.Name)}</text>");
        text.AppendLine($"<rect x=\"{Left}\" y=\"{y + 2}\" width=\"{width}\" height=\"{Row - 8}\" rx=\"2\" fill=\"{colour}\"/>");
        var shown = SecurityElement.Escape($"{Figure.Say(figure.Median)} {figure.Unit} ({figure.Goal})");
        text.AppendLine($"<text x=\"{Left + Width + 8}\" y=\"{y + 14}\" fill=\"#333\">{shown}</text>");
    }
}
