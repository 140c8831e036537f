using Mingzhang.Papers.Signing;

namespace Mingzhang.Services.Proofs;

/// <summary>A statement and what came out when it was worked out anew.</summary>
/// <param name="Issued">As issued.</param>
/// <param name="Again">As recomputed; null when nothing came out for that day.</param>
public sealed record ProvenStatement(ProofStatement Issued, ProofStatement? Again)
{
    /// <summary>Whether every figure is the same to the fen.</summary>
    public bool IsSame => Issued == Again;
}

/// <summary>What a check of a proof found.</summary>
public sealed record ProofReport
{
    /// <summary>The manifest; null when there is none that can be read.</summary>
    public ProofManifest? Manifest { get; init; }

    /// <summary>The key that signed it; null when the signature is broken.</summary>
    public VerifyingKey? Signer { get; init; }

    /// <summary>Rows whose hash follows from the row before.</summary>
    public long LinkedRows { get; init; }

    /// <summary>Facts decided anew with the same outcome.</summary>
    public long RetoldRows { get; init; }

    /// <summary>Every statement that was ever issued.</summary>
    public IReadOnlyList<ProvenStatement> Statements { get; init; } = [];

    /// <summary>The hash of each row, hexadecimal; for comparing with earlier papers.</summary>
    public IReadOnlyList<string> Hashes { get; init; } = [];

    /// <summary>Everything that does not fit, in words.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Whether everything fits.</summary>
    public bool IsProven => Faults.Count == 0;
}
