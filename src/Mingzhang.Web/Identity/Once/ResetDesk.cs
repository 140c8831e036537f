using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Identity.Once;

/// <summary>
/// Sends codes and sets passwords by them. Whether a name is known changes neither answer nor time (T23): the same is looked up, hashed
/// and written for every name; only the letter, sent afterwards, differs.
/// </summary>
public sealed class ResetDesk(
    CreditHouse house, Logins logins, OnceCodes codes, CodePost post, Attempts attempts, Sessions sessions, StaffBook staff,
    NoticeDesk notices, TimeProvider time)
{
    /// <summary>Codes sent to one number in a quarter of an hour.</summary>
    public const int MostAsked = 3;

    private const int LongestName = 64;

    /// <summary>Sends a code to a number that may ask for one; returns in a sandbox what it says, else nothing.</summary>
    /// <param name="purpose">Password or register.</param>
    /// <param name="phone">As typed.</param>
    /// <param name="speech">In which language.</param>
    public async Task<string> AskAsync(OncePurpose purpose, string phone, Speech speech)
    {
        var shaped = phone.Length is > 0 and <= LongestName;
        var key = logins.KeyOf(Realms.App, shaped ? phone : "-");
        var counted = Realms.App + "-" + purpose.Name;
        if (attempts.AreTooMany(counted, key, time.GetUtcNow(), MostAsked))
        {
            return "";
        }

        await attempts.AddAsync(counted, key, time.GetUtcNow());
        var known = logins.Find(Realms.App, key);
        var code = OnceCodes.Short();
        _ = await codes.KeepAsync(Realms.App, key, purpose, code, "self");
        var joins = purpose == OncePurpose.Register;
        var text = joins == (known is null) ? speech.Say("once.sms-" + purpose.Name, code)
            : joins ? speech["once.sms-known"] : "";
        if (text.Length > 0 && shaped)
        {
            post.Send(new CodeLetter(known is null ? null : new CustomerId(known.CustomerId), phone, speech["brand"], text));
        }

        return house.IsSandbox ? text.Length > 0 ? text : speech["once.sandbox-none"] : "";
    }

    /// <summary>Sets a borrower's password; false when the code is none for this number. All sessions end.</summary>
    public async Task<bool> SetAsync(string phone, string code, string password)
    {
        var key = logins.KeyOf(Realms.App, phone);
        var known = logins.Find(Realms.App, key);
        if (!await codes.TakeAsync(Realms.App, key, OncePurpose.Password, code) || known is null)
        {
            return false;
        }

        await EnterAsync(known, password);
        await notices.TellAsync(
            new CustomerId(known.CustomerId), null, "security-password-set",
            string.Create(CultureInfo.InvariantCulture, $"{known.CustomerId}-{time.GetUtcNow().ToUnixTimeMilliseconds()}"),
            new Dictionary<string, string>());
        return true;
    }

    /// <summary>
    /// Sends a code to the phone of a borrower who forgot the payment PIN. Null when the house cannot send one or too many were asked
    /// for, else in a sandbox what it says.
    /// </summary>
    public async Task<string?> AskPinAsync(Subject subject, Speech speech)
    {
        const string Counted = Realms.App + "-pin";
        if (!post.IsSetUp || attempts.AreTooMany(Counted, subject.Id, time.GetUtcNow(), MostAsked))
        {
            return null;
        }

        await attempts.AddAsync(Counted, subject.Id, time.GetUtcNow());
        var code = OnceCodes.Short();
        _ = await codes.KeepAsync(Realms.App, subject.Id, OncePurpose.Pin, code, "self");
        var text = speech.Say("once.sms-pin", code);
        post.Send(new CodeLetter(new CustomerId(subject.CustomerId), "", speech["brand"], text));
        return house.IsSandbox ? text : "";
    }

    /// <summary>Takes that code.</summary>
    public Task<bool> TakePinAsync(Subject subject, string code) => codes.TakeAsync(Realms.App, subject.Id, OncePurpose.Pin, code);

    /// <summary>Sets the password of a member of staff who was handed a code. Wrong ones count as wrong passwords do.</summary>
    public async Task<LoginAnswer> SetStaffAsync(string name, string code, string password)
    {
        var key = name.Length is > 0 and <= LongestName ? name : "-";
        if (attempts.AreTooMany(Realms.Console, key, time.GetUtcNow()))
        {
            return LoginAnswer.Locked;
        }

        var known = logins.Find(Realms.Console, key);
        if (!await codes.TakeAsync(Realms.Console, key, OncePurpose.Staff, code) || known is null
            || staff.Find(key) is not { Active: 1 })
        {
            await attempts.AddAsync(Realms.Console, key, time.GetUtcNow());
            return LoginAnswer.Wrong;
        }

        await EnterAsync(known, password);
        return LoginAnswer.Right;
    }

    private async Task EnterAsync(Login known, string password)
    {
        await logins.SetPasswordAsync(known.Subject, password);
        await attempts.ForgetAsync(known.Realm, known.Name);
        await sessions.EndAllAsync(known.Subject);
    }
}
