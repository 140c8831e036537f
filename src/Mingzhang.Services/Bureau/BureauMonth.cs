namespace Mingzhang.Services.Bureau;

/// <summary>What one month of an account is at the credit bureau.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Status">
/// The repayment status at the end of the month, second-generation code: <c>*</c> nothing was due and nothing was late, <c>N</c> normal,
/// <c>1</c> to <c>7</c> late by 1–30, 31–60 … more than 180 days, <c>B</c> written off, <c>C</c> closed with nothing owed.
/// </param>
/// <param name="BalanceMinor">Unpaid principal at the end of the month, minor units.</param>
public sealed record BureauMonth(DateOnly Month, char Status, long BalanceMinor);

/// <summary>A month on which two records do not say the same; a side that lacks it is null.</summary>
public sealed record BureauDifference(DateOnly Month, BureauMonth? Ours, BureauMonth? Theirs);
