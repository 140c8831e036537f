using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Followers;
using Mingzhang.Engine.Integrity;
using Mingzhang.Store;

namespace Mingzhang.Engine.Verification;

/// <summary>
/// Refolds every account from the journal and proves that events, states, postings, trial balance, hash chains, sequences and
/// keys are one, and that every invariant of accounts holds.
/// </summary>
/// <remarks>Trusts nothing it reads: a damaged place becomes a named difference, never a crash.</remarks>
public sealed class Verifier(TermsBook book, IReadOnlyList<IAuditReader> readers)
{
    private const string Checkpoints = "SELECT name AS Name, position AS Position FROM follower";
    private const string LedgerOf =
        "SELECT booked_on AS BookedOn, currency AS Currency, ledger AS Ledger, debit AS Debit, credit AS Credit FROM ledger_day WHERE "
            + "partition_id = @partition";

    /// <summary>What must hold of every account whose books are one.</summary>
    internal IReadOnlyList<LiveInvariant> Invariants { get; init; } = InvariantTable.OfAccounts;

    private readonly Findings _findings = new();
    private readonly ConcurrentDictionary<long, byte> _strangers = [];
    private readonly ConcurrentDictionary<Currency, long> _totals = [];
    private Dictionary<int, Dictionary<AccountId, List<IndexEntry>>> _unsettled = [];
    private ulong[] _visited = [];
    private long _accounts;
    private long _rows;
    private int _partitions;

    /// <summary>Verifies a database that no process need have open.</summary>
    public static VerifyReport Run(string path, TermsBook book, int threads = 2, IProgress<VerifyProgress>? progress = null)
    {
        IReadOnlyList<IAuditReader> readers = [];
        try
        {
            readers = LedgerStores.OpenAudit(path, threads);
            return new Verifier(book, readers).Run(progress);
        }
        catch (StoreException cause)
        {
            return new VerifyReport(new Difference("file", null, null, null, cause.Message), 1, 0, 0, 0);
        }
        finally
        {
            foreach (var reader in readers)
            {
                reader.Dispose();
            }
        }
    }

    /// <summary>Verifies; one thread per reader.</summary>
    public VerifyReport Run(IProgress<VerifyProgress>? progress = null)
    {
        File("file", readers[0].IntegrityFinding);
        File("sqlite_schema", readers[0].SchemaFinding);
        if (Context() is { } context)
        {
            var next = -1;
            Parallel.ForEach(readers, new ParallelOptions { MaxDegreeOfParallelism = readers.Count }, reader =>
            {
                int partition;
                while ((partition = Interlocked.Increment(ref next)) < AccountId.Partitions)
                {
                    Guarded("account", partition, () => Partition(context, reader, partition));
                    progress?.Report(new VerifyProgress(
                        Interlocked.Increment(ref _partitions), Interlocked.Read(ref _accounts), Interlocked.Read(ref _rows),
                            _findings.Count));
                }
            });
            Guarded("journal", null, Strangers);
        }

        var total = _totals.Values.Sum(Math.Abs);
        if (total != 0)
        {
            _findings.Add(new Difference("ledger_day", null, null, null, $"the trial balance is off by {total} minor units"));
        }

        return new VerifyReport(_findings.First, _findings.Count, _accounts, _rows, total);
    }

    private VerifyContext? Context()
    {
        VerifyContext? context = null;
        Guarded("house", null, () =>
        {
            var reader = readers[0];
            var (house, settled) = (reader.House(), reader.Settled());
            var last = reader.Positions().Select(row => row.Position).DefaultIfEmpty().Max();
            if (settled > last)
            {
                _findings.Add(new Difference(
                    "settled", null, null, null, $"settled up to {settled}, but the journal ends at {last}: rows are missing"));
            }

            _visited = new ulong[(last / 64) + 1];
            _unsettled = reader.After(settled).GroupBy(row => row.Account.PartitionId).ToDictionary(
                partition => partition.Key,
                partition => partition.GroupBy(row => row.Account).ToDictionary(
                    rows => rows.Key, rows => rows.Select(row => new IndexEntry(row.Sequence, row.KeyHash, row.Position)).ToList()));
            var checkpoints = reader.Connection.Query<(string Name, long Position)>(Checkpoints).ToDictionary(c => c.Name, c => c.Position);
            foreach (var (name, position) in checkpoints.Where(checkpoint => checkpoint.Value > last || checkpoint.Value < 0))
            {
                _findings.Add(new Difference("follower", null, null, null, $"{name} is at {position}, but the journal ends at {last}"));
            }

            var forks = new MetaCheck(reader.Connection, _findings).Compare(house.Sandbox, last);
            var terms = new TermsDesk(book);
            context = new VerifyContext(
                terms, new HeadProjector(terms), house, settled, forks,
                FollowerPlaces.Read(reader.Connection, TrialBalance.Checkpoint), checkpoints.GetValueOrDefault(Outbox.Checkpoint),
                Invariants);
        });
        return context;
    }

