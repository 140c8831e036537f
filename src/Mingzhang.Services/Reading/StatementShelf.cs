using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Corrections;

namespace Mingzhang.Services.Reading;

/// <summary>One statement with every version it ever had.</summary>
/// <param name="Latest">The version that counts; for the bills the account still keeps, with what was paid towards it.</param>
/// <param name="Superseded">Earlier versions, oldest first.</param>
public sealed record ShelvedStatement(Bill Latest, IReadOnlyList<SupersededVersion> Superseded);

/// <summary>A statement as it was before a correction.</summary>
/// <param name="Bill">Its figures then.</param>
/// <param name="ReplacedOn">The booked day of the correction.</param>
/// <param name="Sequence">The journal entry of the correction.</param>
public sealed record SupersededVersion(Bill Bill, DateOnly ReplacedOn, long Sequence);

/// <summary>All statements of an account, latest first.</summary>
public static class StatementShelf
{
    /// <summary>Gathers the statements from the journal; figures of bills that are still open come from the state.</summary>
    public static IReadOnlyList<ShelvedStatement> Of(AccountView view) => Of(view, view.History);

    /// <summary>The latest so many; of the journal only what was booked since the first of them.</summary>
    public static IReadOnlyList<ShelvedStatement> Latest(AccountView view, int most)
    {
        var (entries, issued) = (new Stack<HistoryEntry>(), 0);
        foreach (var entry in view.Latest)
        {
            entries.Push(entry);
            issued += entry.Events.Count(static happened => happened is StatementIssued);
            if (issued >= most)
            {
                break;
            }
        }

        return [.. Of(view, entries).Take(most)];
    }

    private static IReadOnlyList<ShelvedStatement> Of(AccountView view, IEnumerable<HistoryEntry> entries)
    {
        var latest = new SortedDictionary<DateOnly, Bill>();
        var old = new Dictionary<DateOnly, List<SupersededVersion>>();
        foreach (var entry in entries)
        {
            foreach (var happened in entry.Events)
            {
                if (happened is StatementIssued issued)
                {
                    latest[issued.Bill.IssuedOn] = issued.Bill;
                }
                else if (happened is AccountCorrected corrected)
                {
                    Supersede(latest, old, corrected, entry);
                }
            }
        }

        foreach (var bill in view.State.Bills)
        {
            latest[bill.IssuedOn] = bill;
        }

        return [.. latest.Reverse().Select(pair => new ShelvedStatement(pair.Value, old.GetValueOrDefault(pair.Key, [])))];
    }

    private static void Supersede(
        SortedDictionary<DateOnly, Bill> latest, Dictionary<DateOnly, List<SupersededVersion>> old, AccountCorrected corrected,
        HistoryEntry entry)
    {
        foreach (var statement in corrected.Statements)
        {
            if (!old.TryGetValue(statement.Before.IssuedOn, out var versions))
            {
                old[statement.Before.IssuedOn] = versions = [];
            }

            versions.Add(new SupersededVersion(statement.Before, entry.BookedOn, entry.Sequence));
            latest[statement.After.IssuedOn] = statement.After;
        }
    }
}
