using System.Collections.Concurrent;
using Dapper;
using Mingzhang.Engine;

namespace Mingzhang.Web.Identity.Roles;

/// <summary>A member of staff.</summary>
/// <param name="Login">Log-in name, also the name proposals are signed with.</param>
/// <param name="Roles">Codes separated by spaces.</param>
/// <param name="Active">0 = let in nowhere.</param>
/// <param name="Version">Changes so far.</param>
[method: ExplicitConstructor]
public sealed record StaffMember(string Login, string Roles, long Active, long Version)
{
    /// <summary>Whether they may do something.</summary>
    public bool May(Can can) => Active == 1 && StaffRole.Together(Roles).Contains(can);
}

/// <summary>Who of the staff has which roles. A change bites at once on the node that makes it, elsewhere within two seconds.</summary>
public sealed class StaffBook(CreditHouse house, TimeProvider time)
{
    private const string Columns = "login AS Login, roles AS Roles, active AS Active, version AS Version";

    private const string FindOne = $"SELECT {Columns} FROM door_staff WHERE login = @login";

    private const string ReadAll = $"SELECT {Columns} FROM door_staff ORDER BY login";

    private const string Put =
        "INSERT INTO door_staff (login, roles, active, version, changed_at, changed_by) VALUES (@login, @roles, @active, 1, @now, @by) "
        + "ON CONFLICT (login) DO UPDATE SET roles = @roles, active = @active, version = door_staff.version + 1, changed_at = @now, "
        + "changed_by = @by WHERE door_staff.version = @version";

    private readonly ConcurrentDictionary<string, (StaffMember? Row, long Until)> _known = new(StringComparer.Ordinal);

    /// <summary>A member of staff, at most two seconds old; null when there is none of that name.</summary>
    public StaffMember? Find(string login)
    {
        var now = Now();
        if (_known.TryGetValue(login, out var known) && known.Until > now)
        {
            return known.Row;
        }

        using var connection = house.OpenReadOnly();
        var row = connection.QueryFirstOrDefault<StaffMember>(FindOne, new { login });
        _known[login] = (row, now + (long)Sessions.Remembered.TotalMicroseconds);
        return row;
    }

    /// <summary>Everybody.</summary>
    public IReadOnlyList<StaffMember> All()
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<StaffMember>(ReadAll)];
    }

    /// <summary>Adds or changes one; false when it changed since <paramref name="version"/> was read.</summary>
    /// <param name="login">Whose.</param>
    /// <param name="roles">Codes separated by spaces.</param>
    /// <param name="active">Whether they are let in.</param>
    /// <param name="version">The version that was read; 0 = there was none.</param>
    /// <param name="by">Who changed it, for audit.</param>
    public async Task<bool> PutAsync(string login, string roles, bool active, long version, string by)
    {
        var row = new { login, roles, active = active ? 1 : 0, version, by, now = Now() };
        var put = await house.WriteAsync((connection, transaction) => connection.Execute(Put, row, transaction)) == 1;
        _known.TryRemove(login, out _);
        return put;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
