namespace Mingzhang.Domain.Permissions;

/// <summary>Folds restrictions and links.</summary>
internal static class PermissionFold
{
    public static Restriction From(Restricted e) =>
        new(e.Fact.RestrictionId, e.Fact.Permissions, e.Fact.Reason, e.EffectiveOn, e.Fact.Until, e.Fact.Note);

    public static AccountState Place(AccountState state, Restriction restriction) =>
        state with { Restrictions = state.Restrictions.Where(r => r.Id != restriction.Id).Add(restriction) };

    public static AccountState End(AccountState state, string id) =>
        state with { Restrictions = state.Restrictions.Where(r => r.Id != id) };

    public static AccountState Cap(AccountState state, SpendingCapSet e) => state with
    {
        Spending = (state.Spending ?? SpendingCap.None(state.Currency)).With(e.Fact.Cap, e.From, e.EffectiveOn),
    };

    public static AccountState Link(AccountState state, SetLinkedService fact)
    {
        var others = state.LinkedServices.Where(service => service != fact.Service);
        return state with { LinkedServices = fact.Linked ? others.Add(fact.Service) : others };
    }
}
