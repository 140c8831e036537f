using System.Globalization;

namespace Mingzhang.Domain.Explaining;

/// <summary>Group P: something is still owed, or a payment hangs.</summary>
internal static class DebtReasons
{
    public static void Add(List<UseReason> reasons, AccountState state, ProductTerms terms, DateOnly on)
    {
        var zero = Money.Zero(state.Currency);
        var accrued = state.AccruedInterest(terms, on) + state.AccruedCharge(terms, on);
        var residue = accrued + state.Items.Sum(state.Currency, item =>
            item is { IsPrincipal: false, Disputed: false } && item.BilledOn is not null ? item.Unpaid : zero);
        var principal = state.Items.Sum(state.Currency, item =>
            item is { IsPrincipal: true, Disputed: false } && item.BilledOn is not null ? item.Unpaid : zero);
        if (principal.IsPositive)
        {
            reasons.Add(new UseReason(
                "P02_OTHER_BILL", $"账单仍未还清，还差 ¥{Yuan(principal)}", $"A bill is unpaid: {Yuan(principal)} is still due",
                principal, null, $"days past due {state.DaysPastDue(on)}", "pay"));
        }

        if (residue.IsPositive)
        {
            reasons.Insert(0, new UseReason(
                "P01_RESIDUE", $"尚有零头未还（利息/费用 ¥{Yuan(residue)}）", $"A residue of interest or fees is still due: {Yuan(residue)}",
                residue, null, $"accrued and not yet billed {accrued}; billed {residue - accrued}", "pay"));
        }

        foreach (var payment in state.PendingPayments)
        {
            Pending(reasons, payment);
        }
    }

    /// <summary>Yuan with two digits, for texts.</summary>
    public static string Yuan(Money amount) => (amount.MinorUnits / 100L).ToString("N0", CultureInfo.InvariantCulture)
        + "." + Math.Abs(amount.MinorUnits % 100L).ToString("00", CultureInfo.InvariantCulture);

    /// <summary>Parts per million as percent, for texts: 100,000 → 10 %, 500 → 0.05 %.</summary>
    public static string Percent(long ppm)
    {
        var whole = (ppm / 10_000L).ToString(CultureInfo.InvariantCulture);
        var rest = (ppm % 10_000L).ToString("0000", CultureInfo.InvariantCulture).TrimEnd('0');
        return rest.Length == 0 ? $"{whole} %" : $"{whole}.{rest} %";
    }

    private static void Pending(List<UseReason> reasons, PendingPayment payment)
    {
        var evidence = $"{payment.RepaymentId} of {payment.Amount}, submitted {payment.SubmittedOn:yyyy-MM-dd}";
        reasons.Add(payment.FailedBecause is { } because
            ? new UseReason(
                "P04_PAYMENT_RETURNED", "还款失败，资金已退回", "Repayment failed and was returned", payment.Amount, null,
                    $"{evidence}: {because}", "pay")
            : new UseReason(
                "P03_PAYMENT_PENDING", "银行已扣款，还款处理中", "Bank debited, repayment being processed", payment.Amount, null, evidence, "wait"));
    }
}
