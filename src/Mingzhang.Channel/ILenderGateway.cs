namespace Mingzhang.Channel;

/// <summary>What a lender is told of one account on one day: how a balance of its own sub-ledger changed.</summary>
/// <param name="Id">The same id always means the same line: the lender books it at most once. 1 to 64 characters.</param>
/// <param name="Day">The business day, which is over.</param>
/// <param name="Account">The borrower's account.</param>
/// <param name="Loan">The loan or plan, or <c>(line)</c> for a line that lenders fund as a whole.</param>
/// <param name="Ledger">The ledger account, or <c>clearing</c> with the other lenders.</param>
/// <param name="AmountMinor">Minor units, debit positive; never zero.</param>
/// <param name="Currency">Three letters.</param>
public sealed record LenderAdvice(string Id, DateOnly Day, string Account, string Loan, string Ledger, long AmountMinor, string Currency);

/// <summary>What a lender says it booked on a day.</summary>
/// <param name="Lines">Each movement of its book.</param>
/// <param name="Count">How many there are, as its book has it.</param>
/// <param name="GrossMinor">The sum of their amounts without sign, as its book has it.</param>
public sealed record LenderStatement(IReadOnlyList<LenderAdvice> Lines, long Count, long GrossMinor)
{
    /// <summary>Whether the lines come to the totals.</summary>
    public bool IsWhole => Lines.Count == Count && Gross(Lines) == GrossMinor;

    /// <summary>What lines come to without their signs.</summary>
    public static long Gross(IEnumerable<LenderAdvice> lines) => lines.Sum(line => Math.Abs(line.AmountMinor));
}

/// <summary>The way to the lenders that fund loans together with the house, each with a book of its own.</summary>
public interface ILenderGateway
{
    /// <summary>Tells a lender; the ids it has booked, or null when it gives no answer. What is missing in the answer is told again later;
    /// a line told twice is booked once.</summary>
    Task<IReadOnlyCollection<string>?> AdviseAsync(string lender, IReadOnlyList<LenderAdvice> lines, CancellationToken cancel);

    /// <summary>What a lender booked on a day; null when there is no statement (yet).</summary>
    Task<LenderStatement?> StatementAsync(string lender, DateOnly day, CancellationToken cancel);
}
