namespace Mingzhang.Domain.Closing;

/// <summary>Closing in two steps: read the impact (use stops), then confirm (the limit is zero); closed when everything is
/// settled.</summary>
internal static class ClosingRules
{
    public static Refusal? Check(AccountState state, RequestClosing command, ProductTerms terms, DateOnly on)
    {
        if (Guards.IsActive(state) is { } early)
        {
            return early;
        }

        var runsOff = command.Mode == ClosingMode.RunOff && terms.Closing.WithDebt == CloseWithDebt.RunOff;
        var blockers = ClosingBlockers.Of(state, terms, on).Where(blocker => blocker.Blocks && !(runsOff && blocker.RunsOff));
        if (blockers.Count > 0)
        {
            return new ClosingBlocked(blockers);
        }

        return command.NoticeVersion != terms.Closing.NoticeVersion ? new NoticeOutdated(terms.Closing.NoticeVersion) : null;
    }

    public static void Unfold(Unfolding u, RequestClosing command) => u.Emit(
        new ClosingRequested(command, u.On.AddDays(u.Terms.Closing.ConfirmWithinDays), ClosingBlockers.Of(u.State, u.Terms, u.On))
        {
            EffectiveOn = u.On,
        });

    public static Refusal? Check(AccountState state, ConfirmClosing command) => state.Lifecycle switch
    {
        ClosingDown when !command.Verified => new VerificationFailed(),
        ClosingDown when !command.VideoInterviewPassed && NeedsInterview(state) => new VideoInterviewRequired(),
        ClosingDown { ConfirmedOn: { } on } => new ClosingAlreadyConfirmed(on),
        ClosingDown => null,
        Closed closed => new AccountIsClosed(closed.ClosedOn),
        NotOpened => new AccountNotOpen(),
        Active => new NotClosing(),
    };

    public static void Unfold(Unfolding u, ConfirmClosing command) =>
        u.Emit(new ClosingConfirmed(command, u.State.TotalLimit) { EffectiveOn = u.On });

    public static Refusal? Check(AccountState state) => state.Lifecycle switch
    {
        ClosingDown { Forced: true } => new ForcedClosingCannotBeCancelled(),
        ClosingDown { ClosedOn: { } on } => new AccountIsClosed(on),
        ClosingDown => null,
        Closed closed => new AccountIsClosed(closed.ClosedOn),
        NotOpened => new AccountNotOpen(),
        Active => new NotClosing(),
    };

    public static void Unfold(Unfolding u, CancelClosing command)
    {
        var limit = u.State.Lifecycle is ClosingDown closing ? closing.LimitBefore : u.State.TotalLimit;
        u.Emit(new ClosingCancelled(command, limit, u.State.TotalLimit) { EffectiveOn = u.On });
    }

    public static Refusal? Check(AccountState state, ForceClosing command) => Guards.IsOpen(state) ?? (state.Lifecycle switch
    {
        ClosingDown { Forced: true } closing => new ClosingInProgress(closing.RequestedOn),
        _ when string.IsNullOrWhiteSpace(command.Reason) => new InvalidCommand("reason", "not empty", "Say why; the customer reads it."),
        _ when string.IsNullOrWhiteSpace(command.NoticeId) =>
            new InvalidCommand("noticeId", "not empty", "Name the notice that was given."),
        _ => null,
    });

    public static void Unfold(Unfolding u, ForceClosing command) =>
        u.Emit(new ForcedClosingStarted(command, u.State.TotalLimit) { EffectiveOn = u.On });

    /// <summary>A fact for a closed account puts it back into run-off; with nothing left it closes again at once (invariant 35: money may
    /// come, a debit may not).</summary>
    public static void Wake(Unfolding u, AccountCommand command)
    {
        if (u.State.Lifecycle is Closed closed && command is not (ReopenAccount or PassDay or ForkAccount))
        {
            var next = Calendar.CycleDates.NextStatement(u.On, u.State.Cycle.StatementDay);
            u.Emit(new RunOffResumed(closed.ClosedOn, closed.Forced, closed.LimitBefore, next) { EffectiveOn = u.On });
        }
    }

    /// <summary>A request that was not confirmed in time lapses.</summary>
    public static void PassConfirmation(Unfolding u)
    {
        if (u.State.Lifecycle is ClosingDown { ConfirmedOn: null } closing && closing.ConfirmBy < u.On)
        {
            u.Emit(new ClosingLapsed(closing.RequestedOn) { EffectiveOn = u.On });
        }
    }

    /// <summary>Completes a confirmed closing as soon as everything is settled; unbilled interest is posted first.</summary>
    public static void CloseWhenSettled(Unfolding u)
    {
        if (u.State.Lifecycle is not ClosingDown { ConfirmedOn: not null } closing || !ClosingBlockers.IsSettled(u.State))
        {
            return;
        }

        BillingRules.PostAccruals(u);
        if (ClosingBlockers.IsSettled(u.State))
        {
            BillingRules.IssueFinal(u);
            u.Emit(new AccountClosed(closing.Forced) { EffectiveOn = u.On });
        }
    }

    private static bool NeedsInterview(AccountState state) =>
        state.Restrictions.Any(restriction => restriction.Reason == RestrictionReason.RiskVideoInterview);
}
