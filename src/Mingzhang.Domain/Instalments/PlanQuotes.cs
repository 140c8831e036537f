namespace Mingzhang.Domain.Instalments;

/// <summary>Quotes of instalment plans.</summary>
public static class PlanQuotes
{
    /// <summary>A plan of so much principal; null when it makes no schedule. The first row joins the next statement.</summary>
    /// <param name="state">The account: its statement rhythm gives the due days.</param>
    /// <param name="terms">The product.</param>
    /// <param name="offer">Rows and charge.</param>
    /// <param name="amount">Principal.</param>
    /// <param name="purchaseId">The purchase, or null for a bill.</param>
    /// <param name="bornBy">Who bears the cost; the merchant's is not in the rows.</param>
    /// <param name="on">The day it would begin.</param>
    public static LoanQuote? Of(
        AccountState state, ProductTerms terms, PlanOffer offer, Money amount, string? purchaseId, CostBearer bornBy, DateOnly on)
    {
        if (terms.Instalments is not { } offered || !amount.IsPositive || state.Cycle.NextStatementOn == DateOnly.MaxValue)
        {
            return null;
        }

        var first = Calendar.CycleDates.DueAfter(state.Cycle.NextStatementOn, state.Cycle.DueDay);
        var schedule = new ScheduleTerms
        {
            Method = ScheduleMethod.EqualPrincipal,
            Count = offer.Count,
            FirstDueOn = first,
            StartsOn = null,
            Rounding = offered.Rounding,
            Fee = new FlatFee(bornBy == CostBearer.Merchant ? 0 : offer.FeePpm, FeeSpread.TotalInParts),
        };
        return RepaymentSchedule.Of(schedule, amount, on) is not Scheduled made ? null : Of(
            terms, offered, made, amount, purchaseId, on, state.Cycle.DueDay,
            bornBy == CostBearer.Merchant ? Charge(amount, offer, offered.Rounding) : null);
    }

    /// <summary>A plan with a schedule, with its cost table.</summary>
    internal static LoanQuote Of(
        ProductTerms terms, InstalmentTerms offered, Scheduled made, Money amount, string? purchaseId, DateOnly on, int dueDay,
        Money? merchantBorne) => LoanCostTables.WithTable(
        terms,
        new LoanQuote(
            purchaseId is null ? LoanKind.BillPlan : LoanKind.PurchasePlan, purchaseId is null ? "bill" : "checkout", amount, on,
            Rate.PerDay(0), terms.Overdue.Rate, false, offered.Rounding, offered.Early, made.Rows, LoanQuotes.SharesOf(terms),
            purchaseId, ScheduleMethod.EqualPrincipal, dueDay)
        {
            Table = LoanQuotes.NoTable,
        },
        merchantBorne);

    /// <summary>Principal of a bill (by its statement day) or of an unbilled purchase that may become a plan.</summary>
    public static Money Convertible(AccountState state, DateOnly? billIssuedOn, string? purchaseId) => state.Items.Sum(
        state.Currency, item => IsConvertible(item, billIssuedOn, purchaseId) ? item.Unpaid : Money.Zero(state.Currency));

    /// <summary>Whether an item may move into a plan: principal that is not disputed, bears nothing and belongs to no loan.</summary>
    internal static bool IsConvertible(DueItem item, DateOnly? billIssuedOn, string? purchaseId) =>
        item.IsPrincipal && item.LoanId is null && !item.Disputed && !item.WrittenOff && item.Bearing == Bearing.None
        && (billIssuedOn is { } issued
            ? item.BilledOn == issued && item.Cyclable
            : purchaseId is not null && item.PurchaseId == purchaseId && item.BilledOn is null);

    /// <summary>The whole charge of a plan.</summary>
    /// <example>12,000.00 at 8.8 % = 1,056.00 (case T1).</example>
    public static Money Charge(Money principal, PlanOffer offer, Rounding rounding) =>
        Money.Of(Rounded.Divide((Int128)principal.MinorUnits * offer.FeePpm, 1_000_000, rounding), principal.Currency);
}
