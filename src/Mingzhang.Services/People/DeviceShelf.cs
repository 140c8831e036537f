using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.People;

/// <summary>A device a person was seen with.</summary>
/// <param name="Id">Given by whoever knows devices; 1 to 64 letters, digits and dashes, tells nothing about the person.</param>
/// <param name="Name">What the person calls it, or what it says of itself.</param>
/// <param name="FirstAt">Microseconds since 1970 UTC.</param>
/// <param name="LastAt">Microseconds since 1970 UTC.</param>
public sealed record KnownDevice(string Id, string Name, long FirstAt, long LastAt);

/// <summary>The devices of people. Names are sealed.</summary>
public sealed class DeviceShelf(CreditHouse house, PersonShelf people, TimeProvider time)
{
    private const int LongestName = 100;

    private const string Column = "person_device.sealed";

    private const string Rows =
        "SELECT device_id AS Id, sealed AS Sealed, first_at AS FirstAt, last_at AS LastAt FROM person_device "
        + "WHERE partition_id = @partition AND customer_id = @customer ORDER BY last_at DESC, device_id";

    private const string Put =
        "INSERT INTO person_device (partition_id, customer_id, device_id, sealed, first_at, last_at) "
        + "VALUES (@partition, @customer, @id, @bytes, @at, @at) ON CONFLICT (partition_id, customer_id, device_id) "
        + "DO UPDATE SET sealed = excluded.sealed, last_at = excluded.last_at";

    private const string Delete =
        "DELETE FROM person_device WHERE partition_id = @partition AND customer_id = @customer AND device_id = @id";

    /// <summary>A person's devices, the latest seen first.</summary>
    public IReadOnlyList<KnownDevice> Of(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        using var key = people.KeyOf(connection, customer);
        return key is null ? []
            : [.. connection.Query<Row>(Rows, new { partition = customer.PartitionId, customer = customer.Value })
                .Select(row => new KnownDevice(row.Id, key.Open(Column, row.Sealed), row.FirstAt, row.LastAt))];
    }

    /// <summary>A person was seen with a device; the first time it becomes known. False: there is no such person.</summary>
    public Task<bool> SeenAsync(CustomerId customer, string id, string name) => house.WriteAsync((connection, transaction) =>
    {
        using var key = people.KeyOf(connection, customer, transaction);
        var shown = name.Trim() is { Length: > LongestName } longer ? longer[..LongestName] : name.Trim();
        return key is not null && connection.Execute(
            Put,
            new
            {
                partition = customer.PartitionId, customer = customer.Value, id, bytes = key.Seal(Column, shown),
                at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000,
            },
            transaction) == 1;
    });

    /// <summary>Forgets a device. False: there is none of that id.</summary>
    public Task<bool> RemoveAsync(CustomerId customer, string id) => house.WriteAsync((connection, transaction) => connection.Execute(
        Delete, new { partition = customer.PartitionId, customer = customer.Value, id }, transaction) == 1);

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
        public long FirstAt { get; init; }
        public long LastAt { get; init; }
    }
}
