using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Identity;

/// <summary>What came of a PIN.</summary>
public enum PinAnswer
{
    /// <summary>It fits.</summary>
    Right,

    /// <summary>It does not.</summary>
    Wrong,

    /// <summary>Too many wrong ones; wait.</summary>
    Locked,
}

/// <summary>Asks for the payment PIN and sets it; five wrong ones lock it for three hours.</summary>
public sealed class PinDesk(Pins pins, TimeProvider time)
{
    /// <summary>Wrong PINs until it locks.</summary>
    public const int MostFailures = 5;

    /// <summary>Who forgot it waits this long after asking, so that the owner can object; a check by staff needs no wait.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromHours(24);

    /// <summary>Once it may be set anew, so long.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromHours(72);

    private static readonly TimeSpan LockedFor = TimeSpan.FromHours(3);

    /// <summary>Told when a PIN locks: whose, and until when in microseconds since 1970 UTC.</summary>
    public Func<CustomerId, long, Task>? OnLocked { get; set; }

    /// <summary>Checks a PIN. The attempt is counted before it is checked, so that many at once count as many.</summary>
    public async Task<PinAnswer> AskAsync(CustomerId customer, string? typed)
    {
        var now = Now();
        var until = now + (long)LockedFor.TotalMicroseconds;
        if (pins.Find(customer) is not { } pin || !await pins.TakeAttemptAsync(customer, now, until))
        {
            return PinAnswer.Locked;
        }

        if (Secrets.Fits(pin.Hash, typed ?? ""))
        {
            await pins.ForgetFailuresAsync(customer);
            return PinAnswer.Right;
        }

        if (pins.Find(customer)!.LockedUntil <= now)
        {
            return PinAnswer.Wrong;
        }

        if (OnLocked is { } tell)
        {
            await tell(customer, until);
        }

        return PinAnswer.Locked;
    }

    /// <summary>Whether it may be set without the old one now: none was ever set, or it was asked for and the wait is over.</summary>
    public bool MaySetAnew(CustomerId customer) => pins.Find(customer) is not { } pin
        || (pin.OpenFrom != 0 && pin.OpenFrom <= Now() && Now() < pin.OpenFrom + (long)Open.TotalMicroseconds);

    /// <summary>When it may be set without the old one; null when nobody asked for that or the time for it is over.</summary>
    public DateTimeOffset? OpensAt(CustomerId customer) =>
        pins.Find(customer) is { OpenFrom: > 0 } pin && Now() < pin.OpenFrom + (long)Open.TotalMicroseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(pin.OpenFrom / 1000) : null;

    /// <summary>Asks to set it without the old one: possible after <see cref="Wait"/>, or at once when staff checked who asks.</summary>
    public Task<bool> ForgotAsync(CustomerId customer, bool checkedByStaff) =>
        pins.OpenAsync(customer, Now() + (checkedByStaff ? 0 : (long)Wait.TotalMicroseconds));

    /// <summary>Takes that back.</summary>
    public Task<bool> RememberedAsync(CustomerId customer) => pins.OpenAsync(customer, 0);

    /// <summary>Sets it; the caller has asked for the old one or for <see cref="MaySetAnew"/>.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="pin">As typed.</param>
    /// <param name="personal">Numbers of the person that it may not be part of.</param>
    public async Task<PinFault> SetAsync(CustomerId customer, string? pin, params IEnumerable<string> personal)
    {
        var fault = PinRules.Fault(pin, personal);
        if (fault == PinFault.None && Secrets.Fits(pins.Find(customer)?.Hash, pin!))
        {
            fault = PinFault.Unchanged;
        }

        if (fault == PinFault.None)
        {
            await pins.PutAsync(customer, Secrets.Hash(pin!), Now());
        }

        return fault;
    }

    /// <summary>Sets a published PIN of a sandbox, whatever the rules say.</summary>
    public Task SeedAsync(CustomerId customer, string hash) => pins.PutAsync(customer, hash, 0);

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
}
