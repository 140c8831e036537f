using System.Runtime.InteropServices;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Engine.Followers;

/// <summary>One line of the trial balance: a ledger account's movement of a day in a partition.</summary>
public readonly record struct LedgerLine(int Partition, DateOnly BookedOn, Currency Currency, LedgerAccount Ledger);

/// <summary>Debits and credits in minor units, both positive.</summary>
public readonly record struct Movement(long Debit, long Credit);

/// <summary>Adds the postings of rows up; the same sums for the follower and the verifier.</summary>
public sealed class LedgerSums
{
    private readonly Dictionary<LedgerLine, Movement> _lines = [];

    /// <summary>The sums so far.</summary>
    public IReadOnlyDictionary<LedgerLine, Movement> Lines => _lines;

    /// <summary>Adds a row.</summary>
    public void Add(JournalRow row)
    {
        foreach (var posting in PostingCodec.Read(row.Postings))
        {
            var minor = posting.Amount.MinorUnits;
            Add(
                new LedgerLine(row.Account.PartitionId, row.BookedOn, posting.Amount.Currency, posting.Account),
                new Movement(Math.Max(0, minor), Math.Max(0, -minor)));
        }
    }

    /// <summary>Adds a movement.</summary>
    public void Add(LedgerLine line, Movement movement)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_lines, line, out _);
        sum = new Movement(sum.Debit + movement.Debit, sum.Credit + movement.Credit);
    }
}

/// <summary>The trial balance as a table, kept by the journal's own postings.</summary>
internal sealed class TrialBalance : IFollower
{
    /// <summary>Its checkpoint's name.</summary>
    public const string Checkpoint = "trial-balance";

    private const string Add =
        "INSERT INTO ledger_day (partition_id, booked_on, currency, ledger, debit, credit) "
        + "VALUES (@partition, @day, @currency, @ledger, @debit, @credit) "
        + "ON CONFLICT (partition_id, booked_on, currency, ledger) "
        + "DO UPDATE SET debit = ledger_day.debit + @debit, credit = ledger_day.credit + @credit";

    /// <inheritdoc/>
    public string Name => Checkpoint;

    /// <summary>A sum of a partition's day is one row, of however many postings it is made.</summary>
    public TimeSpan Gathers { get; } = TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    public bool BySlices => true;

    /// <inheritdoc/>
    public object Prepare(IReadOnlyList<FollowedRow> rows, object? gathered)
    {
        var sums = (LedgerSums?)gathered ?? new LedgerSums();
        foreach (var one in rows)
        {
            sums.Add(one.Row);
        }

        return sums;
    }

    /// <inheritdoc/>
    public void Handle(object? prepared, FollowerTransaction transaction) => transaction.Write(
        Add, ["@partition", "@day", "@currency", "@ledger", "@debit", "@credit"],
        ((LedgerSums)prepared!).Lines.OrderBy(line => line.Key.Partition).ThenBy(line => line.Key.BookedOn).ThenBy(line => line.Key.Ledger),
        sum => [
            sum.Key.Partition, sum.Key.BookedOn.ToStored(), sum.Key.Currency.ToString(), (int)sum.Key.Ledger, sum.Value.Debit,
            sum.Value.Credit,
        ]);
}
