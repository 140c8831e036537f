using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Identity.Security;

/// <summary>Before the ways in are changed: a borrower's PIN, a member of staff's password, whatever the session already proved.</summary>
public sealed class Proof(PinDesk pins, Logins logins)
{
    /// <summary>Null when it fits, else the key of a text that says why not.</summary>
    public async Task<string?> AskAsync(Subject subject, IFormCollection form) => subject.Realm == Realms.App
        ? await pins.AskAsync(new CustomerId(subject.CustomerId), form["pin"]) switch
        {
            PinAnswer.Right => null,
            PinAnswer.Wrong => "pin.wrong",
            PinAnswer.Locked => "pin.locked",
            _ => throw new InvalidOperationException("A fourth answer of the PIN desk."),
        }
        : Secrets.Fits(logins.Find(subject.Realm, subject.Name)?.PasswordHash, form["password"].ToString())
            ? null : "security.password-wrong";
}
