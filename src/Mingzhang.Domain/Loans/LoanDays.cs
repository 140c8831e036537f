namespace Mingzhang.Domain.Loans;

/// <summary>What days do to loans: rows fall due, rows not paid become overdue, requests lapse.</summary>
internal static class LoanDays
{
    /// <summary>The day after a due day: rows that were not paid bear the penalty from their due day on.</summary>
    public static void PassOverdue(Unfolding u)
    {
        foreach (var loan in u.State.Loans)
        {
            while (FirstMissed(u.State, loan, u.On) is { } dueOn)
            {
                var missed = u.State.Items.Sum(u.Currency, item =>
                    IsMissed(item, loan, u.On) && item.DueOn == dueOn ? item.Unpaid : Money.Zero(u.Currency));
                u.Emit(new LoanOverdue(loan.Id, dueOn, missed) { EffectiveOn = u.On });
            }
        }
    }

    /// <summary>Rows of cash loans that fall due: their interest is posted, rounded once, and a credit balance meets them.</summary>
    public static void PassDue(Unfolding u)
    {
        foreach (var loan in u.State.Loans)
        {
            if (!loan.IsCash)
            {
                continue;
            }

            foreach (var row in loan.Rows)
            {
                if (row.DueOn <= u.On)
                {
                    Call(u, loan.Id, row, row.DueOn);
                    RepaymentRules.ApplyCredit(u);
                }
            }

            AnnounceDebit(u, loan.Id);
        }
    }

    /// <summary>Rows of plans that join the statement of today.</summary>
    public static void JoinStatement(Unfolding u, DateOnly billDueOn)
    {
        foreach (var loan in u.State.Loans)
        {
            foreach (var row in loan.Rows)
            {
                if (!loan.IsCash && Month(row.DueOn) <= Month(billDueOn))
                {
                    Call(u, loan.Id, row, billDueOn);
                }
            }
        }

        if (u.State.Loans.Count > 0)
        {
            RepaymentRules.ApplyCredit(u);
        }
    }

    /// <summary>Requests that were not paid out in time.</summary>
    public static void PassRequests(Unfolding u)
    {
        foreach (var request in u.State.LoanRequests)
        {
            if (request.ExpiresOn <= u.On)
            {
                u.Emit(new LoanRequestLapsed(request.Fact.LoanId, request.Fact.Amount) { EffectiveOn = u.On });
            }
        }
    }

    /// <summary>Days past due of the oldest overdue row; 0 = none.</summary>
    /// <param name="state">The account.</param>
    /// <param name="on">The day.</param>
    /// <param name="loanId">Of one loan; null = of any.</param>
    public static int PastDue(AccountState state, DateOnly on, string? loanId = null)
    {
        var days = 0;
        if (state.Loans.Count == 0)
        {
            return days;
        }

        foreach (var item in state.Items.AsSpan())
        {
            var counts = item.LoanId is not null && (loanId is null || item.LoanId == loanId) && item.BilledOn is null
                && item.Bearing == Bearing.Overdue && !item.Disputed
                && item.Component != Component.OverdueCharge && item.DueOn is not null;
            days = counts ? Math.Max(days, on.DayNumber - item.DueOn!.Value.DayNumber) : days;
        }

        return days;
    }

    private static void Call(Unfolding u, string loanId, LoanRow row, DateOnly dueOn)
    {
        var loan = u.State.AccruedTo(u.On).Loans.Find(other => other.Id == loanId)!;
        var interest = LoanFigures.Rounded(loan, loan.Interest, u.Currency);
        var charge = row.Charge + interest;
        var principal = u.State.Items.Find(item => item.Id == row.ItemId)?.Unpaid ?? Money.Zero(u.Currency);
        u.Emit(new InstalmentDue(
            loanId, row.Number, dueOn, principal, charge, charge.IsPositive ? u.State.NextItemId : 0,
            interest.IsPositive ? loan.Interest : default)
        {
            EffectiveOn = u.On,
            CarriedMinor = u.State.Carried(loanId, row.Number).MinorUnits,
            DisputeId = DisputeOf(u.State, loanId),
        });
    }

    // What a loan or plan charges while its rows are in dispute is in dispute, too (decision 0033).
    private static string? DisputeOf(AccountState state, string loanId)
    {
        if (state.Disputes.Count == 0 || state.Items.Find(item => item.LoanId == loanId && item is { Scheduled: true, Disputed: true })
            is not { } row)
        {
            return null;
        }

        return state.Disputes.Find(dispute => dispute.ItemIds.Any(id => id == row.Id))?.DisputeId;
    }

    private static void AnnounceDebit(Unfolding u, string loanId)
    {
        if (u.State.AutoRepaySources.Count == 0 || Guards.May(u.State, Permission.AutoRepay, u.On) is not null)
        {
            return;
        }

        var due = u.State.Items.Sum(u.Currency, item =>
            item.LoanId == loanId && !item.Scheduled && !item.Disputed && item.DueOn == u.On ? item.Unpaid : Money.Zero(u.Currency));
        if (due.IsPositive)
        {
            u.Emit(new LoanDebitFellDue(loanId, due) { EffectiveOn = u.On });
        }
    }

    private static DateOnly? FirstMissed(AccountState state, Loan loan, DateOnly on)
    {
        DateOnly? first = null;
        foreach (var item in state.Items.AsSpan())
        {
            first = IsMissed(item, loan, on) && (first is null || item.DueOn < first) ? item.DueOn : first;
        }

        return first;
    }

    private static bool IsMissed(DueItem item, Loan loan, DateOnly on) => item.LoanId == loan.Id && loan.IsCash && !item.Scheduled
        && !item.Disputed && !item.WrittenOff && item.Bearing == Bearing.None && item.DueOn is { } due && due < on;

    private static int Month(DateOnly day) => (day.Year * 12) + day.Month;
}
