using System.Text.Json.Serialization;

namespace Mingzhang.Domain.Accounts;

/// <summary>Where an account is between opening and closing. What is independent of it (restrictions, debts) are fields of the
/// state.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(NotOpened), "not-opened")]
[JsonDerivedType(typeof(Active), "active")]
[JsonDerivedType(typeof(ClosingDown), "closing")]
[JsonDerivedType(typeof(Closed), "closed")]
public /*closed*/ abstract record Lifecycle
{
    private protected Lifecycle()
    {
    }
}

/// <summary>No account yet.</summary>
public sealed record NotOpened : Lifecycle;

/// <summary>In use.</summary>
public sealed record Active : Lifecycle;

/// <summary>On the way out: no new debit, everything else works.</summary>
/// <param name="Mode">Now or run-off.</param>
/// <param name="RequestedOn">Step 1.</param>
/// <param name="ConfirmBy">Last day for step 2, while it is not confirmed.</param>
/// <param name="ConfirmedOn">Step 2; null before.</param>
/// <param name="Forced">Closed by the house.</param>
/// <param name="LimitBefore">The limit to restore when called off.</param>
/// <param name="ClosedOn">When it had closed before money or a correction woke it; null the first time.</param>
public sealed record ClosingDown(
    ClosingMode Mode, DateOnly RequestedOn, DateOnly ConfirmBy, DateOnly? ConfirmedOn, bool Forced, Money LimitBefore,
    DateOnly? ClosedOn = null) : Lifecycle;

/// <summary>Closed; every figure is zero.</summary>
/// <param name="ClosedOn">The day it closed, the first time when it was woken meanwhile.</param>
/// <param name="Forced">Closed by the house.</param>
/// <param name="LimitBefore">The total limit before closing.</param>
public sealed record Closed(DateOnly ClosedOn, bool Forced, Money LimitBefore) : Lifecycle;
