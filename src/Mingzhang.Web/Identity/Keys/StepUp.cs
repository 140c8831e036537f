using System.Security.Cryptography;
using System.Text;
using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Identity.Keys;

/// <summary>What came of asking to confirm.</summary>
public enum StepUpAnswer
{
    /// <summary>Confirmed.</summary>
    Right,

    /// <summary>The PIN is wrong.</summary>
    WrongPin,

    /// <summary>The PIN is locked.</summary>
    LockedPin,

    /// <summary>The passkey did not confirm exactly this, or did so before.</summary>
    WrongPasskey,

    /// <summary>Two steps are needed, and only the PIN came.</summary>
    SecondMissing,
}

/// <summary>
/// Confirms what moves money or closes doors: a borrower's form with the PIN, or with a passkey whose challenge is bound to exactly this
/// form (address and every field, with account, amount and the form's own key). Pages ask through <see cref="Ui.PinBox"/>.
/// </summary>
public sealed class StepUp(PinDesk pins, PasskeyDesk passkeys, PasskeyShelf shelf, CodeDesk codes, IHttpContextAccessor access)
{
    private static readonly string[] NotPayload = ["_form", "pin", "step", "assertion", "code", "for"];

    /// <summary>SHA-256 of what a form asks for, hexadecimal.</summary>
    /// <param name="subject">Who asks.</param>
    /// <param name="path">The form's address.</param>
    /// <param name="form">Its fields; secrets and answers are left out.</param>
    public static string PayloadOf(Subject subject, string path, IFormCollection form)
    {
        var text = new StringBuilder(subject.Id).Append('\n').Append(path);
        var fields = form.Where(field => !NotPayload.Contains(field.Key)).OrderBy(field => field.Key, StringComparer.Ordinal);
        foreach (var (name, values) in fields)
        {
            foreach (var value in values)
            {
                // Lengths keep two fields from reading like one.
                text.Append('\n').Append(name.Length).Append(':').Append(name).Append('=')
                    .Append(value?.Length ?? 0).Append(':').Append(value);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Asks for one of both: the passkey when its answer came, else the PIN.</summary>
    public async Task<StepUpAnswer> AskAsync(IFormCollection form)
    {
        var subject = Who();
        return form["assertion"].Count > 0 ? await PasskeyAsync(subject, form) : await PinAsync(subject, form);
    }

    /// <summary>Asks for the PIN and, when the person has them, for a passkey or a one-time code as well.</summary>
    public async Task<StepUpAnswer> AskBothAsync(IFormCollection form)
    {
        var subject = Who();
        if (await PinAsync(subject, form) is var pin and not StepUpAnswer.Right)
        {
            return pin;
        }

        if (form["assertion"].Count > 0)
        {
            return await PasskeyAsync(subject, form);
        }

        var hasCode = codes.IsOn(subject);
        return !hasCode && !shelf.HasAny(subject) ? StepUpAnswer.Right
            : hasCode && await codes.AskAsync(subject, form["code"]) ? StepUpAnswer.Right : StepUpAnswer.SecondMissing;
    }

    /// <summary>How a form that was confirmed confirmed it, as evidence keeps it: pin, passkey, pin+passkey or pin+code.</summary>
    /// <param name="form">As it was asked.</param>
    /// <param name="both">Whether both were asked for.</param>
    public string MeansOf(IFormCollection form, bool both)
    {
        var passkey = form["assertion"].Count > 0;
        return !both ? passkey ? "passkey" : "pin" : passkey ? "pin+passkey" : codes.IsOn(Who()) ? "pin+code" : "pin";
    }

    private Subject Who() => Subject.Of(access.HttpContext!.User, Realms.App)
        ?? throw new InvalidOperationException("Only borrowers confirm with a PIN.");

    private async Task<StepUpAnswer> PinAsync(Subject subject, IFormCollection form) =>
        await pins.AskAsync(new CustomerId(subject.CustomerId), form["pin"]) switch
        {
            PinAnswer.Right => StepUpAnswer.Right,
            PinAnswer.Wrong => StepUpAnswer.WrongPin,
            PinAnswer.Locked => StepUpAnswer.LockedPin,
            _ => throw new InvalidOperationException("A fourth answer of the PIN desk."),
        };

    private async Task<StepUpAnswer> PasskeyAsync(Subject subject, IFormCollection form) => await passkeys.StepUpAsync(
        subject, PayloadOf(subject, access.HttpContext!.Request.Path, form), form["step"].ToString(), form["assertion"].ToString())
        ? StepUpAnswer.Right : StepUpAnswer.WrongPasskey;
}
