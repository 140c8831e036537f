namespace Mingzhang.Domain.Permissions;

/// <summary>Restrictions with reasons, apart from debt; automatic repayment; linked services.</summary>
internal static class PermissionRules
{
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

        if (command.By == Actor.Borrower && command.Reason != RestrictionReason.StoppedByBorrower)
        {
            return new InvalidCommand("reason", "a borrower stops use for own reasons only", "Send stoppedByBorrower.");
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
