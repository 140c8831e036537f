using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;

namespace Mingzhang.Services.Privacy;

/// <summary>
/// At an erasure: what was kept for a person's convenience by account goes with the person. Evidence stays with the books: transfers,
/// mandates, the steps of a closing and of progress management.
/// </summary>
public sealed class AccountTraces : IPersonTrace
{
    private static readonly string[] Deletes =
    [
        "DELETE FROM pay_request WHERE partition_id = @partition AND account_id BETWEEN @first AND @last",
        "DELETE FROM spend_line WHERE partition_id = @partition AND account_id BETWEEN @first AND @last",
        "DELETE FROM spend_purchase WHERE partition_id = @partition AND account_id BETWEEN @first AND @last",
        "DELETE FROM spend_account WHERE partition_id = @partition AND account_id BETWEEN @first AND @last",
        "DELETE FROM spend_import WHERE partition_id = @partition AND account_id BETWEEN @first AND @last",
        "DELETE FROM budget WHERE partition_id = @partition AND account_id BETWEEN @first AND @last",
        "DELETE FROM win_back WHERE partition_id = @partition AND account_id BETWEEN @first AND @last",
        "DELETE FROM lesson_mark WHERE partition_id = @partition AND customer_id = @customer",
        "DELETE FROM progress_rule WHERE partition_id = @partition AND account_id BETWEEN @first AND @last",
    ];

    /// <inheritdoc/>
    public int Erase(DbConnection connection, DbTransaction transaction, CustomerId customer)
    {
        var range = new
        {
            partition = customer.PartitionId, customer = customer.Value, first = AccountId.Of(customer, 0).Value,
            last = AccountId.Of(customer, AccountId.SlotsPerCustomer - 1).Value,
        };
        return Deletes.Sum(sql => connection.Execute(sql, range, transaction));
    }
}
