namespace Mingzhang.Services.Bureau;

/// <summary>What a report says, line by line, of an account and of each loan under it (R147).</summary>
/// <param name="Lines">Month lines; loan empty = the account as a whole.</param>
/// <param name="Wrong">Lines that cannot be read: number and field, as <see cref="BureauFile.Read"/> names them; the first twenty.</param>
public sealed record BureauSheet(IReadOnlyList<(string Loan, BureauMonth Month)> Lines, IReadOnlyList<(int Line, string Field)> Wrong)
{
    /// <summary>Largest file that is read, bytes.</summary>
    public const int Largest = 256 * 1024;

    private const int MostLines = 2_000;
    private const int MostWrong = 20;
    private const int LongestLoan = 64;

    /// <summary>Reads lines <c>month,status,balance</c> or <c>loan,month,status,balance</c>, with or without a heading.</summary>
    public static BureauSheet Read(string text)
    {
        var (lines, wrong) = (new List<(string Loan, BureauMonth Month)>(), new List<(int Line, string Field)>());
        var rows = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < rows.Length && wrong.Count < MostWrong; i++)
        {
            var fields = rows[i].Split(',', StringSplitOptions.TrimEntries);
            if (rows[i].Trim().Length == 0 || (i == 0 && fields[0] is "month" or "loan"))
            {
                continue;
            }

            var loan = fields.Length == 4 ? fields[0] : "";
            var before = lines.Where(one => one.Loan == loan).Select(one => one.Month).ToList();
            var (month, field) = lines.Count >= MostLines ? (null, "many") : loan.Length > LongestLoan ? (null, "loan")
                : BureauFile.Month(fields.Length == 4 ? fields[1..] : fields, before);
            if (month is not null)
            {
                lines.Add((loan, month));
            }
            else
            {
                wrong.Add((i + 1, field!));
            }

            if (field == "many")
            {
                break;
            }
        }

        return lines.Count == 0 && wrong.Count == 0 ? new BureauSheet([], [(1, "empty")]) : new BureauSheet(lines, wrong);
    }

    /// <summary>Every month on which this and the house's record differ: the account first, then loan by loan.</summary>
    /// <param name="account">The account's months.</param>
    /// <param name="loans">Those of each loan.</param>
    public IReadOnlyList<LoanDifferences> Differences(
        IReadOnlyList<BureauMonth> account, IReadOnlyDictionary<string, IReadOnlyList<BureauMonth>> loans) =>
    [
        .. Lines.GroupBy(one => one.Loan, one => one.Month).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new LoanDifferences(
                group.Key, group.Key.Length == 0 || loans.ContainsKey(group.Key),
                BureauComparison.Of(group.Key.Length == 0 ? account : loans.GetValueOrDefault(group.Key, []), [.. group])))
            .Where(one => one.Months.Count > 0),
    ];

    /// <summary>Loans of the house that a report with loans in it does not have.</summary>
    public IReadOnlyList<string> Missing(IReadOnlyDictionary<string, IReadOnlyList<BureauMonth>> loans)
    {
        var named = Lines.Select(one => one.Loan).Where(loan => loan.Length > 0).ToHashSet(StringComparer.Ordinal);
        return named.Count == 0 ? []
            : [.. loans.Where(one => one.Value.Count > 0 && !named.Contains(one.Key)).Select(one => one.Key).Order()];
    }
}

/// <summary>Months on which a report and the house differ about a loan.</summary>
/// <param name="Loan">Its id; empty = the account as a whole.</param>
/// <param name="Known">Whether the house has such a loan.</param>
/// <param name="Months">Latest first.</param>
public sealed record LoanDifferences(string Loan, bool Known, IReadOnlyList<BureauDifference> Months);
