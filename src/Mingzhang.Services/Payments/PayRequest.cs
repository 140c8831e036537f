using System.Security.Cryptography;
using System.Text;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Payments;

/// <summary>A borrower asks somebody to pay a sum; whoever has the link sees the sum, a masked name, and nothing else.</summary>
public sealed record PayRequest
{
    /// <summary>How long a link is good.</summary>
    public const int DaysGood = 7;

    /// <summary>Whose debt.</summary>
    public required AccountId Account { get; init; }

    /// <summary>SHA-256 of the code in the link, hexadecimal; the code itself is not kept.</summary>
    public required string CodeHash { get; init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; init; }

    /// <summary>What the borrower says to it.</summary>
    public string Note { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateOnly MadeOn { get; init; }

    /// <summary>The last day it can be paid.</summary>
    public DateOnly EndsOn { get; init; }

    /// <summary>open, paid or withdrawn.</summary>
    public string State { get; init; } = "open";

    /// <summary>The last transfer for it; empty = none.</summary>
    public string TransferId { get; init; } = "";

    /// <summary>What is kept of a code.</summary>
    public static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
