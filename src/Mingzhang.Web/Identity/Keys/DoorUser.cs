using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace Mingzhang.Web.Identity.Keys;

/// <summary>A subject as the framework's identity sees it.</summary>
public sealed class DoorUser(Subject subject)
{
    /// <summary>Who.</summary>
    public Subject Subject { get; } = subject;

    /// <summary>The user of an id such as <c>app:1000001</c>; null when it is none.</summary>
    public static DoorUser? Of(string id) => id.Split(':', 2) switch
    {
        [Realms.App, var number] when long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var customer)
            && customer > 0 => new DoorUser(new Subject(Realms.App, "", customer)),
        [Realms.Console, { Length: > 0 } name] => new DoorUser(new Subject(Realms.Console, name, 0)),
        _ => null,
    };
}

/// <summary>The framework's view of our rows: it reads users and passkeys; what it may not change here, it does not.</summary>
public sealed class DoorUserStore(PasskeyShelf shelf) : IUserPasskeyStore<DoorUser>
{
    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(DoorUser user, CancellationToken cancellationToken) => Task.FromResult(user.Subject.Id);

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(DoorUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Subject.Id);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(DoorUser user, CancellationToken cancellationToken) =>
        GetUserNameAsync(user, cancellationToken);

    /// <inheritdoc/>
    public Task SetUserNameAsync(DoorUser user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(DoorUser user, string? normalizedName, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(DoorUser user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Failed());

    /// <inheritdoc/>
    public Task<IdentityResult> UpdateAsync(DoorUser user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(DoorUser user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Failed());

    /// <inheritdoc/>
    public Task<DoorUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(DoorUser.Of(userId));

    /// <inheritdoc/>
    public Task<DoorUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        Task.FromResult(DoorUser.Of(normalizedUserName));

    /// <inheritdoc/>
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(DoorUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. shelf.Of(user.Subject).Select(Info)]);

    /// <inheritdoc/>
    public Task<UserPasskeyInfo?> FindPasskeyAsync(DoorUser user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Convert.ToBase64String(credentialId);
        return Task.FromResult(shelf.Of(user.Subject).FirstOrDefault(key => key.Credential == id) is { } found ? Info(found) : null);
    }

    /// <inheritdoc/>
    public Task<DoorUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        // A passkey names its user; nobody is looked for by the key alone.
        Task.FromResult<DoorUser?>(null);

    /// <inheritdoc/>
    public Task AddOrUpdatePasskeyAsync(DoorUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Passkeys are kept by PasskeyDesk.");

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(DoorUser user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Passkeys are removed by PasskeyDesk.");

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }

    private static UserPasskeyInfo Info(Passkey key) => new(
        Convert.FromBase64String(key.Credential), Convert.FromBase64String(key.PublicKey),
        DateTimeOffset.FromUnixTimeMilliseconds(key.CreatedAt / 1000), (uint)key.SignCount,
        key.Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries), isUserVerified: true, isBackupEligible: key.Backup != 0,
        isBackedUp: key.Backup == 3, attestationObject: [], clientDataJson: []);
}
