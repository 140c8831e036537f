namespace Mingzhang.Domain.Versions;

/// <summary>Whether an account can run under another version at all: what it has must exist there.</summary>
public static class VersionFit
{
    /// <summary>Null, or what of the account the version does not offer.</summary>
    public static Refusal? Check(AccountState state, ProductTerms terms)
    {
        var cycle = state.Cycle;
        var due = cycle.BookedDueDay == 0 ? cycle.DueDay : cycle.BookedDueDay;
        if (due != 0 && terms.StatementDayFor(due) is null)
        {
            return new DueDayNotOffered(due);
        }

        if (state.TotalLimit.IsPositive && (state.TotalLimit < terms.Limits.Smallest || state.TotalLimit > terms.Limits.Largest))
        {
            return new LimitOutOfBounds(terms.Limits.Smallest, terms.Limits.Largest);
        }

        return Purchases(state, terms) ?? Requests(state, terms);
    }

    // Holds, receipts and checkout plans under way end by the scene and the plan they began with.
    private static Refusal? Purchases(AccountState state, ProductTerms terms)
    {
        foreach (var purchase in state.Purchases.AsSpan())
        {
            if (purchase.StageEndsOn is not null && terms.Scene(purchase.Scene) is null)
            {
                return new SceneNotEligible(purchase.Scene);
            }

            if (purchase.Plan is { } plan && purchase.StageEndsOn is not null && terms.Instalments?.Checkout.Find(o =>
                o.Count == plan.Count) is null)
            {
                return new OfferUnknown("checkout", plan.Count);
            }
        }

        return null;
    }

    private static OfferUnknown? Requests(AccountState state, ProductTerms terms)
    {
        foreach (var request in state.LoanRequests.AsSpan())
        {
            if (terms.Loan?.Offer(request.Fact.Offer, request.Fact.Count) is null)
            {
                return new OfferUnknown(request.Fact.Offer, request.Fact.Count);
            }
        }

        return null;
    }
}
