using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;

namespace Mingzhang.Services.Privacy;

/// <summary>At an erasure: the restriction goes with the person, and requests to be erased are done in the same transaction.</summary>
public sealed class PrivacyTraces(TimeProvider time) : IPersonTrace
{
    private const string Finish =
        "UPDATE privacy_request SET state = 'done', outcome = 'erased', decided_at = @at, decided_by = 'house' "
        + "WHERE partition_id = @partition AND customer_id = @customer AND kind = 'erase' AND state IN ('open', 'held')";

    /// <inheritdoc/>
    public int Erase(DbConnection connection, DbTransaction transaction, CustomerId customer)
    {
        var at = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        connection.Execute(Finish, new { partition = customer.PartitionId, customer = customer.Value, at }, transaction);
        return DataRestrictionShelf.Drop(connection, transaction, customer) ? 1 : 0;
    }
}
