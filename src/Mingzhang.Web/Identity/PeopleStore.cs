using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Web.Identity;

/// <summary>The state of a customer's payment PIN.</summary>
public sealed record PinState(long CustomerId, string PinHash, long PinFailures, long PinLockedUntil);

/// <summary>A log-in: the customer, or 0 for staff.</summary>
public sealed record Login(string Name, string PasswordHash, long CustomerId);

/// <summary>Log-ins and PINs. Who somebody is stands in the people store (decision 0023).</summary>
public sealed class PeopleStore(CreditHouse house)
{
    private const string FindPin =
        "SELECT customer_id AS CustomerId, pin_hash AS PinHash, pin_failures AS PinFailures, pin_locked_until AS PinLockedUntil "
        + "FROM web_person WHERE partition_id = @partition AND customer_id = @customer";

    private const string FindLogin =
        "SELECT login AS Name, password_hash AS PasswordHash, customer_id AS CustomerId FROM web_login "
        + "WHERE realm = @realm AND login = @login";

    private const string AddPin =
        "INSERT INTO web_person (partition_id, customer_id, pin_hash, pin_failures, pin_locked_until) "
        + "VALUES (@partition, @customer, @pinHash, 0, 0) ON CONFLICT DO NOTHING";

    private const string AddLogin =
        "INSERT INTO web_login (realm, login, password_hash, partition_id, customer_id) "
        + "VALUES (@realm, @login, @passwordHash, @partition, @customer) ON CONFLICT DO NOTHING";

    // One statement: counts the attempt, locks with the last one, forgets a lock that ran out.
    private const string TakeAttempt =
        "UPDATE web_person SET pin_failures = CASE WHEN pin_failures + 1 >= @most THEN 0 ELSE pin_failures + 1 END, "
        + "pin_locked_until = CASE WHEN pin_failures + 1 >= @most THEN @until ELSE 0 END "
        + "WHERE partition_id = @partition AND customer_id = @customer AND pin_locked_until <= @now";

    private const string ForgetAttempts =
        "UPDATE web_person SET pin_failures = 0, pin_locked_until = 0 WHERE partition_id = @partition AND customer_id = @customer";

    private const string ReadSetting = "SELECT value FROM web_setting WHERE name = @name";

    private const string WriteSetting =
        "INSERT INTO web_setting (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = @value";

    /// <summary>The PIN of a customer, or null.</summary>
    public PinState? FindPinOf(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return connection.QueryFirstOrDefault<PinState>(FindPin, new { partition = customer.PartitionId, customer = customer.Value });
    }

    /// <summary>A log-in of a realm, or null.</summary>
    public Login? Login(string realm, string login)
    {
        using var connection = house.OpenReadOnly();
        return connection.QueryFirstOrDefault<Login>(FindLogin, new { realm, login });
    }

    /// <summary>A setting, or null.</summary>
    public string? Setting(string name)
    {
        using var connection = house.OpenReadOnly();
        return connection.QueryFirstOrDefault<string>(ReadSetting, new { name });
    }

    /// <summary>Keeps a setting.</summary>
    public Task SetAsync(string name, string value) =>
        house.WriteAsync((connection, transaction) => connection.Execute(WriteSetting, new { name, value }, transaction));

    /// <summary>Gives a customer a PIN unless there is one.</summary>
    public Task AddPinAsync(CustomerId customer, string pinHash) => house.WriteAsync((connection, transaction) =>
        connection.Execute(AddPin, new { partition = customer.PartitionId, customer = customer.Value, pinHash }, transaction));

    /// <summary>Adds a log-in unless it exists; no customer for staff.</summary>
    public Task AddLoginAsync(string realm, string login, string passwordHash, CustomerId? customer) =>
        house.WriteAsync((connection, transaction) => connection.Execute(
            AddLogin,
            new { realm, login, passwordHash, partition = customer?.PartitionId ?? 0, customer = customer?.Value ?? 0 },
            transaction));

    /// <summary>Counts an attempt at the PIN before it is checked; false while the PIN is locked.</summary>
    public async Task<bool> TakePinAttemptAsync(CustomerId customer, long now, long until) =>
        await house.WriteAsync((connection, transaction) => connection.Execute(
            TakeAttempt,
            new { most = PinDesk.MostFailures, now, until, partition = customer.PartitionId, customer = customer.Value },
            transaction)) == 1;

    /// <summary>The PIN was right: earlier failures no longer count.</summary>
    public Task ForgetPinFailuresAsync(CustomerId customer) => house.WriteAsync((connection, transaction) =>
        connection.Execute(ForgetAttempts, new { partition = customer.PartitionId, customer = customer.Value }, transaction));
}
