using System.Globalization;

namespace Mingzhang.Services.Bureau;

/// <summary>
/// What a person copied from a bureau report: lines of month, repayment status and balance in yuan, such as <c>2026-05,N,1234.56</c>;
/// fields are separated by commas, a first line with names is allowed, months in any order.
/// </summary>
public static class BureauFile
{
    private const string Statuses = "*N1234567MBCGDZ#A/";
    private const int MostLines = 120;

    /// <summary>Reads it; the first thing that is wrong names line, rule and what stood there.</summary>
    /// <returns>The months, or the number of the line and which field is wrong: month, status, balance, twice, fields or empty.</returns>
    public static (IReadOnlyList<BureauMonth> Months, (int Line, string Field)? Wrong) Read(string text)
    {
        var months = new List<BureauMonth>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var number = 0; number < lines.Length && number < MostLines; number++)
        {
            var fields = lines[number].Split(',', StringSplitOptions.TrimEntries);
            if (lines[number].Trim().Length == 0 || (number == 0 && fields[0] == "month"))
            {
                continue;
            }

            if (Month(fields, months) is (var month, null))
            {
                months.Add(month!);
            }
            else
            {
                return ([], (number + 1, Month(fields, months).Wrong!));
            }
        }

        return months.Count == 0 ? ([], (1, "empty")) : (months, null);
    }

    /// <summary>One line: month, status, balance; or which of them is wrong.</summary>
    internal static (BureauMonth? Month, string? Wrong) Month(string[] fields, List<BureauMonth> before)
    {
        if (fields.Length != 3)
        {
            return (null, "fields");
        }

        if (!DateOnly.TryParseExact(fields[0] + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return (null, "month");
        }

        if (fields[1].Length != 1 || !Statuses.Contains(fields[1][0], StringComparison.Ordinal))
        {
            return (null, "status");
        }

        if (!decimal.TryParse(fields[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
            || yuan > 100_000_000 || decimal.Round(yuan, 2) != yuan)
        {
            return (null, "balance");
        }

        return before.Exists(one => one.Month == month)
            ? (null, "twice") : (new BureauMonth(month, fields[1][0], (long)(yuan * 100)), null);
    }
}
