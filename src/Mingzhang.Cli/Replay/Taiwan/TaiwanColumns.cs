namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary>The columns that the replay reads, found in a header. Others (SEX, EDUCATION, MARRIAGE, AGE, the label) are not used.</summary>
internal sealed class TaiwanColumns
{
    /// <summary>Months, April first.</summary>
    public const int Months = 6;

    private static readonly string[] Suffixes = ["6", "5", "4", "3", "2", "1"];

    private readonly Dictionary<string, int> _places;

    private TaiwanColumns(Dictionary<string, int> places, int count)
    {
        _places = places;
        Count = count;
    }

    /// <summary>Number of columns of the header.</summary>
    public int Count { get; }

    /// <summary>Names of the bills, April first.</summary>
    public static IReadOnlyList<string> Bills { get; } = [.. Suffixes.Select(n => "BILL_AMT" + n)];

    /// <summary>Names of the payments, April first.</summary>
    public static IReadOnlyList<string> Payments { get; } = [.. Suffixes.Select(n => "PAY_AMT" + n)];

    /// <summary>Names of the repayment statuses, April first; the data call September's PAY_0.</summary>
    public static IReadOnlyList<string> Status { get; } = [.. Suffixes.Select(n => "PAY_" + (n == "1" ? "0" : n))];

    /// <summary>All names, in the data's own order.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["ID", "LIMIT_BAL", .. Status.Reverse(), .. Bills.Reverse(), .. Payments.Reverse()];

    /// <summary>Place of a column.</summary>
    public int this[string name] => _places[name];

    /// <summary>Reads a header; adds a problem for each column that is missing or comes twice, and returns null then.</summary>
    public static TaiwanColumns? Find(string file, string header, List<Problem> problems)
    {
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var names = CsvLine.Split(header) ?? [];
        for (var i = 0; i < names.Length; i++)
        {
            if (!places.TryAdd(names[i], i) && All.Contains(names[i], StringComparer.OrdinalIgnoreCase))
            {
                problems.Add(new Problem(
                    file, 1, names[i], "the column comes twice", "Keep one of the two.", "该列出现两次", "请只保留一列。"));
            }
        }

        foreach (var name in All.Where(name => !places.ContainsKey(name)))
        {
            problems.Add(new Problem(
                file, 1, name, "the column is missing; the first line names the columns",
                "Use the file as published: ID, LIMIT_BAL, PAY_0, PAY_2 to PAY_6, BILL_AMT1 to 6, PAY_AMT1 to 6.",
                "缺少该列；首行应为列名", "请使用原始文件：ID、LIMIT_BAL、PAY_0、PAY_2 至 PAY_6、BILL_AMT1 至 6、PAY_AMT1 至 6。"));
        }

        return problems.Count == 0 ? new TaiwanColumns(places, names.Length) : null;
    }
}
