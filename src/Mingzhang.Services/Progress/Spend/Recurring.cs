namespace Mingzhang.Services.Progress.Spend;

/// <summary>How often a merchant comes back.</summary>
public enum Rhythm
{
    /// <summary>Every 6 to 8 days.</summary>
    Weekly,

    /// <summary>Every 27 to 35 days.</summary>
    Monthly,

    /// <summary>Every 85 to 97 days.</summary>
    Quarterly,

    /// <summary>Every 355 to 375 days.</summary>
    Yearly,
}

/// <summary>A merchant that charges about the same again and again, with the payments that show it. Amounts in minor units.</summary>
/// <param name="Merchant">Its name.</param>
/// <param name="Rhythm">How often.</param>
/// <param name="Evidence">The payments, oldest first.</param>
/// <param name="Gaps">Days between them.</param>
/// <param name="NextOn">When the next is to be expected.</param>
/// <param name="Ended">Whether that day passed by more than a week without one.</param>
public sealed record RecurringCharge(
    string Merchant, Rhythm Rhythm, IReadOnlyList<SpendLine> Evidence, IReadOnlyList<int> Gaps, DateOnly NextOn, bool Ended)
{
    /// <summary>The latest amount.</summary>
    public long Amount => Evidence[^1].Amount;

    /// <summary>What it costs in a year at the latest amount.</summary>
    public long PerYear => Amount * Rhythm switch
    {
        Rhythm.Weekly => 52,
        Rhythm.Monthly => 12,
        Rhythm.Quarterly => 4,
        Rhythm.Yearly => 1,
        _ => throw new InvalidOperationException("A fifth rhythm."),
    };
}

/// <summary>
/// Finds subscriptions: at least three purchases (two for a yearly one) at one merchant, each within a tenth of the first one's amount,
/// whose distances all fit one rhythm.
/// </summary>
/// <remarks>Sample parameters. 25.00 on 15 March, 15 April and 15 May are 31 and 30 days apart: monthly, next on 15 June. 25.00, 60.00
/// and 25.00 are not, nor are 25.00 on the 1st, 5th and 30th.</remarks>
public static class Recurring
{
    private const int Tenth = 10;
    private const int Patience = 7;

    private static readonly (Rhythm Rhythm, int Least, int Most, int Needed)[] Bands =
    [
        (Rhythm.Weekly, 6, 8, 3), (Rhythm.Monthly, 27, 35, 3), (Rhythm.Quarterly, 85, 97, 3), (Rhythm.Yearly, 355, 375, 2),
    ];

    /// <summary>What comes back, the dearest in a year first.</summary>
    /// <param name="lines">Lines in any order.</param>
    /// <param name="today">To say which ended.</param>
    public static IReadOnlyList<RecurringCharge> Of(IEnumerable<SpendLine> lines, DateOnly today) =>
    [
        .. lines.Where(line => line is { Kind: SpendKind.Purchase, Merchant.Length: > 0 })
            .GroupBy(line => line.Merchant, StringComparer.Ordinal)
            .SelectMany(group => Alike(group.OrderBy(line => line.On).ThenBy(line => line.Known)))
            .Select(alike => Rated(alike, today)).OfType<RecurringCharge>()
            .OrderBy(one => one.Ended).ThenByDescending(one => one.PerYear).ThenBy(one => one.Merchant, StringComparer.Ordinal),
    ];

    private static List<List<SpendLine>> Alike(IEnumerable<SpendLine> lines)
    {
        List<List<SpendLine>> clusters = [];
        foreach (var line in lines)
        {
            if (clusters.Find(one => Math.Abs(one[0].Amount - line.Amount) * Tenth <= one[0].Amount) is { } cluster)
            {
                cluster.Add(line);
            }
            else
            {
                clusters.Add([line]);
            }
        }

        return clusters;
    }

    private static RecurringCharge? Rated(List<SpendLine> alike, DateOnly today)
    {
        var gaps = alike.Zip(alike.Skip(1), (one, next) => next.On.DayNumber - one.On.DayNumber).ToList();
        foreach (var (rhythm, least, most, needed) in Bands)
        {
            if (alike.Count >= needed && gaps.TrueForAll(gap => gap >= least && gap <= most))
            {
                var next = After(alike[0].On, alike[^1].On, rhythm);
                return new RecurringCharge(alike[0].Merchant, rhythm, alike, gaps, next, today > next.AddDays(Patience));
            }
        }

        return null;
    }

    // A subscription of the 31st comes back on the last day of shorter months, and on the 31st again after them.
    private static DateOnly After(DateOnly first, DateOnly last, Rhythm rhythm)
    {
        var next = rhythm switch
        {
            Rhythm.Weekly => last.AddDays(7),
            Rhythm.Monthly => last.AddMonths(1),
            Rhythm.Quarterly => last.AddMonths(3),
            Rhythm.Yearly => last.AddYears(1),
            _ => throw new InvalidOperationException("A fifth rhythm."),
        };
        var most = DateTime.DaysInMonth(next.Year, next.Month);
        return rhythm == Rhythm.Weekly || next.Day >= first.Day ? next : new DateOnly(next.Year, next.Month, Math.Min(first.Day, most));
    }
}
