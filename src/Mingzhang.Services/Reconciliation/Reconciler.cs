using Dapper;
using Mingzhang.Channel;
using Mingzhang.Engine;
using Mingzhang.Services.Payments;

namespace Mingzhang.Services.Reconciliation;

/// <summary>What a comparison found.</summary>
/// <param name="Day">The file's day.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Breaks">Where the two differ, repaired ones included.</param>
public sealed record ReconciliationReport(DateOnly Day, int Lines, IReadOnlyList<SettlementBreak> Breaks);

/// <summary>
/// Compares what the house believes with the bank's settlement file of a day. What the bank confirms when asked again is repaired by itself
/// and kept as such; the rest stays open for staff. Nothing is ever taken from the file alone.
/// </summary>
public sealed class Reconciler(CreditHouse house, IPaymentChannel channel, TransferDesk desk, TimeProvider time)
{
    private const int DaysOfReturns = 7;
    private const int AtOnce = 16;

    private const string InLedger =
        "SELECT count(*) FROM entry e JOIN journal j ON j.partition_id = e.partition_id AND j.position = e.position "
        + "WHERE e.partition_id = @partition AND e.account_id = @account AND j.key = @key AND j.kind = 1";

    /// <summary>Compares every day that is over and was not compared yet; stops at the first without a file.</summary>
    /// <param name="first">Where to begin when no day was compared yet.</param>
    /// <param name="cancel">Stops between two days.</param>
    public async Task<IReadOnlyList<ReconciliationReport>> CatchUpAsync(DateOnly first, CancellationToken cancel)
    {
        var reports = new List<ReconciliationReport>();
        for (var day = LastDay()?.AddDays(1) ?? first; day < house.BusinessDate; day = day.AddDays(1))
        {
            if (await CompareAsync(day, cancel) is not { } report)
            {
                break;
            }

            reports.Add(report);
        }

        return reports;
    }

    /// <summary>Compares a day; null when the bank has no file of it yet. Doing it again finds what is still open.</summary>
    public async Task<ReconciliationReport?> CompareAsync(DateOnly day, CancellationToken cancel) =>
        await channel.SettlementAsync(day, cancel) is { } file ? await CompareAsync(day, file, cancel) : null;

    /// <summary>The last day that was compared; null when none was.</summary>
    public DateOnly? LastDay()
    {
        using var connection = house.OpenReadOnly();
        return BreakShelf.LastDay(connection);
    }

    /// <summary>A page of breaks, latest day first.</summary>
    public IReadOnlyList<SettlementBreak> Breaks(bool open, int most)
    {
        using var connection = house.OpenReadOnly();
        return BreakShelf.List(connection, open, most);
    }

    /// <summary>Gives one to a member of staff; false when it was not open any more.</summary>
    public Task<bool> OwnAsync(SettlementBreak one, string owner) => house.WriteAsync((connection, transaction) =>
        BreakShelf.Own(connection, transaction, one, owner));

