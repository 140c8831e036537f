using System.Data.Common;
using System.Globalization;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;

namespace Mingzhang.Web.Identity;

/// <summary>What this host keeps of a person beside the people store: log-in, PIN, passkeys, sessions, what waits to be sealed.</summary>
public sealed class PersonTraces : IPersonTrace
{
    private static readonly string[] Deletes =
    [
        "DELETE FROM door_attempt WHERE realm = 'app' AND login IN "
            + "(SELECT login FROM web_login WHERE realm = 'app' AND customer_id = @customer)",
        "DELETE FROM door_once WHERE realm = 'app' AND login = @subject",
        "DELETE FROM door_once WHERE realm = 'app' AND login IN "
            + "(SELECT login FROM web_login WHERE realm = 'app' AND customer_id = @customer)",
        "DELETE FROM web_login WHERE realm = 'app' AND customer_id = @customer",
        "DELETE FROM door_pin WHERE partition_id = @partition AND customer_id = @customer",
        "DELETE FROM door_session WHERE partition_id = @partition AND subject = @subject",
        "DELETE FROM door_key WHERE partition_id = @partition AND subject = @subject",
        "DELETE FROM door_challenge WHERE partition_id = @partition AND subject = @subject",
        "DELETE FROM door_code WHERE partition_id = @partition AND subject = @subject",
        "DELETE FROM door_recovery WHERE partition_id = @partition AND subject = @subject",
        "DELETE FROM certificate_file WHERE partition_id = @partition AND sequence IN "
            + "(SELECT sequence FROM certificate WHERE partition_id = @partition AND customer_id = @customer)",
        "DELETE FROM person_plain WHERE partition_id = @partition AND customer_id = @customer",
    ];

    /// <inheritdoc/>
    public int Erase(DbConnection connection, DbTransaction transaction, CustomerId customer)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"app:{customer.Value}");
        return Deletes.Sum(sql => connection.Execute(
            sql, new { partition = customer.PartitionId, customer = customer.Value, subject }, transaction));
    }
}
