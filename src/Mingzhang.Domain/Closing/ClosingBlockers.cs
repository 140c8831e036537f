namespace Mingzhang.Domain.Closing;

/// <summary>The list of what stands in the way of closing, K01 to K18.</summary>
internal static class ClosingBlockers
{
    /// <summary>All blockers on a day, in order of their codes.</summary>
    public static ValueList<ClosingBlocker> Of(AccountState state, ProductTerms terms, DateOnly on)
    {
        var list = new List<ClosingBlocker>();
        Debt(list, state, terms, on);
        UnderWay(list, state, terms);
        Status(list, state, on);
        list.Sort((a, b) => a.Code.CompareTo(b.Code));
        return ValueList.From(list);
    }

    /// <summary>Whether everything is settled, so that a confirmed closing can complete.</summary>
    public static bool IsSettled(AccountState state) =>
        state.Items.Count == 0 && state.LoanRequests.Count == 0 && state.Disputes.Count == 0 && state.CreditBalance.IsZero
        && !state.Purchases.Any(purchase => purchase.Held.IsPositive)
        && !state.PendingPayments.Any(payment => payment.FailedBecause is null) && state.PendingRefunds.Count == 0
        && !state.Restrictions.Any(restriction => restriction.Reason == RestrictionReason.LegalHold);

    private static void Debt(List<ClosingBlocker> list, AccountState state, ProductTerms terms, DateOnly on)
    {
        var zero = Money.Zero(state.Currency);
        var accrued = state.AccruedInterest(terms, on) + state.AccruedCharge(terms, on);
        var billed = state.Items.Sum(state.Currency, item => !item.Disputed && item.BilledOn is not null ? item.Unpaid : zero) + accrued;
        var unbilled = state.Items.Sum(state.Currency, item =>
            !item.Disputed && item.BilledOn is null && item.LoanId is null ? item.Unpaid : zero);
        var held = state.Purchases.Sum(state.Currency, purchase => purchase.Held);
        AddIf(list, billed, BlockerCode.UnpaidBill);
        AddIf(list, unbilled, BlockerCode.Unbilled);
        AddIf(list, held, BlockerCode.InTransit);
        foreach (var loan in state.Loans.AsSpan())
        {
            // Charges alone keep it open, too: of a loan whose principal was waived.
            var owed = state.Items.Sum(state.Currency, item => item.LoanId == loan.Id ? item.Unpaid : zero);
            AddIf(list, owed, loan.IsCash ? BlockerCode.LoanOpen : BlockerCode.Instalment, loan.Id);
        }

        foreach (var request in state.LoanRequests.AsSpan())
        {
            AddIf(list, request.Fact.Amount, BlockerCode.LoanOpen, request.Fact.LoanId);
        }

        foreach (var relief in state.Reliefs.AsSpan())
        {
            if (relief.IsActive)
            {
                list.Add(new ClosingBlocker(BlockerCode.Deferral, null, relief.Id, Blocks: true, RunsOff: true));
            }
        }

        foreach (var bill in state.Bills.AsSpan())
        {
            var acrossYears = bill.IssuedOn.Month == 1 && state.Items.Any(item => !item.Disputed && item.BilledOn == bill.IssuedOn);
            if (acrossYears)
            {
                list.Add(new ClosingBlocker(BlockerCode.CrossYear, null, $"{bill.IssuedOn:yyyy-MM-dd}", Blocks: true, RunsOff: true));
            }
        }
    }

    private static void UnderWay(List<ClosingBlocker> list, AccountState state, ProductTerms terms)
    {
        var zero = Money.Zero(state.Currency);
        AddIf(list, state.PendingRefunds.Sum(state.Currency, refund => refund.Amount), BlockerCode.RefundPending);
        AddIf(list, state.PendingPayments.Sum(state.Currency, p => p.FailedBecause is null ? p.Amount : zero),
            BlockerCode.RepaymentPending);
        if (state.CreditBalance.IsPositive)
        {
            list.Add(new ClosingBlocker(BlockerCode.CreditBalance, state.CreditBalance, null, terms.Closing.CreditBalanceBlocks,
                RunsOff: true));
        }

        foreach (var dispute in state.Disputes.AsSpan())
        {
            list.Add(new ClosingBlocker(BlockerCode.DisputeOpen, null, dispute.DisputeId, terms.Closing.DisputeBlocks, RunsOff: true));
        }

        foreach (var service in state.LinkedServices.AsSpan())
        {
            list.Add(new ClosingBlocker(BlockerCode.LinkedService, null, service, Blocks: true, RunsOff: true));
        }
    }

    private static void Status(List<ClosingBlocker> list, AccountState state, DateOnly on)
    {
        if (state.DaysPastDue(on) > 0)
        {
            list.Add(new ClosingBlocker(BlockerCode.OverdueCollection, null, null, Blocks: true, RunsOff: true));
        }

        if (state.Lifecycle is ClosingDown)
        {
            list.Add(new ClosingBlocker(BlockerCode.AlreadyClosing, null, null, Blocks: true, RunsOff: false));
        }

        foreach (var restriction in state.Restrictions.AsSpan())
        {
            if (restriction.Reason == RestrictionReason.LegalHold)
            {
                list.Add(new ClosingBlocker(BlockerCode.LegalHold, null, restriction.Id, Blocks: true, RunsOff: false));
            }
            else if (restriction.Reason == RestrictionReason.RiskVideoInterview)
            {
                list.Add(new ClosingBlocker(BlockerCode.VideoRequired, null, restriction.Id, Blocks: false, RunsOff: true));
            }
        }
    }

    private static void AddIf(List<ClosingBlocker> list, Money amount, BlockerCode code, string? reference = null)
    {
        if (amount.IsPositive)
        {
            list.Add(new ClosingBlocker(code, amount, reference, Blocks: true, RunsOff: true));
        }
    }
}
