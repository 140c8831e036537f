using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Leaving;

/// <summary>A step of leaving as it was taken, with the evidence of what was shown (R084, R088).</summary>
/// <param name="Number">1, 2, 3 … of the account.</param>
/// <param name="Step">request, confirm, cancel, theft, complete, announce, revoke, force or reopen.</param>
/// <param name="At">Microseconds since 1970 UTC.</param>
/// <param name="Day">Business day.</param>
/// <param name="Mode">now, run-off or empty.</param>
/// <param name="Reason">Code of the customer's reason.</param>
/// <param name="Tier">The tier of friction it was taken under.</param>
/// <param name="Channel">web, phone, letter, api, console or house.</param>
/// <param name="Actor">Who.</param>
/// <param name="Device">Hash of the device; empty = not known.</param>
/// <param name="Version">Of the notice.</param>
/// <param name="Language">Of what was shown.</param>
/// <param name="TextHash">SHA-256 of what was shown, hexadecimal; empty when nothing was shown.</param>
/// <param name="Shown">What was shown.</param>
public sealed record ClosingStepTaken(
    long Number, string Step, long At, DateOnly Day, string Mode, string Reason, string Tier, string Channel, string Actor,
    string Device, string Version, string Language, string TextHash, string Shown)
{
    /// <summary>How the person confirmed, as in <see cref="LeaveAsk.Means"/>; empty = nothing was confirmed.</summary>
    public string Means { get; init; } = "";
}

/// <summary>An unusual closing that was noticed, and what became of it (R096, R097).</summary>
/// <param name="Account">Whose.</param>
/// <param name="Number">1, 2, 3 … of the account.</param>
/// <param name="Rule">Code of the rule, or <c>interview</c> for an interview held without one.</param>
/// <param name="Version">Of the rules.</param>
/// <param name="Detail">What was found, in words that name no person.</param>
/// <param name="Tier">The tier it asks for; empty = none.</param>
/// <param name="At">Microseconds since 1970 UTC.</param>
/// <param name="Day">Business day.</param>
/// <param name="State">open, cleared, interviewed or stopped.</param>
/// <param name="Note">Of who decided.</param>
/// <param name="DecidedBy">Who; empty = open.</param>
public sealed record LeaveCase(
    AccountId Account, long Number, string Rule, int Version, string Detail, string Tier, long At, DateOnly Day, string State, string Note,
    string DecidedBy);

/// <summary>Something about a person's leaving that risk should know.</summary>
public sealed record LeaveSignal(string Kind, long At, DateOnly Day, string Detail);

/// <summary>What a tier of friction cost and prevented.</summary>
public sealed record TierFigure
{
    /// <summary>low, normal or high.</summary>
    public string Tier { get; init; } = "";

    /// <summary>How often closing was asked for under it.</summary>
    public long Asked { get; init; }

    /// <summary>How often its last step was taken.</summary>
    public long Confirmed { get; init; }

    /// <summary>How often it was called off.</summary>
    public long CalledOff { get; init; }

    /// <summary>Cases asking for it that staff stopped.</summary>
    public long Stopped { get; init; }

    /// <summary>Cases asking for it that turned out to be the customer's own wish.</summary>
    public long Cleared { get; init; }

    /// <summary>Begun and neither taken to the end nor called off: given up, or still under way.</summary>
    public long Left => Math.Max(0, Asked - Confirmed - CalledOff);
}
