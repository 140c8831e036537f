namespace Mingzhang.Simulation;

/// <summary>A script says that a cost table was "shown"; its id is put in when the command is played, because it follows from the
/// state.</summary>
public static class CostTables
{
    public const string Shown = "shown";

    public static CostConfirmation Read { get; } = new(Shown, 60);

    public static AccountCommand Filled(AccountCommand command, AccountState state, ProductTerms terms) =>
        command is AcceptRelief { Disclosure.CostTable: Shown } relief ? Filled(relief, state, terms)
        : state.Lifecycle is not Active ? command : command switch
    {
        RequestLoan { Disclosure: { CostTable: Shown } seen } c when terms.Loan?.Offer(c.Offer, c.Count) is { } offer =>
            c with { Disclosure = seen with { CostTable = IdOf(LoanQuotes.Of(state, terms, offer, c.Count, c.Amount, c.EffectiveOn)) } },
        StartPlan { Disclosure: { CostTable: Shown } seen } c
            when (c.PurchaseId is null ? terms.Instalments?.Bill : terms.Instalments?.Checkout)?.Find(o => o.Count == c.Count) is
            { } offer =>
            c with
            {
                Disclosure = seen with
                {
                    CostTable = IdOf(PlanQuotes.Of(state, terms, offer, c.Amount ?? PlanQuotes.Convertible(state, c.BillIssuedOn,
                        c.PurchaseId), c.PurchaseId, CostBearer.Buyer, c.EffectiveOn)),
                },
            },
        AuthorisePurchase { Plan: { Disclosure: { CostTable: Shown } seen } plan } c
            when terms.Instalments?.Checkout.Find(o => o.Count == plan.Count) is { } offer =>
            c with
            {
                Plan = plan with
                {
                    Disclosure = seen with
                    {
                        CostTable = IdOf(PlanQuotes.Of(state, terms, offer, c.Amount, c.PurchaseId, plan.BornBy, c.EffectiveOn)),
                    },
                },
            },
        _ => command,
    };

    private static AcceptRelief Filled(AcceptRelief command, AccountState state, ProductTerms terms) => command with
    {
        Disclosure = command.Disclosure! with
        {
            CostTable = state.Lifecycle is NotOpened or Closed ? "none"
                : ReliefQuotes.Try(state, terms, command.Plan, command.EffectiveOn).Quote?.CostTableId ?? "none",
        },
    };

    private static string IdOf(LoanQuote? quote) => quote?.CostTableId ?? "none";
}
