namespace Mingzhang.Domain.Repayment;

/// <summary>Repayments: named debt first, else the waterfall; partial, early, from several sources; the rest is a credit balance.</summary>
internal static class RepaymentRules
{
    public static Refusal? Check(AccountState state, SubmitPayment command) => Guards.Id("repaymentId", command.RepaymentId)
        ?? Guards.Amount(state, command.Amount) ?? Guards.IsOpen(state)
        ?? (state.PendingPayments.Any(p => p.RepaymentId == command.RepaymentId && p.FailedBecause is null)
            || Guards.IsRecent(state, command.RepaymentId, command.EffectiveOn) ? new RepaymentExists(command.RepaymentId) : null);

    public static Refusal? Check(AccountState state, FailPayment command) => Guards.IsOpen(state)
        ?? (state.PendingPayments.Any(p => p.RepaymentId == command.RepaymentId) ? null : new RepaymentUnknown(command.RepaymentId));

    public static Refusal? Check(AccountState state, ReceiveRepayment command, ProductTerms terms, DateOnly on)
    {
        var early = Guards.Id("repaymentId", command.RepaymentId) ?? Sources(state, command)
            ?? (command.By == Actor.Borrower ? Guards.IsOpen(state) : Guards.TakesMoney(state));
        if (early is not null)
        {
            return early;
        }

        if (Guards.IsRecent(state, command.RepaymentId, on))
        {
            return new RepaymentExists(command.RepaymentId);
        }

        var amount = AmountOf(command, state.Currency);
        var due = Payable(state, terms, on);
        var payable = LoanRepayment.Payable(state, command.Named, on, due);
        if (command.By == Actor.Borrower && amount > payable)
        {
            return new RepaymentAboveDebt(payable);
        }

        if (command.Named is not null && !Owes(state, command.Named))
        {
            return new DebtUnknown(command.Named.Text);
        }

        return state.Loans.Count == 0 ? null : LoanRepayment.Check(state, command, amount, on, due);
    }

    private static bool Owes(AccountState state, DebtName named) =>
        state.Items.Any(item => !item.Disputed && Waterfall.IsNamed(item, named));

    public static Refusal? Check(AccountState state, ReturnCreditBalance command) => Guards.Id("payoutId", command.PayoutId)
        ?? Guards.Amount(state, command.Amount) ?? Guards.IsOpen(state)
        ?? (command.Amount > state.CreditBalance ? new CreditBalanceTooSmall(state.CreditBalance) : null);

    public static void Unfold(Unfolding u, SubmitPayment command) => u.Emit(new PaymentSubmitted(command) { EffectiveOn = u.On });

    public static void Unfold(Unfolding u, FailPayment command) => u.Emit(new PaymentFailed(command) { EffectiveOn = u.On });

    public static void Unfold<TTrace>(Unfolding u, ReceiveRepayment command, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        var amount = AmountOf(command, u.Currency);
        if (amount >= Payable(u.State, u.Terms, u.On))
        {
            BillingRules.PostAccruals(u);
        }

        var first = u.State.NextItemId;
        var lends = u.State.Loans.Count > 0;
        if (lends)
        {
            LoanRepayment.Prepare(u, amount, command.Named);
        }

        var before = u.State;
        var (allocations, left) = lends
            ? LoanRepayment.Allocate(u.State, amount, command.Named, u.Terms, u.On, first)
            : Waterfall.Allocate(u.State, amount, command.Named, u.Terms);
        TraceAllocations(allocations, ref trace);
        var principal = allocations.Sum(u.Currency, static a =>
            a.Component == Component.Principal ? a.Amount : Money.Zero(a.Amount.Currency));
        var daysBefore = u.State.DaysPastDue(u.On);
        u.Emit(new RepaymentReceived(command, amount, allocations, left, principal) { EffectiveOn = u.On });
        Invariant.Holds(allocations.Sum(u.Currency, a => a.Amount) + left == amount, "29: allocations and credit differ from the payment");
        LoanRepayment.Reschedule(u, before, command.Early);
        DelinquencyRules.CureWhatIsMet(u, daysBefore);
    }

    public static void Unfold(Unfolding u, ReturnCreditBalance command)
    {
        var uncovered = (command.Amount - u.State.CreditBalance).OrZeroIfNegative();
        u.Emit(new CreditBalanceReturned(command, uncovered, uncovered.IsPositive ? u.State.NextItemId : 0) { EffectiveOn = u.On });
    }

    /// <summary>Lets a credit balance meet new debt.</summary>
    public static void ApplyCredit(Unfolding u)
    {
        if (!u.State.CreditBalance.IsPositive)
        {
            return;
        }

        var (allocations, left) = Waterfall.Allocate(u.State, u.State.CreditBalance, null, u.Terms);
        if (allocations.Count > 0)
        {
            var daysBefore = u.State.DaysPastDue(u.On);
            u.Emit(new CreditApplied(allocations, u.State.CreditBalance - left) { EffectiveOn = u.On });
            DelinquencyRules.CureWhatIsMet(u, daysBefore);
        }
    }

    /// <summary>What can be paid on a day: undisputed items and what has accrued.</summary>
    public static Money Payable(AccountState state, ProductTerms terms, DateOnly on) =>
        state.Items.Sum(state.Currency, static item =>
            item.Disputed || item.Scheduled ? Money.Zero(item.Amount.Currency) : item.Unpaid)
        + state.AccruedInterest(terms, on) + state.AccruedCharge(terms, on);

    private static void TraceAllocations<TTrace>(ValueList<Allocation> allocations, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        if (!trace.Listens)
        {
            return;
        }

        foreach (var allocation in allocations.AsSpan())
        {
            trace.Step(
                "repayment.allocate", $"item {allocation.ItemId} {allocation.Component} {allocation.Bucket?.ToString() ?? "named"}",
                allocation.Amount);
        }
    }

    private static Money AmountOf(ReceiveRepayment command, Currency currency) => command.Sources.Sum(currency, source => source.Amount);

    private static Refusal? Sources(AccountState state, ReceiveRepayment command)
    {
        if (command.Sources.Count is 0 or > 20)
        {
            return new InvalidCommand("sources", "1 to 20 sources", "Name each source with its amount.");
        }

        foreach (var source in command.Sources.AsSpan())
        {
            if (Guards.Amount(state, source.Amount) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
