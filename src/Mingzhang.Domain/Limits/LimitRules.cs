namespace Mingzhang.Domain.Limits;

/// <summary>Limits: the house sets, the borrower lowers; temporary ones have a window, scene-bound ones a scene.</summary>
internal static class LimitRules
{
    public static Refusal? Check(AccountState state, SetLimit command, ProductTerms terms)
    {
        if ((SameCurrency(state, command.Total) ?? Guards.IsActive(state)) is { } early)
        {
            return early;
        }

        if (command.Total.IsNegative || command.Total > terms.Limits.Largest)
        {
            return new LimitOutOfBounds(Money.Zero(state.Currency), terms.Limits.Largest);
        }

        return command.By == Actor.Borrower && command.Total >= state.TotalLimit ? new BorrowerMayOnlyLower(state.TotalLimit) : null;
    }

    public static void Unfold(Unfolding u, SetLimit command) =>
        u.Emit(new LimitChanged(command, u.State.TotalLimit) { EffectiveOn = u.On });

    public static Refusal? Check(AccountState state, GrantTemporaryLimit command, DateOnly on)
    {
        var early = Guards.Id("temporaryLimitId", command.Limit.Id) ?? Guards.Amount(state, command.Limit.Amount) ?? Guards.IsActive(state)
            ?? Guards.May(state, Permission.TemporaryLimit, on);
        if (early is not null)
        {
            return early;
        }

        if (command.Limit.Until <= command.Limit.From || command.Limit.Until <= on)
        {
            return new WindowInvalid(command.Limit.From, command.Limit.Until);
        }

        return state.TemporaryLimits.Any(limit => limit.Id == command.Limit.Id) ? new TemporaryLimitExists(command.Limit.Id) : null;
    }

    public static void Unfold(Unfolding u, GrantTemporaryLimit command)
    {
        u.Emit(new TemporaryLimitGranted(command) { EffectiveOn = u.On });
        PassWindows(u);
    }

    public static Refusal? Check(AccountState state, SetSceneLimit command, ProductTerms terms)
    {
        if ((SameCurrency(state, command.Limit.Amount) ?? Guards.IsActive(state)) is { } early)
        {
            return early;
        }

        if (terms.Scene(command.Limit.Scene) is null)
        {
            return new SceneNotEligible(command.Limit.Scene);
        }

        return command.Limit.Amount.IsNegative || command.Limit.Amount > terms.Limits.Largest
            ? new LimitOutOfBounds(Money.Zero(state.Currency), terms.Limits.Largest)
            : null;
    }

    public static void Unfold(Unfolding u, SetSceneLimit command)
    {
        var before = u.State.SceneLimits.Find(limit => limit.Scene == command.Limit.Scene)?.Amount ?? Money.Zero(u.Currency);
        u.Emit(new SceneLimitChanged(command, before) { EffectiveOn = u.On });
    }

    /// <summary>Windows that ended. An expiry alone never makes anyone overdue (invariant 13).</summary>
    public static void PassWindows(Unfolding u)
    {
        foreach (var limit in u.State.TemporaryLimits)
        {
            if (limit.Until <= u.On)
            {
                u.Emit(new TemporaryLimitExpired(limit) { EffectiveOn = u.On });
            }
        }
    }

    private static Refusal? SameCurrency(AccountState state, Money amount) => amount.Currency == state.Currency
        ? null
        : new CurrencyMismatch(state.Currency.ToString(), amount.Currency.ToString());
}
