namespace Mingzhang.Domain.Corrections;

/// <summary>Everything a correction changes, worked out before anybody decides on it; the letter to the customer has no other
/// numbers.</summary>
/// <param name="Cause">What was wrong.</param>
/// <param name="BookedOn">The day it would be booked.</param>
/// <param name="StateVersion">The version of the account it was worked out on; another version needs another preview.</param>
/// <param name="Figures">The account's figures that differ.</param>
/// <param name="Statements">Statements that are superseded, line by line.</param>
/// <param name="Months">Month ends at which days past due or the bureau status differ.</param>
/// <param name="Restrictions">Restrictions that fall away or come.</param>
/// <param name="Debts">Debts whose unpaid amount differs.</param>
/// <param name="Loans">Loans and plans that differ, row by row.</param>
/// <param name="Lenders">Lenders' parts of every difference of a loan; by loan, measure and component they sum to it.</param>
/// <param name="Postings">What would be booked; the sum is zero.</param>
/// <param name="Dues">What is to be paid afterwards, by due day.</param>
public sealed record CorrectionPreview(
    CorrectionCause Cause, DateOnly BookedOn, long StateVersion, ValueList<FigureDifference> Figures,
    ValueList<StatementDifference> Statements, ValueList<MonthDifference> Months, ValueList<RestrictionDifference> Restrictions,
    ValueList<DebtDifference> Debts, ValueList<LoanDifference> Loans, ValueList<LenderDifference> Lenders,
    ValueList<CorrectionLine> Postings, ValueList<DueDay> Dues)
{
    /// <summary>A figure that differs, or null.</summary>
    public FigureDifference? Find(CorrectedFigure figure) => Figures.Find(one => one.Figure == figure);
}

/// <summary>In which way a fact was wrong.</summary>
public enum CorrectionKind
{
    /// <summary>It was missing.</summary>
    Late,

    /// <summary>It was too much.</summary>
    Withdrawn,

    /// <summary>It was recorded wrongly.</summary>
    Replaced,
}

/// <summary>What was wrong.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Right">The fact as it should have been; null for a withdrawal.</param>
/// <param name="Wrong">The fact as it was booked; null for a late fact.</param>
/// <param name="WrongSequence">Its journal sequence; 0 = none.</param>
/// <param name="Since">The first day that differs.</param>
/// <param name="Reason">Why, in the words of who asked; null when the fact carries none.</param>
public sealed record CorrectionCause(
    CorrectionKind Kind, AccountCommand? Right, AccountCommand? Wrong, long WrongSequence, DateOnly Since, string? Reason);

/// <summary>A figure of an account that corrections are shown by.</summary>
public enum CorrectedFigure
{
    /// <summary>Everything owed, with what accrued.</summary>
    Debt,

    /// <summary>Of it: due, billed or past due.</summary>
    Due,

    /// <summary>What is missing to the latest minimum payment.</summary>
    MinimumMissing,

    /// <summary>Money the house owes the customer.</summary>
    Credit,

    /// <summary>Interest charged since the first day that differs, posted or grown.</summary>
    Interest,

    /// <summary>Overdue charges and penalties since then, posted or grown.</summary>
    OverdueCharge,

    /// <summary>Fees since then.</summary>
    Fee,

    /// <summary>Total limit.</summary>
    TotalLimit,

    /// <summary>Available limit of the general pool.</summary>
    Available,
}

/// <summary>A figure before and after.</summary>
public sealed record FigureDifference(CorrectedFigure Figure, Money Before, Money After)
{
    /// <summary>After less before.</summary>
    public Money Delta => After - Before;
}

/// <summary>A statement before and after.</summary>
/// <param name="IssuedOn">Its statement day.</param>
/// <param name="Before">As issued; null when there was none.</param>
/// <param name="After">Its next version; null when there is none any more.</param>
/// <param name="Lines">Lines that differ.</param>
public sealed record StatementDifference(DateOnly IssuedOn, Bill? Before, Bill? After, ValueList<StatementLineDifference> Lines);

/// <summary>A line of a statement before and after; zero = it is not there.</summary>
/// <param name="Event">Event name, such as <c>interest-posted</c>.</param>
/// <param name="Reference">Purchase, repayment or refund id.</param>
/// <param name="Before">Debit positive.</param>
/// <param name="After">Debit positive.</param>
public sealed record StatementLineDifference(string Event, string? Reference, Money Before, Money After);

/// <summary>A month end before and after.</summary>
/// <param name="On">The month's last day, or the day the correction is booked.</param>
/// <param name="DaysBefore">Days past due.</param>
/// <param name="DaysAfter">Days past due.</param>
/// <param name="StatusBefore">Bureau status.</param>
/// <param name="StatusAfter">Bureau status.</param>
public sealed record MonthDifference(DateOnly On, int DaysBefore, int DaysAfter, string StatusBefore, string StatusAfter);

/// <summary>A restriction that falls away or comes.</summary>
public sealed record RestrictionDifference(RestrictionReason Reason, bool Comes);

/// <summary>What is unpaid of a debt before and after.</summary>
/// <param name="PurchaseId">The purchase, or null.</param>
/// <param name="LoanId">The loan or plan, or null.</param>
/// <param name="Component">Principal, interest, charge, fee.</param>
/// <param name="DueOn">Its due day; null = not billed.</param>
/// <param name="Before">Unpaid.</param>
/// <param name="After">Unpaid.</param>
public sealed record DebtDifference(string? PurchaseId, string? LoanId, Component Component, DateOnly? DueOn, Money Before, Money After);

/// <summary>A loan or plan before and after; null = it is not there (settled, or never begun).</summary>
/// <param name="LoanId">Which.</param>
/// <param name="Before">Its figures.</param>
/// <param name="After">Its figures.</param>
/// <param name="Rows">Rows ahead that differ.</param>
public sealed record LoanDifference(string LoanId, LoanTold? Before, LoanTold? After, ValueList<RowDifference> Rows);

/// <summary>The figures of a loan on the day.</summary>
/// <param name="RatePpm">Contract price per day.</param>
/// <param name="PenaltyPpm">Overdue price per day.</param>
/// <param name="PrincipalLeft">Principal not repaid.</param>
/// <param name="Settlement">What settles it.</param>
public sealed record LoanTold(long RatePpm, long PenaltyPpm, Money PrincipalLeft, Money Settlement);

/// <summary>A row ahead before and after; null = it is not there.</summary>
public sealed record RowDifference(int Number, LoanRowTold? Before, LoanRowTold? After);

/// <summary>What of a loan lenders share.</summary>
public enum LenderMeasure
{
    /// <summary>What they are owed.</summary>
    Owed,

    /// <summary>What they earned since the first day that differs, posted or grown.</summary>
    Earned,
}

/// <summary>A lender's part of a figure of a loan before and after.</summary>
public sealed record LenderDifference(
    string LoanId, LenderMeasure Measure, Component Component, string Lender, Money Before, Money After);

/// <summary>What is billed or due and unpaid, by its due day.</summary>
public sealed record DueDay(DateOnly DueOn, Money Amount);
