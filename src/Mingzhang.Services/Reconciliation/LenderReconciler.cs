using Mingzhang.Channel;
using Mingzhang.Engine;
using Mingzhang.Services.Lenders;

namespace Mingzhang.Services.Reconciliation;

/// <summary>
/// Compares what each lender was told of a day with its own statement. A line that the lender lacks is told again, and what it then
/// confirms is repaired by itself; the rest stays open for staff.
/// </summary>
public sealed class LenderReconciler(CreditHouse house, LenderDesk desk, ILenderGateway gateway, TimeProvider time)
{
    private const int DaysOfSilence = 2;

    /// <summary>Compares every written day of every lender that was not compared yet; a lender without a statement waits for the next
    /// time.</summary>
    public async Task<IReadOnlyList<SettlementBreak>> CatchUpAsync(CancellationToken cancel)
    {
        var found = new List<SettlementBreak>();
        if (desk.LastWritten() is not { } written)
        {
            return found;
        }

        foreach (var lender in desk.Lenders)
        {
            for (var day = LastDay(lender)?.AddDays(1) ?? written; day <= written; day = day.AddDays(1))
            {
                if (await CompareAsync(lender, day, cancel) is not { } breaks)
                {
                    found.AddRange(await SilentAsync(lender, day));
                    break;
                }

                found.AddRange(breaks);
            }
        }

        return found;
    }

    /// <summary>Compares a day of a lender; null while lines of it are still being told, or there is no statement.</summary>
    public async Task<IReadOnlyList<SettlementBreak>?> CompareAsync(string lender, DateOnly day, CancellationToken cancel)
    {
        var ours = Ours(lender, day);
        if (ours.Any(line => !line.Confirmed) || await gateway.StatementAsync(lender, day, cancel) is not { } statement)
        {
            return null;
        }

        return await CompareAsync(lender, day, statement, cancel);
    }

    /// <summary>Compares a day with a statement that came another way, such as a file that staff were sent.</summary>
    public async Task<IReadOnlyList<SettlementBreak>> CompareAsync(
        string lender, DateOnly day, LenderStatement statement, CancellationToken cancel)
    {
        var ours = Ours(lender, day);
        var breaks = new List<SettlementBreak>();
        foreach (var found in Differences(lender, day, ours, statement))
        {
            breaks.Add(await RepairAsync(lender, found, ours, cancel));
        }

        await house.WriteAsync((connection, transaction) =>
        {
            var at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
            BreakShelf.Keep(connection, transaction, breaks);
            LenderShelf.DayDone(connection, transaction, day, lender, statement.Lines.Count, breaks.Count, at);
            return 0;
        });
        return breaks;
    }

    /// <summary>A lender that has said nothing for days is a break of its own, once for the day.</summary>
    private async Task<IReadOnlyList<SettlementBreak>> SilentAsync(string lender, DateOnly day)
    {
        if (house.BusinessDate.DayNumber - day.DayNumber <= DaysOfSilence)
        {
            return [];
        }

        var silent = Break(lender, day, "lender-silent", lender, null, 0) with
        {
            Ours = LenderStatement.Gross(Ours(lender, day).Select(line => line.Advice)),
        };
        await house.WriteAsync((connection, transaction) =>
        {
            BreakShelf.Keep(connection, transaction, [silent]);
            return 0;
        });
        return [silent];
    }

    private IEnumerable<SettlementBreak> Differences(
        string lender, DateOnly day, IReadOnlyList<AdvisedLine> ours, LenderStatement statement)
    {
        var known = ours.ToDictionary(line => line.Id, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in statement.Lines)
        {
            var own = known.GetValueOrDefault(line.Id);
            var kind = !seen.Add(line.Id) ? "lender-twice" : own is null ? "lender-missing-here"
                : own.Advice != line ? "lender-amount" : null;
            if (kind is not null)
            {
                yield return Break(lender, day, kind, line.Id, own, line.AmountMinor);
            }
        }

        foreach (var line in ours.Where(line => !seen.Contains(line.Id)))
        {
            yield return Break(lender, day, "lender-missing-there", line.Id, line, 0);
        }

        if (!statement.IsWhole)
        {
            yield return Break(lender, day, "lender-total", lender, null, statement.GrossMinor) with
            {
                Ours = LenderStatement.Gross(statement.Lines),
            };
        }
    }

    private SettlementBreak Break(string lender, DateOnly day, string kind, string id, AdvisedLine? own, long theirs) => new()
    {
        Day = day, Kind = kind, TransferId = id, Account = own?.Account, Ours = own?.Amount ?? 0, Theirs = theirs, Detail = lender,
        FoundOn = house.BusinessDate,
    };

    private async Task<SettlementBreak> RepairAsync(
        string lender, SettlementBreak found, IReadOnlyList<AdvisedLine> ours, CancellationToken cancel)
    {
        if (found.Kind != "lender-missing-there" || ours.FirstOrDefault(line => line.Id == found.TransferId) is not { } line)
        {
            return found;
        }

        var booked = await desk.TellAsync(lender, [line], cancel);
        return booked?.Contains(line.Id) == true
            ? found with { Status = "repaired", Note = "the lender has booked it", EndedOn = house.BusinessDate } : found;
    }

    private DateOnly? LastDay(string lender)
    {
        using var connection = house.OpenReadOnly();
        return LenderShelf.LastDay(connection, lender);
    }

    private IReadOnlyList<AdvisedLine> Ours(string lender, DateOnly day)
    {
        using var connection = house.OpenReadOnly();
        return LenderShelf.Of(connection, lender, day);
    }
}
