using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Privacy;

/// <summary>
/// A person's data may only be kept and protected (个人信息保护法 art. 47): no message but those the law or safety demands, no assessment, no
/// new line, no offer. What the law and the contract need to settle what is owed goes on.
/// </summary>
/// <param name="Since">Microseconds since 1970 UTC.</param>
/// <param name="Until">The last day the law wants records kept; null = until its owner lifts it.</param>
/// <param name="Why">asked, or legal-hold.</param>
public sealed record DataRestriction(long Since, DateOnly? Until, string Why)
{
    /// <summary>Its owner asked for it.</summary>
    public const string Asked = "asked";

    /// <summary>Erasure was asked for, and a law wants the records kept for now.</summary>
    public const string LegalHold = "legal-hold";
}

/// <summary>The rows of restrictions, one per person.</summary>
public static class DataRestrictionShelf
{
    private const string Find =
        "SELECT since AS Since, until AS Until, why AS Why FROM person_restriction "
        + "WHERE partition_id = @partition AND customer_id = @customer";

    private const string Write =
        "INSERT INTO person_restriction (partition_id, customer_id, since, until, why) "
        + "VALUES (@partition, @customer, @since, @until, @why) "
        + "ON CONFLICT (partition_id, customer_id) DO UPDATE SET until = excluded.until, why = excluded.why";

    private const string Delete = "DELETE FROM person_restriction WHERE partition_id = @partition AND customer_id = @customer";

    /// <summary>The restriction of a person, or null.</summary>
    public static DataRestriction? Of(DbConnection connection, CustomerId customer, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<Row>(
            Find, new { partition = customer.PartitionId, customer = customer.Value }, transaction) is { } row
            ? new DataRestriction(row.Since, row.Until == 0 ? null : DateOnly.FromDayNumber((int)row.Until), row.Why) : null;

    /// <summary>Places or changes one; the first moment stays.</summary>
    public static void Put(DbConnection connection, DbTransaction transaction, CustomerId customer, DataRestriction restriction) =>
        connection.Execute(
            Write,
            new
            {
                partition = customer.PartitionId, customer = customer.Value, since = restriction.Since,
                until = restriction.Until?.DayNumber ?? 0, why = restriction.Why,
            },
            transaction);

    /// <summary>Lifts it; false when there is none.</summary>
    public static bool Drop(DbConnection connection, DbTransaction transaction, CustomerId customer) => connection.Execute(
        Delete, new { partition = customer.PartitionId, customer = customer.Value }, transaction) == 1;

    private sealed record Row
    {
        public long Since { get; init; }
        public long Until { get; init; }
        public string Why { get; init; } = "";
    }
}
