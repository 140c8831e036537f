using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.People;

/// <summary>Somebody of the house looked at what is kept of a person.</summary>
/// <param name="Number">1, 2, 3 … of the person.</param>
/// <param name="At">Microseconds since 1970 UTC.</param>
/// <param name="Who">Login or key, such as <c>staff:lin</c>.</param>
/// <param name="Page">What was looked at, such as <c>console.account</c>.</param>
/// <param name="Note">Why, in that person's words; may be empty.</param>
public sealed record PersonLook(long Number, long At, string Who, string Page, string Note);

/// <summary>Who looked at whom, and when; the person can read it. Notes are sealed, because they may say anything.</summary>
public sealed class LookLog(CreditHouse house, PersonShelf people, TimeProvider time)
{
    private const string Column = "person_look.note";

    private const string Insert =
        "INSERT INTO person_look (partition_id, customer_id, number, at, who, page, note) SELECT @partition, @customer, "
        + "coalesce(max(number), 0) + 1, @at, @who, @page, @bytes FROM person_look "
        + "WHERE partition_id = @partition AND customer_id = @customer";

    private const string Rows =
        "SELECT number AS Number, at AS At, who AS Who, page AS Page, note AS Note FROM person_look "
        + "WHERE partition_id = @partition AND customer_id = @customer ORDER BY number DESC LIMIT @most";

    /// <summary>Writes a look down. False: there is no such person, so there was nothing to see.</summary>
    public Task<bool> AddAsync(CustomerId customer, string who, string page, string note = "") =>
        house.WriteAsync((connection, transaction) =>
        {
            using var key = people.KeyOf(connection, customer, transaction);
            return key is not null && connection.Execute(
                Insert,
                new
                {
                    partition = customer.PartitionId, customer = customer.Value, who, page,
                    bytes = note.Length == 0 ? [] : key.Seal(Column, note), at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000,
                },
                transaction) == 1;
        });

    /// <summary>The latest looks at a person, at most so many.</summary>
    public IReadOnlyList<PersonLook> Of(CustomerId customer, int most)
    {
        using var connection = house.OpenReadOnly();
        using var key = people.KeyOf(connection, customer);
        return key is null ? []
            : [.. connection.Query<Row>(Rows, new { partition = customer.PartitionId, customer = customer.Value, most })
                .Select(row => new PersonLook(
                    row.Number, row.At, row.Who, row.Page, row.Note.Length == 0 ? "" : key.Open(Column, row.Note)))];
    }

    private sealed record Row
    {
        public long Number { get; init; }
        public long At { get; init; }
        public string Who { get; init; } = "";
        public string Page { get; init; } = "";
        public byte[] Note { get; init; } = [];
    }
}
