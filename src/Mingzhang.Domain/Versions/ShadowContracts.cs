namespace Mingzhang.Domain.Versions;

/// <summary>What the running loans and plans of an account would cost if they were made today under a version.</summary>
internal static class ShadowContracts
{
    /// <summary>All interest and fees of them; zero when there is none, null when one of them is not offered.</summary>
    public static Money? Cost(AccountState state, ProductTerms terms, DateOnly today)
    {
        var sum = Money.Zero(state.Currency);
        foreach (var loan in state.Loans.AsSpan())
        {
            if (Anew(state, loan, terms, today) is not { } cost)
            {
                return null;
            }

            sum += cost;
        }

        return sum;
    }

    private static Money? Anew(AccountState state, Loan loan, ProductTerms terms, DateOnly today) => loan.Kind switch
    {
        LoanKind.Cash => terms.Loan?.Offer(loan.Offer, loan.Count) is { } offer
            ? LoanQuotes.Of(state, terms, offer, loan.Count, loan.Principal, today)?.Cost : null,
        LoanKind.BillPlan => Plan(loan, terms.Instalments, terms.Instalments?.Bill),
        LoanKind.PurchasePlan => Plan(loan, terms.Instalments, terms.Instalments?.Checkout),
    };

    private static Money? Plan(Loan loan, InstalmentTerms? offered, ValueList<PlanOffer>? plans) =>
        plans?.Find(plan => plan.Count == loan.Count) is { } offer
            ? PlanQuotes.Charge(loan.Principal, offer, offered!.Rounding) : null;
}
