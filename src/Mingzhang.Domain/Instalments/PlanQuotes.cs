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

    /// <summary>Null, or why a bill or purchase cannot become a plan: none or both named (10), not so many rows (241), an amount below the
    /// smallest or above what there is (242), a bill or purchase that is not known or out of its time (250).</summary>
    /// <param name="state">The account.</param>
    /// <param name="offered">What the product offers.</param>
    /// <param name="billIssuedOn">The bill, or</param>
    /// <param name="purchaseId">the purchase.</param>
    /// <param name="count">Rows.</param>
    /// <param name="part">How much of it; null for all.</param>
    /// <param name="on">The day.</param>
    public static Refusal? Check(
        AccountState state, InstalmentTerms offered, DateOnly? billIssuedOn, string? purchaseId, int count, Money? part, DateOnly on)
    {
        if ((billIssuedOn is null) == (purchaseId is null))
        {
            return new InvalidCommand("billIssuedOn", "a bill or a purchase, not both", "Name one of them.");
        }

        if ((purchaseId is null ? offered.Bill : offered.Checkout).Find(offer => offer.Count == count) is null)
        {
            return new OfferUnknown(purchaseId is null ? "bill" : "checkout", count);
        }

        var convertible = Convertible(state, billIssuedOn, purchaseId);
        Refusal? untimely = billIssuedOn is { } issued ? BillUntimely(state, issued, offered, on)
            : convertible.IsPositive ? null
            : new BillNotConvertible("it must be a purchase that is posted, not disputed and on no bill yet")
            {
                RuleZh = "须为已入账、无争议且未出账单的消费",
            };
        return untimely ?? ((part ?? convertible) < offered.Smallest || part > convertible
            ? new LoanAmountNotOffered(offered.Smallest, convertible, Money.Of(1, state.Currency))
            : null);
    }

    /// <summary>Null, or why a purchase cannot be made in instalments at checkout: no plans (240), not so many rows (241), too little
    /// (242).</summary>
    public static Refusal? Check(ProductTerms terms, int count, Money amount) => terms.Instalments is not { } offered
        ? new LoansNotOffered()
        : offered.Checkout.Find(offer => offer.Count == count) is null ? new OfferUnknown("checkout", count)
        : amount < offered.Smallest
        ? new LoanAmountNotOffered(offered.Smallest, terms.Limits.SinglePurchaseMax, Money.Of(1, terms.Currency))
        : null;

    private static BillNotConvertible? BillUntimely(AccountState state, DateOnly issued, InstalmentTerms offered, DateOnly on)
    {
        var bill = state.Bills.Find(candidate => candidate.IssuedOn == issued);
        return bill is null ? new BillNotConvertible("it must be a bill that was issued and is not paid") { RuleZh = "须为已出账且未还清的账单" }
            : bill.Stage != BillStage.Open || on > bill.DueOn
            ? new BillNotConvertible("only from the statement day to the due day") { RuleZh = "须在账单日至还款日之间" }
            : !offered.AfterMinimum && bill.PaidSince.IsPositive && bill.PaidSince >= bill.Minimum
            ? new BillNotConvertible("only before its minimum payment") { RuleZh = "须在还最低还款额之前" }
            : null;
    }

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
