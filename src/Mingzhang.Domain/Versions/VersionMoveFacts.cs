namespace Mingzhang.Domain.Versions;

/// <summary>Why an account may move to another version.</summary>
public enum MoveBasis
{
    /// <summary>No term is worse for the customer, none is unclear.</summary>
    NotWorse,

    /// <summary>The customer agreed to the new version.</summary>
    Consent,

    /// <summary>The customer was told long enough before, and may leave on the old terms until then.</summary>
    Notice,
}

/// <summary>An account is to run under another version of its product, from a statement day on.</summary>
/// <param name="Version">The version.</param>
/// <param name="Terms">What the account will keep of it.</param>
/// <param name="Basis">Why this is allowed.</param>
/// <param name="ConsentId">The customer's consent; needed for <see cref="MoveBasis.Consent"/>.</param>
/// <param name="From">Not before this day.</param>
/// <param name="Reason">Why; shown to the customer.</param>
public sealed record MoveToVersion(int Version, KeptTerms Terms, MoveBasis Basis, string? ConsentId, DateOnly From, string Reason)
    : AccountCommand;

/// <summary>The move is booked; this is the notice to the customer.</summary>
/// <param name="Fact">What was asked.</param>
/// <param name="On">The day it takes over: a statement day, or for a line without statements the first day allowed.</param>
public sealed record VersionMoveBooked(MoveToVersion Fact, DateOnly On) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand? Recorded => Fact;
}

/// <summary>The account runs under another version from this day on; what accrued before it is posted at the old price.</summary>
/// <param name="Before">The version until then.</param>
/// <param name="Terms">What the account keeps of the new one.</param>
public sealed record VersionMoved(int Before, KeptTerms Terms) : AccountEvent;

/// <summary>A move that waits for its day.</summary>
public sealed record NextVersion(DateOnly On, KeptTerms Terms);
