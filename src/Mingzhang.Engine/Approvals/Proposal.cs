using System.Globalization;
using System.Security.Cryptography;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Approvals;

/// <summary>Where a proposal stands.</summary>
public enum ProposalStatus
{
    /// <summary>Waits for a second person.</summary>
    Open,

    /// <summary>Approved, and its act not yet confirmed: only a crash leaves it so, and the next start goes on.</summary>
    Approved,

    /// <summary>Approved and carried out.</summary>
    Done,

    /// <summary>Approved, and the books refused the act.</summary>
    Refused,

    /// <summary>The second person said no.</summary>
    Rejected,

    /// <summary>Its maker took it back.</summary>
    Withdrawn,

    /// <summary>Made anew on the present state, under another number.</summary>
    Renewed,
}

/// <summary>Who signs: the person, and the login or key used. Two keys of one owner are one person.</summary>
/// <param name="Person">Staff login, or the owner of an API key.</param>
/// <param name="Actor">What the journal names, such as <c>staff:lin</c> or <c>api:batch-1</c>.</param>
/// <param name="Named">False for a key without an owner: it may propose, never approve.</param>
public sealed record Signer(string Person, string Actor, bool Named);

/// <summary>What is to be proposed.</summary>
/// <param name="Kind">Which <see cref="IProposalKind"/> carries it out.</param>
/// <param name="Act">What it is called, such as <c>reverse-fact</c>.</param>
/// <param name="Account">Whose account; null = the house.</param>
/// <param name="Payload">JSON, carried out exactly as it stands.</param>
/// <param name="Reason">Why, in the maker's words.</param>
public sealed record ProposalDraft(string Kind, string Act, AccountId? Account, string Payload, string Reason);

/// <summary>A decision on a proposal.</summary>
/// <param name="By">The person.</param>
/// <param name="Actor">With which login or key.</param>
/// <param name="Note">Why, in that person's words.</param>
/// <param name="On">Business date.</param>
/// <param name="At">Machine time, microseconds since 1970 UTC.</param>
public sealed record ProposalDecision(string By, string Actor, string Note, DateOnly On, long At);

/// <summary>An act that one person proposes and another approves. Written once; decision and outcome are added once.</summary>
public sealed record Proposal
{
    /// <summary>1, 2, 3 … in the whole house.</summary>
    public required long Number { get; init; }

    /// <summary>What is proposed.</summary>
    public required ProposalDraft Draft { get; init; }

    /// <summary>The state version it was previewed on: the account's, or that of what the kind changes.</summary>
    public required long BoundVersion { get; init; }

    /// <summary>The business date it was previewed on.</summary>
    public required DateOnly BoundOn { get; init; }

    /// <summary>JSON: what would follow, as the maker saw it.</summary>
    public required string Preview { get; init; }

    /// <summary>Who made it, then who renewed it; none of them may approve it.</summary>
    public required IReadOnlyList<string> Makers { get; init; }

    /// <summary>With which login or key it was made.</summary>
    public required string Actor { get; init; }

    /// <summary>Business date of the proposal.</summary>
    public required DateOnly ProposedOn { get; init; }

    /// <summary>Machine time, microseconds since 1970 UTC.</summary>
    public required long ProposedAt { get; init; }

    /// <summary>Last business day on which it can be approved.</summary>
    public required DateOnly LastOn { get; init; }

    /// <summary>The number it renews; 0 = none.</summary>
    public long Replaces { get; init; }

    /// <summary>Where it stands.</summary>
    public ProposalStatus Status { get; init; }

    /// <summary>Who decided, when and why; null while open.</summary>
    public ProposalDecision? Decision { get; init; }

    /// <summary>JSON: what the act answered; empty until it did.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>The seal as it was stored.</summary>
    public required string Seal { get; init; }

    /// <summary>The idempotency key of its act: one proposal is carried out at most once.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"approval:{Number}");

    /// <summary>The latest maker.</summary>
    public string Maker => Makers[^1];

    /// <summary>SHA-256 over everything that is approved: what, where, on which state, with which preview, by whom.</summary>
    public string ComputeSeal()
    {
        var text = string.Join('\n', [
            Draft.Kind, Draft.Act, Draft.Account?.ToString() ?? "", Draft.Payload, Draft.Reason,
            BoundVersion.ToString(CultureInfo.InvariantCulture), BoundOn.ToString("O", CultureInfo.InvariantCulture), Preview, .. Makers]);
        return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
    }
}
