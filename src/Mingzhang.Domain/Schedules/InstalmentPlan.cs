namespace Mingzhang.Domain.Schedules;

/// <summary>The instalments of a loan while its facts are folded: what they ask for after payments out, early and late money.</summary>
internal abstract class InstalmentPlan(LoanBookTerms terms, IReadOnlyList<BookRow> rows)
{
    private readonly List<BookRow> _rows = [.. rows];

    protected LoanBookTerms Terms => terms;

    protected ScheduleTerms Schedule => terms.Schedule;

    /// <summary>The instalments, by due day.</summary>
    public IReadOnlyList<BookRow> Rows => _rows;

    /// <summary>Principal paid out, without down payments.</summary>
    public long Financed { get; protected set; }

    /// <summary>More principal is out from a day on; the answer is a broken rule or null.</summary>
    public abstract ScheduleRefused? PayOut(DateOnly on, long amount);

    /// <summary>A row asks for so much principal, by agreement; only without interest.</summary>
    public abstract void Ask(BookRow row, long principal);

    /// <summary>One more row, after all others.</summary>
    public void Add(BookRow row) => _rows.Add(row);

    /// <summary>Works the rows out anew.</summary>
    public abstract void Recompute();

    /// <summary>Overdue principal bears its interest up to a day.</summary>
    public abstract void ProcessOverdue(DateOnly on);

    /// <summary>What a part of a row may be paid on a day.</summary>
    public abstract long Payable(BookRow row, BookComponent part, DateOnly on);

    /// <summary>A part is paid.</summary>
    /// <param name="row">The row.</param>
    /// <param name="part">The part.</param>
    /// <param name="on">The day.</param>
    /// <param name="amount">At most what is payable.</param>
    /// <param name="isNamed">The payer named row and part: then it changes the interest whatever the terms recalculate.</param>
    public abstract void Pay(BookRow row, BookComponent part, DateOnly on, long amount, bool isNamed);
}
