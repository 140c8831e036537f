namespace Mingzhang.Domain.Loans;

/// <summary>Cash loans: asked for, paid out or failed; several at once, each with its own schedule.</summary>
internal static class LoanRules
{
    public static Refusal? Check(AccountState state, RequestLoan command, ProductTerms terms, DateOnly on)
    {
        var early = Guards.Id("loanId", command.LoanId) ?? Guards.Amount(state, command.Amount) ?? Guards.IsActive(state)
            ?? Guards.May(state, Permission.Borrow, on);
        if (early is not null)
        {
            return early;
        }

        if (command.Amount > state.Available(on, null))
        {
            return new LimitExceeded(command.Amount, state.Available(on, null));
        }

        return terms.Loan is not { } loans ? new LoansNotOffered() : Offered(state, command, terms, loans, on);
    }

    public static void Unfold(Unfolding u, RequestLoan command)
    {
        var quote = Quoted(u.State, u.Terms, command, u.On);
        u.Emit(new LoanRequested(command, u.On.AddDays(u.Terms.Loan?.DisburseWithinDays ?? 1))
        {
            EffectiveOn = u.On, Cost = quote is null ? null : CostProof.Of(quote, u.Terms), Exposure = u.Exposure,
        });
    }

    public static Refusal? Check(AccountState state, ConfirmDisbursement command, ProductTerms terms, DateOnly on) =>
        Guards.IsOpen(state) ?? (state.LoanRequests.Find(r => r.Fact.LoanId == command.LoanId) is { } request
            ? LoanCostTables.AboveCap(Quoted(state, terms, request.Fact, on))
            : new LoanUnknown(command.LoanId));

    public static void Unfold(Unfolding u, ConfirmDisbursement command)
    {
        if (u.State.LoanRequests.Find(r => r.Fact.LoanId == command.LoanId) is { } request
            && Quoted(u.State, u.Terms, request.Fact, u.On) is { } quote)
        {
            var loan = quote.ToLoan(request.Fact.LoanId, u.State.NextItemId, null, request.Fact.Disclosure);
            u.Emit(new LoanDisbursed(command, loan) { EffectiveOn = u.On, Cost = CostProof.Of(quote, u.Terms) });
        }
    }

    public static Refusal? Check(AccountState state, FailDisbursement command) => Guards.IsOpen(state)
        ?? (state.LoanRequests.Any(request => request.Fact.LoanId == command.LoanId) ? null : new LoanUnknown(command.LoanId));

    public static void Unfold(Unfolding u, FailDisbursement command)
    {
        var amount = u.State.LoanRequests.Find(request => request.Fact.LoanId == command.LoanId)?.Fact.Amount;
        u.Emit(new DisbursementFailed(command, amount ?? Money.Zero(u.Currency)) { EffectiveOn = u.On });
    }

    /// <summary>Whether an id names a loan, request, plan or agreement (it may become a plan), or did in the refund window.</summary>
    public static bool IsUsed(AccountState state, string id, DateOnly on) => state.Loans.Any(loan => loan.Id == id)
        || state.Reliefs.Any(relief => relief.Id == id)
        || state.LoanRequests.Any(request => request.Fact.LoanId == id) || Guards.IsRecent(state, id, on);

    private static Refusal? Offered(AccountState state, RequestLoan command, ProductTerms terms, LoanTerms loans, DateOnly on)
    {
        if (LoanQuotes.Check(terms, command.Offer, command.Count, command.Amount) is { } refused)
        {
            return refused;
        }

        if (IsUsed(state, command.LoanId, on))
        {
            return new LoanExists(command.LoanId);
        }

        return TooMany(state, loans, on) ?? Disclosed(Quoted(state, terms, command, on), command, terms, loans, on);
    }

    private static TooManyLoans? TooMany(AccountState state, LoanTerms loans, DateOnly on)
    {
        if (state.Loans.Count + state.LoanRequests.Count >= loans.MostOpen)
        {
            return new TooManyLoans(loans.MostOpen, PerMonth: false);
        }

        var drawn = state.LoanMonth == new DateOnly(on.Year, on.Month, 1) ? state.LoansInMonth : 0;
        return loans.MostPerMonth > 0 && drawn + state.LoanRequests.Count >= loans.MostPerMonth
            ? new TooManyLoans(loans.MostPerMonth, PerMonth: true)
            : null;
    }

    private static Refusal? Disclosed(LoanQuote? quote, RequestLoan command, ProductTerms terms, LoanTerms loans, DateOnly on) =>
        quote is null
            ? new OfferUnknown(command.Offer, command.Count)
            : LoanCostTables.Check(quote, command.Disclosure, terms, loans.ReadingSeconds, on);

    private static LoanQuote? Quoted(AccountState state, ProductTerms terms, RequestLoan request, DateOnly on) =>
        terms.Loan?.Offer(request.Offer, request.Count) is { } offer
            ? LoanQuotes.Of(state, terms, offer, request.Count, request.Amount, on)
            : null;
}
