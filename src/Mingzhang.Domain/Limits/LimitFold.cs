namespace Mingzhang.Domain.Limits;

/// <summary>Folds scene-bound limits.</summary>
internal static class LimitFold
{
    public static AccountState Scene(AccountState state, SceneLimitChanged e)
    {
        var others = state.SceneLimits.Where(limit => limit.Scene != e.Fact.Limit.Scene);
        return state with { SceneLimits = e.Fact.Limit.Amount.IsZero ? others : others.Add(e.Fact.Limit) };
    }
}
