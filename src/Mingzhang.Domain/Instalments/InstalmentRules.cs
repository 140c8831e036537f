namespace Mingzhang.Domain.Instalments;

/// <summary>Bill and purchase instalments. The charge is fixed by the contract; rows join the following statements.</summary>
/// <remarks>Case T7: 1,000.00 in 12 at 88.00: principal 11 × 83.33 + 83.37, charge 11 × 7.33 + 7.37.</remarks>
internal static class InstalmentRules
{
    public static Refusal? Check(AccountState state, StartPlan command, ProductTerms terms, DateOnly on)
    {
        var early = Guards.Id("planId", command.PlanId) ?? Guards.IsActive(state) ?? Guards.May(state, Permission.Convert, on);
        if (early is not null)
        {
            return early;
        }

        if (terms.Instalments is not { } offered)
        {
            return new LoansNotOffered();
        }

        return PlanQuotes.Check(state, offered, command.BillIssuedOn, command.PurchaseId, command.Count, command.Amount, on)
            ?? (LoanRules.IsUsed(state, command.PlanId, on)
                ? new LoanExists(command.PlanId)
                : Disclosed(state, command, terms, offered, on));
    }

    public static void Unfold(Unfolding u, StartPlan command)
    {
        // After a correction there may be less to convert than was asked for: the plan begins with what there is.
        var amount = Money.Min(command.Amount ?? Convertible(u.State, command), Convertible(u.State, command));
        if (u.Terms.Instalments is { } offered && OfferOf(offered, command) is { } offer && amount.IsPositive
            && PlanQuotes.Of(u.State, u.Terms, offer, amount, command.PurchaseId, CostBearer.Buyer, u.On) is { } quote)
        {
            Begin(u, command, quote, command.PlanId, Source(u.State, command), Money.Zero(u.Currency), command.Disclosure);
        }
    }

    /// <summary>Null, or why a plan chosen at checkout cannot be.</summary>
    public static Refusal? Check(AccountState state, AuthorisePurchase command, ProductTerms terms, DateOnly on)
    {
        if (command.Plan is not { } plan)
        {
            return null;
        }

        if (terms.Instalments is not { } offered)
        {
            return new LoansNotOffered();
        }

        if (PlanQuotes.Check(terms, plan.Count, command.Amount) is { } refused)
        {
            return refused;
        }

        if (LoanRules.IsUsed(state, plan.PlanId, on))
        {
            return new LoanExists(plan.PlanId);
        }

        var found = offered.Checkout.Find(offer => offer.Count == plan.Count)!;
        var quote = PlanQuotes.Of(state, terms, found, command.Amount, command.PurchaseId, plan.BornBy, on);
        return quote is null
            ? new OfferUnknown("checkout", plan.Count)
            : LoanCostTables.Check(quote, plan.Disclosure, terms, offered.ReadingSeconds, on);
    }

    /// <summary>A purchase posted: the plan chosen at checkout begins with what posted.</summary>
    public static void BeginAtPosting(Unfolding u, Purchase purchase, int itemId)
    {
        if (purchase.Plan is not { } plan || u.Terms.Instalments?.Checkout.Find(o => o.Count == plan.Count) is not { } offer
            || u.State.Items.Find(item => item.Id == itemId) is not { } item
            || PlanQuotes.Of(u.State, u.Terms, offer, item.Unpaid, purchase.Id, plan.BornBy, u.On) is not { } quote)
        {
            return;
        }

        var fee = plan.BornBy == CostBearer.Merchant
            ? PlanQuotes.Charge(item.Unpaid, offer, u.Terms.Instalments.Rounding)
            : Money.Zero(u.Currency);
        Begin(u, null, quote, PartId(u.State, plan.PlanId, u.On), [item], fee, plan.Disclosure);
    }

    // The chosen id, or the first with a number behind it that stands for no other loan or plan: neither open nor settled of late.
    private static string PartId(AccountState state, string planId, DateOnly on)
    {
        var id = planId;
        for (var part = 2; LoanRules.IsUsed(state, id, on); part++)
        {
            id = $"{planId}-{part}";
        }

        return id;
    }

    private static Money Convertible(AccountState state, StartPlan command) =>
        PlanQuotes.Convertible(state, command.BillIssuedOn, command.PurchaseId);

    private static ValueList<DueItem> Source(AccountState state, StartPlan command) =>
        state.Items.Where(item => PlanQuotes.IsConvertible(item, command.BillIssuedOn, command.PurchaseId));

    private static PlanOffer? OfferOf(InstalmentTerms offered, StartPlan command) =>
        (command.PurchaseId is null ? offered.Bill : offered.Checkout).Find(offer => offer.Count == command.Count);

    private static Refusal? Disclosed(
        AccountState state, StartPlan command, ProductTerms terms, InstalmentTerms offered, DateOnly on)
    {
        var amount = command.Amount ?? Convertible(state, command);
        var quote = PlanQuotes.Of(state, terms, OfferOf(offered, command)!, amount, command.PurchaseId, CostBearer.Buyer, on);
        return quote is null
            ? new OfferUnknown("plan", command.Count)
            : LoanCostTables.Check(quote, command.Disclosure, terms, offered.ReadingSeconds, on);
    }

    private static void Begin(
        Unfolding u, StartPlan? fact, LoanQuote quote, string planId, ValueList<DueItem> source, Money merchantFee,
        CostConfirmation? confirmed)
    {
        var left = quote.Principal;
        var moved = new List<Allocation>();
        for (var i = source.Count - 1; i >= 0 && left.IsPositive; i--)
        {
            var part = Money.Min(left, source[i].Unpaid);
            moved.Add(new Allocation(source[i].Id, Component.Principal, null, part, false));
            left -= part;
        }

        var pool = quote.PurchaseId is null || source.Count == 0 ? null : source[0].Pool;
        var plan = quote.ToLoan(planId, u.State.NextItemId, pool, confirmed);
        u.Emit(new PlanStarted(fact, plan, ValueList.From(moved), merchantFee)
        {
            EffectiveOn = u.On, Cost = CostProof.Of(quote, u.Terms),
        });
    }
}
