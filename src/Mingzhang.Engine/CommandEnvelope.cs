using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine;

/// <summary>The state of an account that somebody has looked at.</summary>
/// <param name="Version">Journal rows then.</param>
/// <param name="On">Its business date then.</param>
public sealed record ExpectedState(long Version, DateOnly On);

/// <summary>A command on its way to an account.</summary>
/// <param name="Account">Which account.</param>
/// <param name="Key">Idempotency key, 1 to 200 characters, unique within the account for its whole life; not starting with
/// <c>day:</c>.</param>
/// <param name="Command">What is asked.</param>
/// <param name="Actor">Who asks, for audit: 1 to 100 characters, an id and never a name.</param>
public sealed record CommandEnvelope(AccountId Account, string Key, AccountCommand Command, string Actor)
{
    /// <summary>Where the account must stand, or the command is refused and not stored; null = wherever it stands.</summary>
    public ExpectedState? Expected { get; init; }

    /// <summary>Longest key.</summary>
    public const int LongestKey = 200;

    /// <summary>Longest actor.</summary>
    public const int LongestActor = 100;

    /// <summary>How the keys of passed days begin.</summary>
    public const string DayKeyPrefix = "day:";

    /// <summary>Null, or what is wrong with the envelope itself; such a command is not stored.</summary>
    public InvalidCommand? Fault() => this switch
    {
        { Account.Value: <= 0 } => new InvalidCommand("account", "an account number is positive", "use the id given at opening"),
        { Key.Length: 0 or > LongestKey } => new InvalidCommand("key", "a key has 1 to 200 characters", "use a fresh UUID per command"),
        { Actor.Length: 0 or > LongestActor } => new InvalidCommand("actor", "an actor has 1 to 100 characters", "name who asks"),
        { Command: PassDay } => new InvalidCommand("command", "days pass by the business clock", "advance the day instead"),
        _ when Key.StartsWith(DayKeyPrefix, StringComparison.Ordinal) =>
            new InvalidCommand("key", "keys starting with day: belong to the business clock", "use another key"),
        _ => null,
    };
}
