using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>Commands about loans and plans in the oracle's words.</summary>
public static class LoanNeutral
{
    public static Fact? Of(AccountCommand command) => command switch
    {
        RequestLoan c => new Fact(c.EffectiveOn, Kind.RequestLoan)
        {
            Id = c.LoanId, Amount = c.Amount.MinorUnits, Scene = c.Offer, Number = c.Count, Evidence = Evidence(c.Disclosure),
        },
        ConfirmDisbursement c => new Fact(c.EffectiveOn, Kind.Disburse) { Id = c.LoanId },
        FailDisbursement c => new Fact(c.EffectiveOn, Kind.FailDisburse) { Id = c.LoanId },
        StartPlan c => new Fact(c.EffectiveOn, Kind.StartPlan)
        {
            Id = c.PlanId, Bill = c.BillIssuedOn, Purchase = c.PurchaseId, Amount = c.Amount?.MinorUnits ?? 0, Number = c.Count,
            Evidence = Evidence(c.Disclosure),
        },
        _ => null,
    };

    public static Checkout? Of(CheckoutPlan? plan) =>
        plan is null ? null : new Checkout(plan.PlanId, plan.Count, plan.BornBy == CostBearer.Buyer, Evidence(plan.Disclosure));

    public static char Of(EarlyMode mode) => mode switch { EarlyMode.Shorten => 'S', EarlyMode.Lower => 'L', _ => 'C' };

    public static string Away(ValueList<Permission> permissions) => string.Concat(permissions.Select(p => p switch
    {
        Permission.Spend => "S", Permission.Borrow => "B", Permission.Convert => "V", _ => "",
    }));

    public static Evidence Evidence(CostConfirmation? seen) => seen is null ? new Evidence('-', 0)
        : new Evidence(seen.CostTable == CostTables.Shown ? 'R' : 'W', seen.ReadSeconds);
}
