using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;

namespace Mingzhang.Web.Identity;

/// <summary>A log-in: the customer, or 0 for staff.</summary>
[method: ExplicitConstructor]
public sealed record Login(string Realm, string Name, string PasswordHash, long CustomerId)
{
    /// <summary>Whose it is.</summary>
    public Subject Subject => new(Realm, Name, CustomerId);
}

/// <summary>Keeps who may log in by which name and password.</summary>
/// <remarks>A borrower's name is a phone number: kept as a keyed hash, which nobody can turn back (decision 0023).</remarks>
public sealed class Logins(CreditHouse house, PeopleKeys keys)
{
    private const string Sealed = "h:";

    private const string Columns = "realm AS Realm, login AS Name, password_hash AS PasswordHash, customer_id AS CustomerId";

    private const string FindLogin = $"SELECT {Columns} FROM web_login WHERE realm = @realm AND login = @login";

    private const string AddLogin =
        "INSERT INTO web_login (realm, login, password_hash, partition_id, customer_id) "
        + "VALUES (@realm, @login, @passwordHash, @partition, @customer) ON CONFLICT DO NOTHING";

    private const string PlainNames = "SELECT login FROM web_login WHERE realm = @realm AND login NOT LIKE @like LIMIT 100000";

    private const string Rename = "UPDATE web_login SET login = @name WHERE realm = @realm AND login = @login";

    private const string FindName = "SELECT login FROM web_login WHERE realm = @realm AND customer_id = @customer LIMIT 1";

    private const string SetHash = "UPDATE web_login SET password_hash = @passwordHash WHERE realm = @realm AND login = @login";

    /// <summary>A log-in of a realm, or null.</summary>
    public Login? Find(string realm, string login)
    {
        using var connection = house.OpenReadOnly();
        return connection.QueryFirstOrDefault<Login>(FindLogin, new { realm, login = Key(realm, login) });
    }

    /// <summary>Adds one unless it exists; no customer for staff.</summary>
    public Task AddAsync(string realm, string login, string passwordHash, CustomerId? customer) =>
        house.WriteAsync((connection, transaction) => Add(connection, transaction, realm, login, passwordHash, customer));

    /// <summary>As <see cref="AddAsync"/>, within a transaction; false when the name is taken.</summary>
    public bool Add(
        DbConnection connection, DbTransaction transaction, string realm, string login, string passwordHash, CustomerId? customer) =>
        connection.Execute(
            AddLogin,
            new { realm, login = Key(realm, login), passwordHash, partition = customer?.PartitionId ?? 0, customer = customer?.Value ?? 0 },
            transaction) == 1;

    /// <summary>Sets another password.</summary>
    public Task SetPasswordAsync(Subject subject, string password) => house.WriteAsync((connection, transaction) => connection.Execute(
        SetHash, new { realm = subject.Realm, login = subject.Name, passwordHash = Secrets.Hash(password) }, transaction));

    /// <summary>How a name is kept.</summary>
    public string KeyOf(string realm, string login) => Key(realm, login);

    /// <summary>The name, as it is kept, a borrower logs in by; null when there is none.</summary>
    public string? NameOf(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return connection.QueryFirstOrDefault<string>(FindName, new { realm = Realms.App, customer = customer.Value });
    }

    /// <summary>Turns the names older programs kept plain into their hashes. Returns how many there were.</summary>
    public Task<int> SealAsync() => house.WriteAsync((connection, transaction) =>
    {
        var plain = connection.Query<string>(PlainNames, new { realm = Realms.App, like = Sealed + "%" }, transaction).AsList();
        foreach (var login in plain)
        {
            connection.Execute(Rename, new { realm = Realms.App, login, name = Key(Realms.App, login) }, transaction);
        }

        return plain.Count;
    });

    // A hash is taken as it is: the name of a log-in that was found before; no phone number looks like one.
    private string Key(string realm, string login) => realm != Realms.App || login.StartsWith(Sealed, StringComparison.Ordinal) ? login
        : Sealed + Convert.ToHexStringLower(keys.SearchHash(SearchKind.Login, PeopleKeys.Normal(SearchKind.Phone, login)));
}
