namespace Mingzhang.Domain.Corrections;

/// <summary>The difference between two foldings, entry by entry and ledger account by ledger account.</summary>
internal static class CorrectionLines
{
    /// <summary>Lines that turn the postings of <paramref name="before"/> into those of <paramref name="after"/>; they sum to
    /// zero.</summary>
    public static ValueList<CorrectionLine> Between(
        IReadOnlyList<FoldedEntry> before, IReadOnlyList<FoldedEntry> after, IReadOnlyList<HistoryEntry> history, Currency currency)
    {
        var totals = new SortedDictionary<(DateOnly On, long Sequence, int Ledger), long>();
        Add(totals, before, -1);
        Add(totals, after, 1);
        var booked = DayEntries(history);
        var known = history.Select(entry => entry.Sequence).ToHashSet();
        var lines = new List<CorrectionLine>();
        foreach (var ((on, sequence, ledger), delta) in totals)
        {
            if (delta != 0)
            {
                var corrects = sequence == 0 ? booked.GetValueOrDefault(on) : known.Contains(sequence) ? sequence : 0;
                lines.Add(new CorrectionLine(corrects, on, (LedgerAccount)ledger, Money.Of(delta, currency)));
            }
        }

        return ValueList.From(lines);
    }

    private static void Add(SortedDictionary<(DateOnly On, long Sequence, int Ledger), long> totals,
        IReadOnlyList<FoldedEntry> entries, int sign)
    {
        foreach (var entry in entries)
        {
            foreach (var happened in entry.Events.AsSpan())
            {
                foreach (var posting in PostingRules.For(happened).AsSpan())
                {
                    var key = (entry.EffectiveOn, entry.Sequence, (int)posting.Account);
                    totals[key] = checked(totals.GetValueOrDefault(key) + (sign * posting.Amount.MinorUnits));
                }
            }
        }
    }

    // Journal entries of days: those whose events record no fact.
    private static Dictionary<DateOnly, long> DayEntries(IReadOnlyList<HistoryEntry> history)
    {
        var days = new Dictionary<DateOnly, long>();
        foreach (var entry in history)
        {
            if (entry.Events.Count > 0 && !entry.Events.Any(e => e.Recorded is not null || e is AccountCorrected))
            {
                days[entry.Events[0].EffectiveOn] = entry.Sequence;
            }
        }

        return days;
    }
}