    /// <summary>Compares a day with a file that came another way; the same as with the channel's.</summary>
    public async Task<ReconciliationReport> CompareAsync(DateOnly day, Settlement file, CancellationToken cancel)
    {
        var lines = file.Lines;
        var found = Differences(day, lines).ToList();
        var breaks = new List<SettlementBreak>();
        if (!file.IsWhole)
        {
            breaks.Add(TotalBreak(day, file));
        }

        // A line of nobody may stand in the place of one that is missing, and the totals agree.
        if (!file.IsWhole || found.Exists(one => one.Kind == "missing-here"))
        {
            await AskAllAsync(day, cancel);
        }

        foreach (var one in found)
        {
            breaks.Add(await RepairAsync(one, cancel));
        }

        await house.WriteAsync((connection, transaction) =>
        {
            BreakShelf.Keep(connection, transaction, day, lines.Count, breaks, time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
            return 0;
        });
        return new ReconciliationReport(day, lines.Count, breaks);
    }

    /// <summary>Staff have dealt with one; false when it was not open any more.</summary>
    public Task<bool> CloseAsync(SettlementBreak one, string owner, string note) => house.WriteAsync((connection, transaction) =>
        BreakShelf.Close(connection, transaction, one, "closed", owner, note, house.BusinessDate));

    private IEnumerable<SettlementBreak> Differences(DateOnly day, IReadOnlyList<SettlementLine> lines)
    {
        var seen = new HashSet<(string, bool)>();
        var moved = lines.Select(line => line.Id).ToHashSet(StringComparer.Ordinal);
        using var connection = house.OpenReadOnly();
        var all = TransferShelf.FindAll(connection, moved);
        foreach (var line in lines)
        {
            var ours = all.GetValueOrDefault(line.Id);
            var kind = !seen.Add((line.Id, line.Returned)) ? "twice" : KindOf(line, ours) ?? (IsInLedger(ours!) ? null : "unbooked");
            if (kind is not null)
            {
                yield return new SettlementBreak
                {
                    Day = day, Kind = kind, TransferId = line.Id, Account = ours?.Account, Ours = ours?.Moved ?? 0,
                    Theirs = line.AmountMinor, Detail = ours is null ? line.Reference : TransferWords.Of(ours.State),
                    FoundOn = house.BusinessDate,
                };
            }
        }

        foreach (var ours in TransferShelf.MovedOn(connection, day).Where(transfer => !moved.Contains(transfer.Id)))
        {
            yield return new SettlementBreak
            {
                Day = day, Kind = "missing-there", TransferId = ours.Id, Account = ours.Account, Ours = ours.Moved,
                Detail = TransferWords.Of(ours.State), FoundOn = house.BusinessDate,
            };
        }
    }

    /// <summary>
    /// The file cannot be trusted: what a missing line would have said is asked for, of all transfers that may still go back.
    /// </summary>
    private async Task AskAllAsync(DateOnly day, CancellationToken cancel)
    {
        for (var moved = day.AddDays(-DaysOfReturns); moved <= day; moved = moved.AddDays(1))
        {
            IReadOnlyList<Transfer> done;
            using (var connection = house.OpenReadOnly())
            {
                done = TransferShelf.MovedOn(connection, moved);
            }

            await Parallel.ForEachAsync(
                done.Where(transfer => transfer.State == TransferState.Done),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
                async (transfer, token) => await desk.AskAgainAsync(transfer.Id, token));
        }
    }

    /// <summary>Whether the account's journal has the fact of the transfer: the third book beside the desk's and the bank's.</summary>
    private bool IsInLedger(Transfer transfer)
    {
        if (transfer.Purpose == TransferPurpose.PayBack)
        {
            // The ledger paid it out before the bank was asked.
            return transfer.Booked;
        }

        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long>(
            InLedger,
            new
            {
                partition = transfer.Account.PartitionId, account = transfer.Account.Value, key = $"transfer:{transfer.Id}:done",
            }) == 1;
    }

    private SettlementBreak TotalBreak(DateOnly day, Settlement file)
    {
        var sums = SettlementTotals.Of(file.Lines);
        return new SettlementBreak
        {
            Day = day, Kind = "total", TransferId = "", Ours = Net(sums), Theirs = Net(file.Totals), FoundOn = house.BusinessDate,
        };
    }

    private static long Net(SettlementTotals totals) => totals.DebitMinor - totals.CreditMinor - totals.ReturnedMinor;

    private static string? KindOf(SettlementLine line, Transfer? ours) => ours switch
    {
        null => "missing-here",
        { IsKnown: false } or { State: TransferState.Failed } => "state",
        _ when line.AmountMinor != ours.Moved || line.Way != ours.Way || line.Currency != ours.Amount.Currency.ToString() => "amount",
        { State: TransferState.Done } when line.Returned => "returned",
        _ => null,
    };

    private async Task<SettlementBreak> RepairAsync(SettlementBreak found, CancellationToken cancel)
    {
        if (found.Account is null || found.Kind is not ("state" or "returned"))
        {
            return found;
        }

        var asked = await desk.AskAgainAsync(found.TransferId, cancel);
        return asked is { IsOver: true } now && now.Moved == found.Theirs
            && (found.Kind == "returned" ? now.State == TransferState.Returned : now.State is TransferState.Done or TransferState.Returned)
            ? found with { Status = "repaired", Note = "asked the bank again", EndedOn = house.BusinessDate }
            : found;
    }
}
