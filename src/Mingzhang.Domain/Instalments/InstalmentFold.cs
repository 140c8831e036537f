namespace Mingzhang.Domain.Instalments;

/// <summary>Folds plans: the moved principal leaves its items as if paid, the rows take its place.</summary>
internal static class InstalmentFold
{
    public static AccountState Started(AccountState state, PlanStarted e)
    {
        var moved = StatementTotals.Credit(RepaymentFold.Apply(state, e.Moved, credited: true), e.Plan.Principal);
        return LoanFold.Scheduled(moved, e.Plan, e.EffectiveOn);
    }
}
