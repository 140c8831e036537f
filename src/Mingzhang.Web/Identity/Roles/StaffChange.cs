using Mingzhang.Domain.Accounts;

namespace Mingzhang.Web.Identity.Roles;

/// <summary>A change of staff as it is proposed.</summary>
/// <param name="Login">Whose; 2 to 32 small letters, digits, dots and hyphens.</param>
/// <param name="Roles">Codes separated by spaces; all they will have.</param>
/// <param name="Active">Whether they are let in.</param>
public sealed record StaffChange(string Login, string Roles, bool Active)
{
    private static readonly System.Buffers.SearchValues<char> LoginSigns =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>Why it cannot be; null when it can.</summary>
    /// <param name="now">The member as they stand; null = there is none.</param>
    public InvalidCommand? Fault(StaffMember? now) =>
        Login.Length is < 2 or > 32 || Login.AsSpan().ContainsAnyExcept(LoginSigns)
            ? new InvalidCommand("login", "a staff name is 2 to 32 small letters, digits, dots and hyphens", "write it so")
        : Roles.Split(' ').Any(code => StaffRole.All.All(role => role.Code != code))
            ? new InvalidCommand("roles", "a member of staff has at least one role, and only known ones", "choose from the list")
        : now is not null && now.Roles == Roles && now.Active == 1 == Active
            ? new InvalidCommand("roles", "this is how it stands already", "change something")
        : null;
}
