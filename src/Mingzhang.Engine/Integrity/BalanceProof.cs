using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Engine.Integrity;

/// <summary>The trial balance of one partition as it stood where its follower was, to be held against the postings.</summary>
internal sealed class BalanceProof
{
    private const string Settled = "SELECT position FROM settled WHERE id = 1";

    private const string Lines =
        "SELECT booked_on AS BookedOn, currency AS Currency, ledger AS Ledger, debit AS Debit, credit AS Credit FROM ledger_day "
        + "WHERE partition_id = @partition";

    private readonly LedgerSums _stored = new();

    private BalanceProof(long position) => Position = position;

    /// <summary>Rows up to here are in it.</summary>
    public long Position { get; }

    /// <summary>
    /// Reads it; null while it moves, or while rows that it has are not settled yet, because then their accounts may not be listed. It
    /// is looked at in another pass.
    /// </summary>
    public static BalanceProof? Read(DbConnection connection, int partition)
    {
        var (settled, followed) = (connection.ExecuteScalar<long>(Settled), Followed(connection, partition));
        var lines = connection.Query<Line>(Lines, new { partition }).AsList();
        if (settled < followed || Followed(connection, partition) != followed)
        {
            return null;
        }

        var proof = new BalanceProof(followed);
        foreach (var line in lines)
        {
            proof._stored.Add(
                new LedgerLine(
                    partition, StoreDates.FromStored(line.BookedOn), Currency.Parse(line.Currency), (LedgerAccount)line.Ledger),
                new Movement(line.Debit, line.Credit));
        }

        return proof;
    }

    /// <summary>Null, or where it is off: debits against credits, or a line against its postings.</summary>
    public string? Fault(LedgerSums postings)
    {
        var off = _stored.Lines.GroupBy(line => line.Key.Currency)
            .Select(book => book.Sum(line => line.Value.Debit - line.Value.Credit)).FirstOrDefault(sum => sum != 0);
        if (off != 0)
        {
            return $"the trial balance of a partition is off by {off} minor units";
        }

        var line = _stored.Lines.Keys.Union(postings.Lines.Keys)
            .Where(line => _stored.Lines.GetValueOrDefault(line) != postings.Lines.GetValueOrDefault(line))
            .OrderBy(line => line.BookedOn).Cast<LedgerLine?>().FirstOrDefault();
        return line is not { } at ? null
            : $"partition {at.Partition}, {at.BookedOn:yyyy-MM-dd}, {at.Ledger}: {Told(_stored, at)} in the trial balance, "
                + $"{Told(postings, at)} by the postings";
    }

    private static long Followed(DbConnection connection, int partition) =>
        FollowerPlaces.Read(connection, TrialBalance.Checkpoint).OfPartition(partition);

    private static string Told(LedgerSums sums, LedgerLine line) =>
        sums.Lines.GetValueOrDefault(line) is var sum ? $"{sum.Debit}/{sum.Credit}" : "";

    private sealed record Line(long BookedOn, string Currency, long Ledger, long Debit, long Credit);
}
