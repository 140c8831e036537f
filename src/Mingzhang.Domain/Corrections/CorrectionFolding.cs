namespace Mingzhang.Domain.Corrections;

/// <summary>An account folded without a change and with it.</summary>
/// <param name="State">As booked.</param>
/// <param name="Change">The change.</param>
/// <param name="BookedOn">The business date.</param>
internal sealed record CorrectionFolding(AccountState State, CorrectionChange Change, DateOnly BookedOn)
{
    /// <summary>Why not.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Where both stood before the change; null when it comes first.</summary>
    public AccountState? Common { get; init; }

    /// <summary>The facts as they were known.</summary>
    public Refold Baseline { get; init; } = null!;

    /// <summary>The facts as they are now; null when refused.</summary>
    public Refold? Revised { get; init; }

    /// <summary>What is booked.</summary>
    public ValueList<CorrectionLine> Lines { get; init; }

    /// <summary>Statements superseded.</summary>
    public ValueList<SupersededStatement> Statements { get; init; }

    /// <summary>The state that follows.</summary>
    public AccountState After { get; init; } = null!;

    /// <summary>The refusal, or the event with the state that follows.</summary>
    public Accepted Decision()
    {
        var corrected = new AccountCorrected(Change.Late, Change.Withdrawn, Change.Request, Lines, Statements, After)
            { EffectiveOn = BookedOn };
        return new Accepted([corrected], After);
    }
}
