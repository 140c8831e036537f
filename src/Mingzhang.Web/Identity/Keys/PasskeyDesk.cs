using Microsoft.AspNetCore.Identity;

namespace Mingzhang.Web.Identity.Keys;

/// <summary>What a browser needs to ask its authenticator.</summary>
/// <param name="Step">Under which the answer is sent back.</param>
/// <param name="Options">The framework's JSON.</param>
public sealed record PasskeyQuestion(string Step, string Options);

/// <summary>
/// Registers passkeys, lets in by them and confirms with them. The framework makes and checks the WebAuthn messages; what it has to
/// remember in between stays here, is taken once, and names subject, session and, when something is confirmed, exactly what
/// (decision 0024).
/// </summary>
public sealed class PasskeyDesk(
    IPasskeyHandler<DoorUser> handler, Challenges challenges, PasskeyShelf shelf, IHttpContextAccessor access, TimeProvider time)
{
    private const string Register = "register";
    private const string Enter = "enter";
    private const string StepUp = "step-up";

    private HttpContext Http => access.HttpContext!;

    /// <summary>Asks for a new passkey of a subject.</summary>
    public async Task<PasskeyQuestion> BeginRegisterAsync(Subject subject, string shownName)
    {
        var entity = new PasskeyUserEntity { Id = subject.Id, Name = shownName, DisplayName = shownName };
        var made = await handler.MakeCreationOptionsAsync(entity, Http);
        var challenge = new Challenge(Register, subject.Id, Doors.SessionOf(Http), "", made.AttestationState!);
        return new PasskeyQuestion(await challenges.PutAsync(subject.PartitionId, challenge), made.CreationOptionsJson);
    }

    /// <summary>Keeps the passkey the browser made; false when the answer does not fit.</summary>
    public async Task<bool> RegisterAsync(Subject subject, string step, string credential, string name)
    {
        if (await challenges.TakeAsync(subject.PartitionId, Register, step) is not { } asked || asked.Subject != subject.Id
            || asked.Session != Doors.SessionOf(Http) || shelf.Of(subject).Count >= PasskeyShelf.Most)
        {
            return false;
        }

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = Http, CredentialJson = credential, AttestationState = asked.State,
        });
        if (!result.Succeeded || !result.Passkey.IsUserVerified)
        {
            return false;
        }

        await shelf.PutAsync(subject, Kept(result.Passkey, name, 0));
        return true;
    }

    /// <summary>Asks whoever it is for a passkey to log in with; the same for everybody.</summary>
    public async Task<PasskeyQuestion> BeginEnterAsync()
    {
        var made = await handler.MakeRequestOptionsAsync(null, Http);
        var challenge = new Challenge(Enter, "", "", "", made.AssertionState!);
        return new PasskeyQuestion(await challenges.PutAsync(0, challenge), made.RequestOptionsJson);
    }

    /// <summary>Who the passkey is of; null when it opens nothing in this realm.</summary>
    public async Task<Subject?> EnterAsync(string realm, string step, string credential) =>
        await challenges.TakeAsync(0, Enter, step) is { } asked && await CheckAsync(asked, credential) is { } subject
        && subject.Realm == realm ? subject : null;

    /// <summary>Asks a subject to confirm exactly one thing.</summary>
    public async Task<PasskeyQuestion> BeginStepUpAsync(Subject subject, string payload)
    {
        var made = await handler.MakeRequestOptionsAsync(new DoorUser(subject), Http);
        var challenge = new Challenge(StepUp, subject.Id, Doors.SessionOf(Http), payload, made.AssertionState!);
        return new PasskeyQuestion(await challenges.PutAsync(subject.PartitionId, challenge), made.RequestOptionsJson);
    }

    /// <summary>Whether this subject confirmed exactly this, in this session, for the first time.</summary>
    public async Task<bool> StepUpAsync(Subject subject, string payload, string step, string credential) =>
        await challenges.TakeAsync(subject.PartitionId, StepUp, step) is { } asked && asked.Subject == subject.Id
        && asked.Session == Doors.SessionOf(Http) && asked.Payload == payload
        && (await CheckAsync(asked, credential))?.Id == subject.Id;

    private async Task<Subject?> CheckAsync(Challenge asked, string credential)
    {
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext
        {
            HttpContext = Http, CredentialJson = credential, AssertionState = asked.State,
        });
        if (!result.Succeeded)
        {
            return null;
        }

        var kept = shelf.Of(result.User.Subject).FirstOrDefault(
            key => key.Credential == Convert.ToBase64String(result.Passkey.CredentialId));
        await shelf.PutAsync(result.User.Subject, Kept(result.Passkey, kept?.Name ?? "", Now()));
        return result.User.Subject;
    }

    private Passkey Kept(UserPasskeyInfo info, string name, long usedAt) => new(
        Convert.ToBase64String(info.CredentialId), name, Convert.ToBase64String(info.PublicKey), info.SignCount,
        info.IsBackedUp ? 3 : info.IsBackupEligible ? 1 : 0, string.Join(' ', info.Transports ?? []), Now(), usedAt);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
