using Mingzhang.Cli.Replay;

namespace Mingzhang.Cli.Parity.Families;

/// <summary>Cases in the rows of a CSV file.</summary>
internal static class CaseTable
{
    /// <summary>Whether a file begins with a header line.</summary>
    public static bool Is(ParityFile file, string header) => file.Text.AsSpan().TrimEnd().StartsWith(header)
        && (file.Text.Length == header.Length || file.Text[header.Length] is '\r' or '\n');

    /// <summary>The rows below the header; throws <see cref="ProblemException"/> for a row of another number of fields.</summary>
    public static IEnumerable<string[]> Rows(ParityFile file)
    {
        var lines = file.Text.Split('\n');
        var fields = lines[0].TrimEnd('\r').Split(',').Length;
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length > 0)
            {
                yield return CsvLine.Split(line) is { } row && row.Length == fields ? row : throw file.Bad(
                    i + 1, "line", ($"a line has {fields} fields, as the header does", "Check commas and quotes."),
                    ($"每行应有 {fields} 个字段，与列名行一致", "请检查逗号和引号。"));
            }
        }
    }
}
