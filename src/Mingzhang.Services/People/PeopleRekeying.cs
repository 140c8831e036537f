using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.People;

/// <summary>Puts every data key under the current master key; what was sealed stays as it is, and so do all hashes.</summary>
public sealed class PeopleRekeying(CreditHouse house, PeopleKeys keys)
{
    private const int Page = 200;

    private const string Others =
        "SELECT customer_id AS CustomerId, key_version AS KeyVersion, key_id AS KeyId, data_key AS DataKey FROM person "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND key_id <> @keyId ORDER BY partition_id, customer_id LIMIT @most";

    private const string Put =
        "UPDATE person SET key_id = @keyId, data_key = @dataKey WHERE partition_id = @partition AND customer_id = @customer "
        + "AND key_id = @old";

    /// <summary>
    /// Goes through all of them, a page in a transaction; may be stopped anywhere and begun again. Returns how many it changed. The master
    /// key of every person has to be among those given (else <see cref="PeopleKeysException"/>).
    /// </summary>
    public async Task<long> RunAsync()
    {
        long changed = 0;
        while (true)
        {
            var rows = await house.WriteAsync((connection, transaction) =>
            {
                var page = connection.Query<Row>(Others, new { keyId = keys.Masters.Current.Name, most = Page }, transaction).AsList();
                foreach (var row in page)
                {
                    var customer = new CustomerId(row.CustomerId);
                    using var key = keys.Unwrap(customer, row.KeyVersion, row.KeyId, row.DataKey);
                    connection.Execute(
                        Put,
                        new
                        {
                            keyId = keys.Masters.Current.Name, dataKey = key.WrappedBy(keys.Masters.Current), old = row.KeyId,
                            partition = customer.PartitionId, customer = row.CustomerId,
                        },
                        transaction);
                }

                if (page.Count == 0)
                {
                    keys.Rewrap(connection, transaction);
                }

                return page.Count;
            });
            changed += rows;
            if (rows == 0)
            {
                return changed;
            }
        }
    }

    private sealed record Row
    {
        public long CustomerId { get; init; }
        public long KeyVersion { get; init; }
        public string KeyId { get; init; } = "";
        public byte[] DataKey { get; init; } = [];
    }
}
