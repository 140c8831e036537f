using System.Text;

namespace Mingzhang.Cli.Replay;

/// <summary>Splits one line of comma-separated text; a field may stand in double quotes, in which two double quotes are one.</summary>
public static class CsvLine
{
    /// <summary>The fields, trimmed; null when a quote is not closed on the line or text follows it.</summary>
    public static string[]? Split(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return line.Split(',', StringSplitOptions.TrimEntries);
        }

        var fields = new List<string>();
        var at = 0;
        while (at <= line.Length)
        {
            var field = at < line.Length && line[at] == '"' ? Quoted(line, ref at) : Plain(line, ref at);
            if (field is null)
            {
                return null;
            }

            fields.Add(field.Trim());
        }

        return [.. fields];
    }

    private static string Plain(string line, ref int at)
    {
        var comma = line.IndexOf(',', at);
        var end = comma < 0 ? line.Length : comma;
        var field = line[at..end];
        at = end + 1;
        return field;
    }

    private static string? Quoted(string line, ref int at)
    {
        var field = new StringBuilder();
        for (var i = at + 1; i < line.Length; i++)
        {
            if (line[i] != '"')
            {
                field.Append(line[i]);
            }
            else if (i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else
            {
                at = i + 2;
                return i + 1 == line.Length || line[i + 1] == ',' ? field.ToString() : null;
            }
        }

        return null;
    }
}
