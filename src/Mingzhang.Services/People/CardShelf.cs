using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.People;

/// <summary>The bank cards of people: the bank's token, the last four digits, issuer and kind, sealed. The number is never kept.</summary>
public sealed class CardShelf(CreditHouse house, PersonShelf people, TimeProvider time)
{
    private const string Column = "person_card.sealed";

    private const string Rows =
        "SELECT card_id AS Id, sealed AS Sealed, is_default AS IsDefault, added_at AS AddedAt FROM person_card "
        + "WHERE partition_id = @partition AND customer_id = @customer ORDER BY added_at, card_id";

    private const string Insert =
        "INSERT INTO person_card (partition_id, customer_id, card_id, sealed, is_default, added_at) "
        + "VALUES (@partition, @customer, @id, @bytes, 0, @at) ON CONFLICT DO NOTHING";

    private const string Delete =
        "DELETE FROM person_card WHERE partition_id = @partition AND customer_id = @customer AND card_id = @id";

    private const string Choose =
        "UPDATE person_card SET is_default = CASE WHEN card_id = @id THEN 1 ELSE 0 END "
        + "WHERE partition_id = @partition AND customer_id = @customer";

    /// <summary>A person's cards, the oldest first; none when there is no such person (any more).</summary>
    public IReadOnlyList<BoundCard> Of(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return Of(connection, customer, null);
    }

    /// <summary>The card that repayments and loans use; null when there is none.</summary>
    public BoundCard? DefaultOf(CustomerId customer) => Of(customer).FirstOrDefault(card => card.IsDefault);

    /// <summary>Keeps a card; the first one becomes the default. The same token again is the same card. Null: no such person.</summary>
    public Task<BoundCard?> AddAsync(CustomerId customer, string token, string lastFour, string bank, string kind) =>
        house.WriteAsync((connection, transaction) => Add(connection, transaction, customer, new Sheet(token, lastFour, bank, kind)));

    /// <summary>Removes a card; when it was the default, the oldest of the others becomes it. False: there is no such card.</summary>
    public Task<bool> RemoveAsync(CustomerId customer, string id) => house.WriteAsync((connection, transaction) =>
    {
        var keys = new { partition = customer.PartitionId, customer = customer.Value, id };
        var removed = connection.Execute(Delete, keys, transaction) == 1;
        var rest = Of(connection, customer, transaction);
        if (removed && rest.Count > 0 && !rest.Any(card => card.IsDefault))
        {
            connection.Execute(Choose, new { keys.partition, keys.customer, id = rest[0].Id }, transaction);
        }

        return removed;
    });

    /// <summary>Makes a card the default. False: there is no such card.</summary>
    public Task<bool> ChooseAsync(CustomerId customer, string id) => house.WriteAsync((connection, transaction) =>
        Of(connection, customer, transaction).Any(card => card.Id == id)
        && connection.Execute(Choose, new { partition = customer.PartitionId, customer = customer.Value, id }, transaction) > 0);

    private BoundCard? Add(DbConnection connection, DbTransaction transaction, CustomerId customer, Sheet sheet)
    {
        using var key = people.KeyOf(connection, customer, transaction);
        if (key is null)
        {
            return null;
        }

        var before = Of(connection, customer, transaction);
        if (before.FirstOrDefault(card => card.Token == sheet.Token) is { } known)
        {
            return known;
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var (partition, number) = (customer.PartitionId, customer.Value);
        connection.Execute(
            Insert,
            new
            {
                partition, customer = number, id, bytes = key.Seal(Column, JsonSerializer.Serialize(sheet)),
                at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000,
            },
            transaction);
        if (before.Count == 0)
        {
            connection.Execute(Choose, new { partition, customer = number, id }, transaction);
        }

        return Of(connection, customer, transaction).First(card => card.Id == id);
    }

    private List<BoundCard> Of(DbConnection connection, CustomerId customer, DbTransaction? transaction)
    {
        using var key = people.KeyOf(connection, customer, transaction);
        return key is null ? []
            : [.. connection.Query<Row>(Rows, new { partition = customer.PartitionId, customer = customer.Value }, transaction)
                .Select(row => row.ToCard(JsonSerializer.Deserialize<Sheet>(key.Open(Column, row.Sealed))!))];
    }

    private sealed record Sheet(string Token, string LastFour, string Bank, string Kind);

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
        public long IsDefault { get; init; }
        public long AddedAt { get; init; }

        public BoundCard ToCard(Sheet sheet) =>
            new(Id, sheet.Token, sheet.LastFour, sheet.Bank, sheet.Kind, IsDefault == 1, AddedAt);
    }
}