    private void Partition(VerifyContext context, IAuditReader reader, int partition)
    {
        var unsettled = _unsettled.GetValueOrDefault(partition) ?? [];
        var sums = new LedgerSums();
        var check = new AccountCheck(context, reader, _findings, sums);
        foreach (var account in reader.Accounts(partition, unsettled.Keys))
        {
            if (account.Value <= 0 || account.PartitionId != partition)
            {
                _findings.Add(new Difference(
                    "entry", partition, account, null, $"account number {account.Value} does not belong to this partition"));
                continue;
            }

            check.Check(account, unsettled.GetValueOrDefault(account) ?? [], Visit);
            Interlocked.Increment(ref _accounts);
        }

        Interlocked.Add(ref _rows, check.Rows);
        Guarded("ledger_day", partition, () => Ledger(reader.Connection, partition, sums));
        Guarded("outbox", partition, () => new OutboxCheck(reader, _findings, context.OutboxAt).Compare(partition));
    }

    private void Ledger(DbConnection connection, int partition, LedgerSums sums)
    {
        var stored = new LedgerSums();
        foreach (var row in connection.Query<Line>(LedgerOf, new { partition }))
        {
            var line = new LedgerLine(
                partition, StoreDates.FromStored(row.BookedOn), Currency.Parse(row.Currency), (LedgerAccount)row.Ledger);
            stored.Add(line, new Movement(row.Debit, row.Credit));
            _totals.AddOrUpdate(line.Currency, row.Debit - row.Credit, (_, sum) => sum + row.Debit - row.Credit);
        }

        foreach (var line in sums.Lines.Keys.Union(stored.Lines.Keys).OrderBy(line => line.BookedOn).ThenBy(line => line.Ledger))
        {
            var (of, from) = (stored.Lines.GetValueOrDefault(line), sums.Lines.GetValueOrDefault(line));
            if (of != from)
            {
                _findings.Add(new Difference(
                    "ledger_day", partition, null, null, $"{line.BookedOn:yyyy-MM-dd} {line.Currency} {line.Ledger} is "
                        + $"{of.Debit}/{of.Credit}, the postings are {from.Debit}/{from.Credit}"));
            }
        }
    }

    private void Visit(long position)
    {
        if (position <= 0 || position / 64 >= _visited.Length)
        {
            _strangers.TryAdd(position, 0);
            return;
        }

        var bit = 1UL << (int)(position % 64);
        if ((Interlocked.Or(ref _visited[position / 64], bit) & bit) != 0)
        {
            _findings.Add(new Difference("entry", null, null, null, $"two index entries point to position {position}"));
        }
    }

    /// <summary>Rows that no index entry points to.</summary>
    private void Strangers()
    {
        var expected = 1L;
        foreach (var (position, partition, account) in readers[0].Positions())
        {
            if (position != expected)
            {
                _findings.Add(new Difference("journal", null, null, null, $"position {expected} is missing"));
            }

            expected = position + 1;
            if (position <= 0 || (_visited[position / 64] & (1UL << (int)(position % 64))) == 0)
            {
                _findings.Add(new Difference("journal", partition, account, null, $"the row at position {position} stands in no index"));
            }
        }
    }

    private void File(string table, Func<string?> look) => Guarded(table, null, () =>
    {
        if (look() is { } finding)
        {
            _findings.Add(new Difference(table, null, null, null, finding));
        }
    });

    private void Guarded(string table, int? partition, Action act)
    {
        try
        {
            act();
        }
        catch (Exception cause) when (cause is not (OutOfMemoryException or OperationCanceledException))
        {
            _findings.Add(new Difference(table, partition, null, null, cause.Message));
        }
    }

    private sealed record Line(long BookedOn, string Currency, long Ledger, long Debit, long Credit);
}
