namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary>One client of the UCI data set "default of credit card clients" (DOI 10.24432/C55S3H). Months are 0 = April 2005 to 5 =
/// September 2005.</summary>
/// <param name="Id">ID.</param>
/// <param name="Limit">LIMIT_BAL, whole New Taiwan dollars.</param>
/// <param name="Bills">BILL_AMT6…BILL_AMT1: the statement of each month, whole dollars; negative is a credit balance.</param>
/// <param name="Payments">PAY_AMT6…PAY_AMT1: paid in each month, whole dollars.</param>
/// <param name="Status">PAY_6…PAY_2, PAY_0: repayment status in each month.</param>
public sealed record TaiwanClient(
    long Id, long Limit, IReadOnlyList<long> Bills, IReadOnlyList<long> Payments, IReadOnlyList<int> Status)
{
    /// <summary>
    /// What was bought (positive) or refunded (negative) between the statement of the month before and this one: bill − bill before +
    /// payment. April has
    /// no bill before it and takes no payment: what was paid in April belongs to March's bill, which the data do not hold.
    /// </summary>
    public long ResidualOf(int month) => month == 0 ? Bills[0] : Bills[month] - Bills[month - 1] + Payments[month];
}
