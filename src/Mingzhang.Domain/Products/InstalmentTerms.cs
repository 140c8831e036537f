namespace Mingzhang.Domain.Products;

/// <summary>Instalments on a line with statements: of a bill, and of a purchase at checkout.</summary>
/// <param name="Bill">Numbers of rows and their fee for a bill.</param>
/// <param name="Checkout">Numbers of rows and their fee for a purchase.</param>
/// <param name="Smallest">Smallest principal of a plan.</param>
/// <param name="AfterMinimum">Whether a bill may be converted after its minimum was paid.</param>
/// <param name="Early">What early settlement costs.</param>
/// <param name="Rounding">Of charges.</param>
/// <param name="ReadingSeconds">Shortest time the cost table must have been open.</param>
public sealed record InstalmentTerms(
    ValueList<PlanOffer> Bill, ValueList<PlanOffer> Checkout, Money Smallest, bool AfterMinimum, EarlyTerms Early, Rounding Rounding,
    int ReadingSeconds);

/// <summary>A number of rows and what it costs.</summary>
/// <param name="Count">Rows.</param>
/// <param name="FeePpm">Charge on the first principal for the whole term; 88,000 = 8.8 %. Case T1: 12,000.00 in 12 rows costs
/// 1,056.00.</param>
public sealed record PlanOffer(int Count, long FeePpm);

/// <summary>Who bears the cost of a checkout plan: one of them, nothing between.</summary>
public enum CostBearer
{
    /// <summary>The buyer pays the charge with the rows.</summary>
    Buyer,

    /// <summary>The merchant is paid so much less; the buyer pays the principal only.</summary>
    Merchant,
}
