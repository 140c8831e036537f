namespace Mingzhang.Domain.Delinquency;

/// <summary>The repayment status a month end would be reported with (二代征信 还款状态).</summary>
/// <remarks>Domain rules, section 6: <c>N</c> nothing past due, <c>1</c>…<c>6</c> up to 30, 60, 90, 120, 150, 180 days, <c>7</c> more,
/// <c>B</c> written off, <c>C</c> closed, <c>*</c> nothing to repay. One line is reported as one account here.</remarks>
public static class BureauStatus
{
    /// <summary>The status on a day.</summary>
    /// <example>25 days past due → 1; 31 → 2; 181 → 7.</example>
    public static string Of(AccountState state, DateOnly on)
    {
        if (state.Lifecycle is Closed)
        {
            return "C";
        }

        if (state.Items.Any(item => item.WrittenOff))
        {
            return "B";
        }

        var days = state.DaysPastDue(on);
        var idle = state.Items.Count == 0 && !state.Bills.Any(bill => bill.DueOn.Year == on.Year && bill.DueOn.Month == on.Month);
        return days > 0 ? Math.Min(7, (days + 29) / 30).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : idle ? "*" : "N";
    }
}
