using System.Numerics;
using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>Commands about relief in the oracle's words.</summary>
public static class ReliefNeutral
{
    public static Fact? Of(AccountCommand command) => command switch
    {
        RequestRelief c => new Fact(c.EffectiveOn, Kind.AskRelief)
        {
            Id = c.ReliefId, Wish = new Wish(Letter(c.Wish), c.LoanId, 0, false, 0, null, null),
        },
        OfferRelief c => new Fact(c.EffectiveOn, Kind.OfferRelief) { Id = c.ReliefId, Wish = Of(c.Plan) },
        AcceptRelief c => new Fact(c.EffectiveOn, Kind.AcceptRelief)
        {
            Id = c.ReliefId, Wish = Of(c.Plan), Evidence = LoanNeutral.Evidence(c.Disclosure),
        },
        EndRelief c => new Fact(c.EffectiveOn, Kind.EndRelief) { Id = c.ReliefId },
        WaiveDebt c => new Fact(c.EffectiveOn, Kind.Waive)
        {
            Id = c.WaiverId, Loan = c.LoanId, Parts = [.. c.Parts.Select(p => (Letter(p.Component), (BigInteger)p.Amount.MinorUnits))],
        },
        _ => null,
    };

    public static char Letter(ReliefKind kind) => kind switch
    {
        ReliefKind.Deferral => 'D', ReliefKind.ReAge => 'G', ReliefKind.ReAmortise => 'M', _ => 'N',
    };

    private static char Letter(Component component) => component switch
    {
        Component.Principal => 'P', Component.Interest => 'I', Component.OverdueCharge => 'C', _ => 'F',
    };

    private static Wish Of(ReliefPlan plan) => new(
        Letter(plan.Kind), plan.LoanId, plan.Months, plan.InterestOnly, plan.Count, plan.FirstDueOn, plan.DailyPpm);
}
