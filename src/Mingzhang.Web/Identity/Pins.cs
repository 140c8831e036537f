using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Web.Identity;

/// <summary>The state of a payment PIN.</summary>
/// <param name="CustomerId">Whose.</param>
/// <param name="Hash">PBKDF2 of it.</param>
/// <param name="LockedUntil">Microseconds since 1970 UTC; 0 = not locked.</param>
/// <param name="ChangedAt">When it was set; 0 = before that was kept.</param>
/// <param name="OpenFrom">From when it may be set without the old one; 0 = not asked for.</param>
[method: ExplicitConstructor]
public sealed record Pin(long CustomerId, string Hash, long LockedUntil, long ChangedAt, long OpenFrom);

/// <summary>Keeps the payment PINs, one row per customer, beside no name and no number of a person.</summary>
public sealed class Pins(CreditHouse house)
{
    private const string FindPin =
        "SELECT customer_id AS CustomerId, hash AS Hash, locked_until AS LockedUntil, changed_at AS ChangedAt, open_from AS OpenFrom "
        + "FROM door_pin WHERE partition_id = @partition AND customer_id = @customer";

    private const string Put =
        "INSERT INTO door_pin (partition_id, customer_id, hash, failures, locked_until, changed_at, open_from) "
        + "VALUES (@partition, @customer, @hash, 0, 0, @now, 0) ON CONFLICT (partition_id, customer_id) DO UPDATE "
        + "SET hash = @hash, failures = 0, locked_until = 0, changed_at = @now, open_from = 0";

    // One statement: counts the attempt, locks with the last one, forgets a lock that ran out.
    private const string TakeAttempt =
        "UPDATE door_pin SET failures = CASE WHEN failures + 1 >= @most THEN 0 ELSE failures + 1 END, "
        + "locked_until = CASE WHEN failures + 1 >= @most THEN @until ELSE 0 END "
        + "WHERE partition_id = @partition AND customer_id = @customer AND locked_until <= @now";

    private const string ForgetAttempts =
        "UPDATE door_pin SET failures = 0, locked_until = 0 WHERE partition_id = @partition AND customer_id = @customer";

    private const string Open =
        "UPDATE door_pin SET open_from = @from WHERE partition_id = @partition AND customer_id = @customer";

    /// <summary>The PIN of a customer, or null when none was set.</summary>
    public Pin? Find(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return connection.QueryFirstOrDefault<Pin>(FindPin, new { partition = customer.PartitionId, customer = customer.Value });
    }

    /// <summary>Sets a PIN; nothing of an earlier one counts any longer.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="hash">Its stored form.</param>
    /// <param name="now">Microseconds since 1970 UTC.</param>
    public Task PutAsync(CustomerId customer, string hash, long now) => house.WriteAsync((connection, transaction) =>
        connection.Execute(Put, new { partition = customer.PartitionId, customer = customer.Value, hash, now }, transaction));

    /// <summary>Counts an attempt before it is checked; false while the PIN is locked.</summary>
    public async Task<bool> TakeAttemptAsync(CustomerId customer, long now, long until) =>
        await house.WriteAsync((connection, transaction) => connection.Execute(
            TakeAttempt,
            new { most = PinDesk.MostFailures, now, until, partition = customer.PartitionId, customer = customer.Value },
            transaction)) == 1;

    /// <summary>It was right: earlier failures no longer count.</summary>
    public Task ForgetFailuresAsync(CustomerId customer) => house.WriteAsync((connection, transaction) =>
        connection.Execute(ForgetAttempts, new { partition = customer.PartitionId, customer = customer.Value }, transaction));

    /// <summary>From when it may be set without the old one; 0 takes that back. False when no PIN was ever set.</summary>
    public async Task<bool> OpenAsync(CustomerId customer, long from) => await house.WriteAsync((connection, transaction) =>
        connection.Execute(Open, new { from, partition = customer.PartitionId, customer = customer.Value }, transaction)) == 1;
}
