using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Engine;

namespace Mingzhang.Services.Leaving;

/// <summary>Why somebody leaves (R066).</summary>
public static class LeaveReasons
{
    /// <summary>No plan to use it.</summary>
    public const string Unused = "unused";

    /// <summary>Cannot pay, or fears so: help comes first.</summary>
    public const string Hardship = "hardship";

    /// <summary>Somebody else used it: use stops at once.</summary>
    public const string Theft = "theft";

    /// <summary>All of them, in the order they are offered.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Unused, "too-expensive", "spend-less", "better-offer", "privacy", Hardship, "other"];

    /// <summary>The reason of a text; <c>other</c> for what is not among them, so that nobody is stopped by not giving one.</summary>
    public static string Read(string? text) => All.FirstOrDefault(one => one == text) ?? "other";
}

/// <summary>Who asks for a step of leaving, and what they were shown.</summary>
/// <param name="Mode">Now, or when settled.</param>
/// <param name="Reason">One of <see cref="LeaveReasons"/>.</param>
/// <param name="Channel">web, phone, letter, api or house.</param>
/// <param name="Actor">Who, as the journal names them.</param>
/// <param name="Key">Makes the step one, however often it is sent.</param>
/// <param name="Language">Of what was shown.</param>
/// <param name="Shown">The very text; empty when nothing was shown here.</param>
/// <param name="Device">Where from.</param>
public sealed record LeaveAsk(
    ClosingMode Mode, string Reason, string Channel, string Actor, string Key, string Language, string Shown, LeaveDevice Device)
{
    /// <summary>How the person confirmed: pin, passkey, pin+passkey, pin+code, identity (by an agent), caller (of the API).</summary>
    public string Means { get; init; } = "";
}

/// <summary>What came of a step of leaving.</summary>
/// <param name="Refusal">Why it was not taken; null = it was.</param>
/// <param name="Envelope">What the ledger was asked; null when the step is none of the ledger's.</param>
/// <param name="Result">What it answered.</param>
public sealed record LeaveTaken(Refusal? Refusal, CommandEnvelope? Envelope = null, CommandResult? Result = null);
