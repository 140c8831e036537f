using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.People;

/// <summary>The people of a house, sealed each under a key of their own (decision 0023).</summary>
public sealed class PersonShelf(CreditHouse house, PeopleKeys keys, TimeProvider time)
{
    private const int FirstVersion = 1;

    private const string FindKey =
        "SELECT key_version AS KeyVersion, key_id AS KeyId, data_key AS DataKey FROM person "
        + "WHERE partition_id = @partition AND customer_id = @customer";

    private const string Fields =
        "SELECT field AS Field, sealed AS Sealed FROM person_field WHERE partition_id = @partition AND customer_id = @customer";

    private const string AddKey =
        "INSERT INTO person (partition_id, customer_id, key_version, key_id, data_key, added_at) "
        + "VALUES (@partition, @customer, @version, @keyId, @dataKey, @at) ON CONFLICT DO NOTHING";

    private const string PutField =
        "INSERT INTO person_field (partition_id, customer_id, field, sealed) VALUES (@partition, @customer, @field, @bytes) "
        + "ON CONFLICT (partition_id, customer_id, field) DO UPDATE SET sealed = excluded.sealed";

    private const string DropField =
        "DELETE FROM person_field WHERE partition_id = @partition AND customer_id = @customer AND field = @field";

    private const string PutHash =
        "INSERT INTO person_hash (partition_id, customer_id, kind, hash) VALUES (@partition, @customer, @kind, @hash) "
        + "ON CONFLICT (partition_id, customer_id, kind) DO UPDATE SET hash = excluded.hash";

    private const string DropHashes = "DELETE FROM person_hash WHERE partition_id = @partition AND customer_id = @customer";

    private const string FindHash =
        "SELECT DISTINCT customer_id FROM person_hash WHERE partition_id BETWEEN 0 AND 1023 AND hash = @hash LIMIT 200";

    /// <summary>A person, or null.</summary>
    public Person? Find(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return Find(connection, customer);
    }

    /// <summary>The people of customers, those that are known.</summary>
    public IReadOnlyList<Person> Find(IEnumerable<CustomerId> customers)
    {
        using var connection = house.OpenReadOnly();
        return [.. customers.Distinct().Select(customer => Find(connection, customer)).OfType<Person>()];
    }

    /// <summary>
    /// Customers whose name, phone number, identity number, or last four of one of these is exactly a text; at most 200 each.
    /// </summary>
    public IReadOnlyList<CustomerId> Search(string text)
    {
        using var connection = house.OpenReadOnly();
        return [.. KindsOf(text).SelectMany(kind => connection.Query<long>(FindHash, new { hash = keys.SearchHash(kind, text) }))
            .Distinct().Order().Select(customer => new CustomerId(customer))];
    }

    /// <summary>Whether somebody here has an identity number; in 18 characters.</summary>
    public bool HasIdNumber(string number)
    {
        using var connection = house.OpenReadOnly();
        return connection.Query<long>(FindHash, new { hash = keys.SearchHash(SearchKind.IdNumber, number) }).Any();
    }

    /// <summary>Other customers with the same identity number: one person under several customer numbers.</summary>
    public IReadOnlyList<CustomerId> OthersOf(CustomerId customer) =>
        Find(customer) is { IdNumber.Length: > 0 } person ? [.. Search(person.IdNumber).Where(other => other != customer)] : [];

    /// <summary>Adds a person unless the customer has one; true when it did.</summary>
    public Task<bool> AddAsync(Person person) =>
        house.WriteAsync((connection, transaction) => Add(connection, transaction, person));

    /// <summary>Writes what is known anew; false when there is no such person.</summary>
    public Task<bool> ChangeAsync(Person person) => house.WriteAsync((connection, transaction) =>
    {
        using var key = KeyOf(connection, person.Customer, transaction);
        if (key is not null)
        {
            Write(connection, transaction, key, person);
        }

        return key is not null;
    });

    /// <summary>
    /// Adds a person, or writes phone, e-mail and area of the one that is known anew. Name and identity number of a known person stay:
    /// another one is refused with 936; an identity number that is left out stays too.
    /// </summary>
    public Task<(Person Person, Refusal? Refusal)> PutAsync(Person asked) =>
        house.WriteAsync<(Person, Refusal?)>((connection, transaction) =>
        {
            if (Find(connection, asked.Customer, transaction) is not { } known)
            {
                Add(connection, transaction, asked);
                return (asked, null);
            }

            if (asked.Name != known.Name || (asked.IdNumber.Length > 0 && asked.IdNumber != known.IdNumber))
            {
                return (known, new IdentityTakesTwo());
            }

            var person = asked with { IdNumber = known.IdNumber };
            using var key = KeyOf(connection, asked.Customer, transaction)!;
            Write(connection, transaction, key, person);
            return (person, null);
        });

