using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Engine;
using Mingzhang.Web.Identity.Once;

namespace Mingzhang.Web.Identity.Roles;

/// <summary>A code that was made for a member of staff.</summary>
/// <param name="Login">Whose.</param>
/// <param name="Code">Shown this once; the database keeps its hash.</param>
/// <param name="Until">Until when it is good.</param>
public sealed record StaffCode(string Login, string Code, DateTimeOffset Until);

/// <summary>
/// Staff from outside the console: by whoever runs the house and has its database anyway. A new house has nobody who could propose the
/// first two administrators, and nobody who lost the password can propose to have it back.
/// </summary>
public sealed class StaffDoor(CreditHouse house, TimeProvider time)
{
    private const string AddLogin =
        "INSERT INTO web_login (realm, login, password_hash, partition_id, customer_id) VALUES (@realm, @login, @hash, 0, 0) "
        + "ON CONFLICT DO NOTHING";

    private static readonly string[] SecondSteps =
    [
        "DELETE FROM door_key WHERE partition_id = 0 AND subject = @subject",
        "DELETE FROM door_code WHERE partition_id = 0 AND subject = @subject",
        "DELETE FROM door_recovery WHERE partition_id = 0 AND subject = @subject",
    ];

    private readonly StaffBook _book = new(house, time);
    private readonly OnceCodes _codes = new(house, time);

    /// <summary>Everybody.</summary>
    public IReadOnlyList<StaffMember> All() => _book.All();

    /// <summary>Adds a member with a code for the first password; refused when name or roles are none, or the name is taken.</summary>
    /// <param name="login">2 to 32 small letters, digits, dots and hyphens.</param>
    /// <param name="roles">Codes of roles.</param>
    /// <param name="by">Who runs the house, for audit.</param>
    public async Task<(StaffCode? Code, InvalidCommand? Refusal)> AddAsync(string login, IReadOnlyList<string> roles, string by)
    {
        var change = new StaffChange(login, string.Join(' ', roles.Distinct()), true);
        if (change.Fault(null) is { } fault)
        {
            return (null, fault);
        }

        if (_book.Find(login) is not null)
        {
            return (null, new InvalidCommand("login", "there is a member of staff of this name", "make a code for them: mz staff reset"));
        }

        var hash = NoPassword.Make();
        await house.WriteAsync((connection, transaction) =>
            connection.Execute(AddLogin, new { realm = Realms.Console, login, hash }, transaction));
        _ = await _book.PutAsync(login, change.Roles, true, 0, by);
        return (await CodeAsync(login, by), null);
    }

    /// <summary>Makes another code for a member and ends their sessions; null when there is none of that name who is let in.</summary>
    /// <param name="login">Whose.</param>
    /// <param name="secondStep">Whether passkeys and one-time codes go, too: their device is lost.</param>
    /// <param name="by">Who runs the house, for audit.</param>
    public async Task<StaffCode?> ResetAsync(string login, bool secondStep, string by)
    {
        if (_book.Find(login) is not { Active: 1 })
        {
            return null;
        }

        var subject = new Subject(Realms.Console, login, 0);
        if (secondStep)
        {
            await house.WriteAsync((connection, transaction) =>
                SecondSteps.Sum(sql => connection.Execute(sql, new { subject = subject.Id }, transaction)));
        }

        await new Sessions(house, time).EndAllAsync(subject);
        return await CodeAsync(login, by);
    }

    private async Task<StaffCode> CodeAsync(string login, string by)
    {
        var code = OnceCodes.Long();
        return new StaffCode(login, code, await _codes.KeepAsync(Realms.Console, login, OncePurpose.Staff, code, by));
    }
}
