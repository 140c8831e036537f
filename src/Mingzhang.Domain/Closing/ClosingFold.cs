namespace Mingzhang.Domain.Closing;

/// <summary>Folds the way out.</summary>
internal static class ClosingFold
{
    public static AccountState Requested(AccountState state, ClosingRequested e) => state with
    {
        Lifecycle = new ClosingDown(e.Fact.Mode, e.EffectiveOn, e.ConfirmBy, null, Forced: false, state.TotalLimit),
    };

    public static AccountState Confirmed(AccountState state, ClosingConfirmed e) => state.Lifecycle is ClosingDown closing
        ? WithoutLimits(state) with { Lifecycle = closing with { ConfirmedOn = e.EffectiveOn, LimitBefore = e.LimitBefore } }
        : WithoutLimits(state);

    public static AccountState Forced(AccountState state, ForcedClosingStarted e) => WithoutLimits(state) with
    {
        Lifecycle = new ClosingDown(ClosingMode.RunOff, e.EffectiveOn, e.EffectiveOn, e.EffectiveOn, Forced: true, e.LimitBefore),
    };

    /// <summary>A closed account is back in run-off; it can be used no more than before.</summary>
    public static AccountState Resumed(AccountState state, RunOffResumed e) => state with
    {
        Lifecycle = new ClosingDown(
            ClosingMode.RunOff, e.ClosedOn, e.ClosedOn, e.EffectiveOn, e.Forced, e.LimitBefore, e.ClosedOn),
        Cycle = state.Cycle with { NextStatementOn = e.NextStatementOn },
    };

    public static AccountState Closed(AccountState state, AccountClosed e) => state with
    {
        Lifecycle = state.Lifecycle is ClosingDown closing
            ? new Closed(closing.ClosedOn ?? e.EffectiveOn, e.Forced, closing.LimitBefore)
            : new Closed(e.EffectiveOn, e.Forced, state.TotalLimit),
        RevolvingAccrual = default,
        OverdueAccrual = default,
        Bills = [],
        PendingPayments = [],
        PendingRefunds = [],
        AutoRepaySources = [],
        NextVersion = null,
        Cycle = state.Cycle with { NextStatementOn = DateOnly.MaxValue },
    };

    private static AccountState WithoutLimits(AccountState state) => state with
    {
        TotalLimit = Money.Zero(state.Currency),
        TemporaryLimits = [],
        SceneLimits = [],
        LinkedServices = [],
    };
}
