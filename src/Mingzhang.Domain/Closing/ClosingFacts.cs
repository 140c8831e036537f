namespace Mingzhang.Domain.Closing;

/// <summary>How soon.</summary>
public enum ClosingMode
{
    /// <summary>Close now; refused while anything blocks.</summary>
    Now,

    /// <summary>Stop use now, close when settled.</summary>
    RunOff,
}

/// <summary>Step 1: the impact text was read; use stops at this moment.</summary>
/// <param name="Mode">Now or run-off.</param>
/// <param name="NoticeVersion">Version of the consequence text that was acknowledged.</param>
/// <param name="Reason">The customer's reason.</param>
public sealed record RequestClosing(ClosingMode Mode, string NoticeVersion, string Reason) : AccountCommand;

/// <summary>Step 2: confirmed by verification, made outside the core and recorded as a fact.</summary>
public sealed record ConfirmClosing(bool Verified, bool VideoInterviewPassed) : AccountCommand;

/// <summary>The customer changed their mind before the account closed.</summary>
public sealed record CancelClosing(string Reason) : AccountCommand;

/// <summary>Passive closing by the house (always run-off), with the notice that was given.</summary>
public sealed record ForceClosing(string Reason, string NoticeId) : AccountCommand;

/// <summary>Closing was asked for.</summary>
public sealed record ClosingRequested(RequestClosing Fact, DateOnly ConfirmBy, ValueList<ClosingBlocker> Blockers) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>Closing was confirmed: the limit is zero from now.</summary>
public sealed record ClosingConfirmed(ConfirmClosing Fact, Money LimitBefore) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>Closing was called off; a limit taken by the confirmation comes back.</summary>
/// <param name="Fact">The command.</param>
/// <param name="LimitRestored">The total limit from now on.</param>
/// <param name="LimitBefore">The total limit until now: zero when closing was confirmed.</param>
public sealed record ClosingCancelled(CancelClosing Fact, Money LimitRestored, Money LimitBefore) : AccountEvent
{
    /// <summary>What came back.</summary>
    internal Money LimitTaken() => LimitRestored - LimitBefore;

    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>The request was not confirmed in time.</summary>
public sealed record ClosingLapsed(DateOnly RequestedOn) : AccountEvent;

/// <summary>The house closes the account; the contract goes on until it is settled.</summary>
public sealed record ForcedClosingStarted(ForceClosing Fact, Money LimitBefore) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>Money came for a closed account, or a correction left something: it runs off again and closes when settled.</summary>
/// <param name="ClosedOn">When it had closed.</param>
/// <param name="Forced">Closed by the house.</param>
/// <param name="LimitBefore">The total limit before that closing.</param>
/// <param name="NextStatementOn">The next statement, should it not be settled by then.</param>
public sealed record RunOffResumed(DateOnly ClosedOn, bool Forced, Money LimitBefore, DateOnly NextStatementOn) : AccountEvent;

/// <summary>The account is closed: everything is zero.</summary>
public sealed record AccountClosed(bool Forced) : AccountEvent;
