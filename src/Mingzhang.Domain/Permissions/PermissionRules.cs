namespace Mingzhang.Domain.Permissions;

/// <summary>Restrictions with reasons, apart from debt; automatic repayment; linked services.</summary>
internal static class PermissionRules
{
    /// <summary>The longest cooling-off, days.</summary>
    public const int LongestCooling = 366;

    private const string ConsentId = "consent-missing";

    public static Refusal? Check(AccountState state, Restrict command, DateOnly on)
    {
        var early = Guards.Id("restrictionId", command.RestrictionId) ?? Guards.IsOpen(state);
        if (early is not null)
        {
            return early;
        }

        if (command.Permissions.Count == 0)
        {
            return new InvalidCommand("permissions", "at least one permission", "Name what is taken away, such as spend.");
        }

        if (command.By == Actor.Borrower && command.Reason is not (RestrictionReason.StoppedByBorrower or RestrictionReason.CoolingOff))
        {
            return new InvalidCommand("reason", "a borrower stops use for own reasons only", "Send stoppedByBorrower or coolingOff.");
        }

        if (command.Reason == RestrictionReason.CoolingOff
            && (command.By != Actor.Borrower || command.Until is not { } end || end > on.AddDays(LongestCooling)))
        {
            return new InvalidCommand("until", $"a borrower's own, 1 to {LongestCooling} days", "Send by borrower and a day within.");
        }

        if (command.Until is { } until && until <= on)
        {
            return new WindowInvalid(on, until);
        }

        return state.Restrictions.Any(r => r.Id == command.RestrictionId) ? new RestrictionExists(command.RestrictionId) : null;
    }

    public static void Unfold(Unfolding u, Restrict command) => u.Emit(new Restricted(command) { EffectiveOn = u.On });

    public static Refusal? Check(AccountState state, LiftRestriction command)
    {
        if (Guards.IsOpen(state) is { } early)
        {
            return early;
        }

        var restriction = state.Restrictions.Find(r => r.Id == command.RestrictionId);
        return restriction switch
        {
            null => new RestrictionUnknown(command.RestrictionId),
            { Reason: RestrictionReason.CoolingOff, Until: { } until } => new CoolingOffRuns(until),
            { Reason: not RestrictionReason.StoppedByBorrower } when command.By == Actor.Borrower =>
                new RestrictionNotYours(restriction.Id),
            _ => null,
        };
    }

    public static void Unfold(Unfolding u, LiftRestriction command) => u.Emit(new RestrictionLifted(command) { EffectiveOn = u.On });

    /// <summary>Restrictions whose time ended.</summary>
    public static void PassWindows(Unfolding u)
    {
        foreach (var restriction in u.State.Restrictions)
        {
            if (restriction.Until is { } until && until <= u.On)
            {
                u.Emit(new RestrictionEnded(restriction.Id) { EffectiveOn = u.On });
            }
        }
    }

    public static Refusal? Check(AccountState state, SetAutoRepay command) => Guards.IsOpen(state) ?? (command switch
    {
        { On: true, Sources.Count: 0 or > 10 } =>
            new InvalidCommand("sources", "1 to 10 sources", "Name the sources in the order to debit."),
        _ => null,
    });

    public static void Unfold(Unfolding u, SetAutoRepay command) => u.Emit(new AutoRepaySet(command) { EffectiveOn = u.On });

    public static Refusal? Check(AccountState state, SetLinkedService command) =>
        Guards.Id("service", command.Service) ?? (command.Linked ? Guards.IsActive(state) : Guards.IsOpen(state));

    public static void Unfold(Unfolding u, SetLinkedService command) => u.Emit(new LinkedServiceSet(command) { EffectiveOn = u.On });

    public static Refusal? Check(AccountState state, SetSpendingCap command, DateOnly on) => Guards.IsActive(state) ?? (command.Cap switch
    {
        { } cap when cap.Currency != state.Currency || !cap.IsPositive =>
            new InvalidCommand("capMinor", "more than zero, in the account's currency", "Send an amount, or none to take the cap away."),
        null when state.Spending?.On(on) is null => new InvalidCommand("capMinor", "there is no cap to take away", "Send an amount."),
        _ => null,
    });

    public static void Unfold(Unfolding u, SetSpendingCap command)
    {
        var caps = u.State.Spending ?? SpendingCap.None(u.State.Currency);
        u.Emit(new SpendingCapSet(command, caps.FromFor(command.Cap, u.On)) { EffectiveOn = u.On });
    }

    public static Refusal? Check(AccountState state, WithdrawConsent command) => Guards.IsOpen(state)
        ?? (state.Consents.Any(consent => consent.Code == command.Code) ? null : new ConsentMissing(command.Code));

    public static void Unfold(Unfolding u, WithdrawConsent command)
    {
        var required = u.Terms.RequiredConsents.Any(code => code == command.Code);
        u.Emit(new ConsentWithdrawn(command, required) { EffectiveOn = u.On });
        if (required)
        {
            var away = new Restriction(
                ConsentId, [Permission.Spend, Permission.Borrow, Permission.Convert], RestrictionReason.ConsentMissing, u.On, null,
                    command.Code);
            u.Emit(new RestrictedByRule(away) { EffectiveOn = u.On });
        }
    }
}
