using System.Data.Common;
using System.Globalization;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Services.People;

/// <summary>Rows about a person that stand outside the people store; each part that keeps such rows registers one.</summary>
public interface IPersonTrace
{
    /// <summary>Deletes them, within the transaction of the erasure; returns how many.</summary>
    int Erase(DbConnection connection, DbTransaction transaction, CustomerId customer);
}

/// <summary>What erasing goes by.</summary>
/// <param name="YearsKept">
/// Years that records of a business relation are kept after it ended. Usual: 10 (反洗钱法 as in force since 2025-01-01, article 34); a sample
/// parameter, <c>MZ_YEARS_KEPT</c>.
/// </param>
/// <param name="List">File of the customer numbers that were erased, beside the data: a restored backup is told again.</param>
public sealed record ErasureRules(int YearsKept, string List);

/// <summary>What was done.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Rows">Rows destroyed: the key first of all.</param>
/// <param name="At">Microseconds since 1970 UTC.</param>
public sealed record ErasureReceipt(CustomerId Customer, long Rows, long At)
{
    /// <summary>Whether what was deleted is overwritten on disk already; a long read may have kept it from that for now.</summary>
    public bool Overwritten { get; init; } = true;
}

/// <summary>
/// Erases people: destroys the data key, everything sealed under it, every search hash and every trace, and leaves a receipt. The books,
/// which name a number only, stay as they are (decision 0023).
/// </summary>
public sealed class ErasureDesk(
    CreditHouse house, AccountReader reader, IEnumerable<IPersonTrace> traces, ErasureRules rules, TimeProvider time)
{
    private const string KeyAge = "SELECT added_at FROM person WHERE partition_id = @partition AND customer_id = @customer";

    private const string AddReceipt =
        "INSERT INTO person_erasure (partition_id, customer_id, erased_at, erased_by, destroyed) "
        + "VALUES (@partition, @customer, @at, @by, @destroyed)";

    private const string Receipts =
        "SELECT erased_at AS At, destroyed AS Destroyed FROM person_erasure WHERE partition_id = @partition AND customer_id = @customer "
        + "ORDER BY erased_at";

    private static readonly string[] Deletes =
    [
        "DELETE FROM person WHERE partition_id = @partition AND customer_id = @customer",
        "DELETE FROM person_field WHERE partition_id = @partition AND customer_id = @customer",
        "DELETE FROM person_hash WHERE partition_id = @partition AND customer_id = @customer",
        "DELETE FROM person_card WHERE partition_id = @partition AND customer_id = @customer",
        "DELETE FROM person_device WHERE partition_id = @partition AND customer_id = @customer",
        "DELETE FROM person_consent WHERE partition_id = @partition AND customer_id = @customer",
        "DELETE FROM person_look WHERE partition_id = @partition AND customer_id = @customer",
    ];

    /// <summary>
    /// Why a person cannot be erased yet; null when they can: unknown (915), an account is open (916) or not settled (917), or records are
    /// still to be kept (918).
    /// </summary>
    public async Task<Refusal?> CheckAsync(CustomerId customer)
    {
        if (AddedAt(customer) is null)
        {
            return new PersonUnknown();
        }

        Refusal? kept = null;
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct().Order())
        {
            if (await reader.FindAsync(AccountId.Of(customer, slot)) is not { } view)
            {
                continue;
            }

            if (view.State.Lifecycle is not Closed closed)
            {
                return new PersonHasAccount(view.State.Id);
            }

            if (view.TotalDebt.IsPositive || view.State.CreditBalance.IsPositive)
            {
                return new PersonNotSettled(view.State.Id);
            }

            var until = closed.ClosedOn.AddYears(rules.YearsKept);
            kept = until > view.Today ? new RecordsKept(view.State.Id, until) : kept;
        }

        return kept;
    }

    /// <summary>Erases a person when nothing stands against it. What was deleted is also overwritten on disk before it returns.</summary>
    /// <param name="customer">Whom.</param>
    /// <param name="by">Who asks, such as <c>staff:lin</c>.</param>
    public async Task<(ErasureReceipt? Receipt, Refusal? Refusal)> EraseAsync(CustomerId customer, string by)
    {
        if (await CheckAsync(customer) is { } refusal)
        {
            return (null, refusal);
        }

        var at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

        // The list first: when the process dies in between, the next start goes on.
        await File.AppendAllTextAsync(rules.List, string.Create(CultureInfo.InvariantCulture, $"{customer.Value} {at}\n"));
        CheckedFile.Sync(rules.List);
        return (await DestroyAsync(customer, by, at), null);
    }

    /// <summary>What was erased of a customer, the oldest first.</summary>
    public IReadOnlyList<ErasureReceipt> Of(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<ReceiptRow>(Receipts, new { partition = customer.PartitionId, customer = customer.Value })
            .Select(row => new ErasureReceipt(customer, row.Destroyed, row.At))];
    }

    /// <summary>
    /// Erases again whom the list names and the database still has: it is a backup from before, or the process had died. Returns how many.
    /// </summary>
    public async Task<int> ReplayAsync()
    {
        var again = 0;
        foreach (var line in File.Exists(rules.List) ? await File.ReadAllLinesAsync(rules.List) : [])
        {
            if (line.Split(' ') is [var number, var moment] && CustomerId.TryParse(number, out var customer)
                && long.TryParse(moment, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && AddedAt(customer) < at)
            {
                await DestroyAsync(customer, "list", at);
                again++;
            }
        }

        return again;
    }

    private async Task<ErasureReceipt> DestroyAsync(CustomerId customer, string by, long at)
    {
        var keys = new { partition = customer.PartitionId, customer = customer.Value };
        var destroyed = await house.WriteAsync((connection, transaction) =>
        {
            var rows = Deletes.Sum(sql => connection.Execute(sql, keys, transaction))
                + traces.Sum(trace => trace.Erase(connection, transaction, customer));
            connection.Execute(AddReceipt, new { keys.partition, keys.customer, at, by, destroyed = rows }, transaction);
            return rows;
        });
        return new ErasureReceipt(customer, destroyed, at) { Overwritten = await house.ScrubAsync() };
    }

    private long? AddedAt(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long?>(KeyAge, new { partition = customer.PartitionId, customer = customer.Value });
    }

    private sealed record ReceiptRow
    {
        public long At { get; init; }
        public long Destroyed { get; init; }
    }
}
