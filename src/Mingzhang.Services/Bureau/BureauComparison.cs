namespace Mingzhang.Services.Bureau;

/// <summary>Compares the house's record of an account with what a bureau report says.</summary>
public static class BureauComparison
{
    /// <summary>Every month on which they differ, latest first. Months before the first of the report are not asked of it: a report may
    /// show fewer months than are kept.</summary>
    public static IReadOnlyList<BureauDifference> Of(IReadOnlyList<BureauMonth> ours, IReadOnlyList<BureauMonth> theirs)
    {
        var own = ours.ToDictionary(one => one.Month);
        var other = theirs.ToDictionary(one => one.Month);
        var first = theirs.Min(one => one.Month);
        return
        [
            .. own.Keys.Where(month => month >= first).Union(other.Keys).OrderDescending()
                .Select(month => new BureauDifference(month, own.GetValueOrDefault(month), other.GetValueOrDefault(month)))
                .Where(one => !Same(one)),
        ];
    }

    // M: paid after the day but within the month, which the house tells as N.
    private static bool Same(BureauDifference one) => one is { Ours: { } ours, Theirs: { } theirs }
        && (ours.Status == theirs.Status || (ours.Status, theirs.Status) == ('N', 'M')) && ours.BalanceMinor == theirs.BalanceMinor;
}