    /// <summary>The key of a person, to seal and open what other shelves keep of them; null when there is none (any more).</summary>
    public PersonKey? KeyOf(DbConnection connection, CustomerId customer, DbTransaction? transaction = null) =>
        connection.QueryFirstOrDefault<KeyRow>(
            FindKey, new { partition = customer.PartitionId, customer = customer.Value }, transaction) is { } row
            ? keys.Unwrap(customer, row.KeyVersion, row.KeyId, row.DataKey) : null;

    /// <summary>As <see cref="AddAsync"/>, within a transaction.</summary>
    public bool Add(DbConnection connection, DbTransaction transaction, Person person)
    {
        using var key = PeopleKeys.NewKey(person.Customer, FirstVersion);
        var master = keys.Masters.Current;
        var added = connection.Execute(
            AddKey,
            new
            {
                partition = person.Customer.PartitionId, customer = person.CustomerId, version = FirstVersion, keyId = master.Name,
                dataKey = key.WrappedBy(master), at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000,
            },
            transaction) == 1;
        if (added)
        {
            Write(connection, transaction, key, person);
        }

        return added;
    }

    private static IEnumerable<SearchKind> KindsOf(string text)
    {
        var digits = PeopleKeys.Normal(SearchKind.Phone, text);
        return digits.Length == 0 || text.Length > 100 ? []
            : digits.Length == 4 ? [SearchKind.Tail, SearchKind.Name]
            : [SearchKind.Name, SearchKind.Phone, SearchKind.IdNumber];
    }

    private static string Column(string field) => "person_field." + field;

    private Person? Find(DbConnection connection, CustomerId customer, DbTransaction? transaction = null)
    {
        using var key = KeyOf(connection, customer, transaction);
        if (key is null)
        {
            return null;
        }

        var fields = connection.Query<FieldRow>(
            Fields, new { partition = customer.PartitionId, customer = customer.Value }, transaction)
            .ToDictionary(row => row.Field, row => key.Open(Column(row.Field), row.Sealed), StringComparer.Ordinal);
        return new Person(customer.Value, Of("name"), Of("phone"))
        {
            IdNumber = Of("id-number"), Email = Of("email"), Region = Of("region"),
        };
        string Of(string field) => fields.GetValueOrDefault(field, "");
    }

    private void Write(DbConnection connection, DbTransaction transaction, PersonKey key, Person person)
    {
        var (partition, customer) = (person.Customer.PartitionId, person.CustomerId);
        (string Field, string Text)[] fields =
        [
            ("name", person.Name), ("phone", person.Phone), ("id-number", person.IdNumber), ("email", person.Email),
            ("region", person.Region),
        ];
        foreach (var (field, text) in fields)
        {
            var bytes = text.Length == 0 ? null : key.Seal(Column(field), text);
            connection.Execute(bytes is null ? DropField : PutField, new { partition, customer, field, bytes }, transaction);
        }

        connection.Execute(DropHashes, new { partition, customer }, transaction);
        (string Kind, SearchKind Of, string Text)[] hashes =
        [
            ("name", SearchKind.Name, person.Name), ("phone", SearchKind.Phone, person.Phone),
            ("phone-tail", SearchKind.Tail, Tail(person.Phone)), ("id-number", SearchKind.IdNumber, person.IdNumber),
            ("id-tail", SearchKind.Tail, Tail(person.IdNumber)),
        ];
        foreach (var (kind, of, text) in hashes.Where(one => one.Text.Length > 0))
        {
            connection.Execute(PutHash, new { partition, customer, kind, hash = keys.SearchHash(of, text) }, transaction);
        }
    }

    private static string Tail(string number) => number.Length < 4 ? "" : number[^4..];

    private sealed record KeyRow
    {
        public long KeyVersion { get; init; }
        public string KeyId { get; init; } = "";
        public byte[] DataKey { get; init; } = [];
    }

    private sealed record FieldRow
    {
        public string Field { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
    }
}
