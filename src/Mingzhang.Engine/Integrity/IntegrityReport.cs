using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Integrity;

/// <summary>A broken invariant.</summary>
/// <param name="Number">Which.</param>
/// <param name="Account">Where; null = the house.</param>
/// <param name="What">What was found, with numbers in minor units.</param>
/// <param name="FoundAt">Machine time of the first finding.</param>
public sealed record IntegrityViolation(int Number, AccountId? Account, string What, DateTimeOffset FoundAt);

/// <summary>How often an invariant was looked at.</summary>
/// <param name="Number">Which.</param>
/// <param name="Sentence">What holds.</param>
/// <param name="Looks">Accounts (or, over the house, passes) in this and the last pass.</param>
/// <param name="LookedAt">Machine time of the latest look; null = not yet.</param>
/// <param name="Broken">Violations that stand.</param>
public sealed record IntegrityLine(int Number, string Sentence, long Looks, DateTimeOffset? LookedAt, int Broken);

/// <summary>What is known of the books' integrity.</summary>
/// <param name="Lines">Every invariant that is checked live, by number.</param>
/// <param name="Violations">What stands, by number and account; at most 1,000.</param>
/// <param name="Accounts">Accounts looked at in this process.</param>
/// <param name="Passes">Passes over all accounts finished in the life of the database.</param>
/// <param name="Partition">Where the present pass is, 0 to 1023.</param>
/// <param name="PassEndedAt">When the last pass ended; null = none has.</param>
/// <param name="HeadHash">SHA-256 over number, length and last hash of every account, in order, of the last pass; hexadecimal.</param>
/// <param name="HeadPosition">The journal's position when that pass began.</param>
public sealed record IntegrityReport(
    IReadOnlyList<IntegrityLine> Lines, IReadOnlyList<IntegrityViolation> Violations, long Accounts, long Passes, int Partition,
    DateTimeOffset? PassEndedAt, string HeadHash, long HeadPosition)
{
    /// <summary>True while nothing is found broken.</summary>
    public bool IsSound => Violations.Count == 0;
}

/// <summary>What outlives the process.</summary>
/// <param name="Partition">The first partition not finished.</param>
/// <param name="Passes">Passes finished.</param>
/// <param name="Violations">What stands.</param>
public sealed record IntegrityMemory(int Partition, long Passes, IReadOnlyList<IntegrityViolation> Violations);
