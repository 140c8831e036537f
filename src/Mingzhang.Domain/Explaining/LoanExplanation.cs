namespace Mingzhang.Domain.Explaining;

/// <summary>Where a row of a loan stands.</summary>
public enum RowStage
{
    /// <summary>Fell due and was paid.</summary>
    Paid,

    /// <summary>Due today or on a bill, not past its due day.</summary>
    Due,

    /// <summary>Past its due day and not paid.</summary>
    Overdue,

    /// <summary>Still to fall due.</summary>
    Ahead,
}

/// <summary>One row of a loan or plan.</summary>
/// <param name="Number">1 upwards.</param>
/// <param name="DueOn">Its due day.</param>
/// <param name="Principal">Its principal.</param>
/// <param name="Charge">Interest and fixed charge; of a row ahead: as it will be if nothing but time passes.</param>
/// <param name="Unpaid">What is left of both; of a row ahead all of it.</param>
/// <param name="Stage">Where it stands.</param>
public sealed record LoanRowTold(int Number, DateOnly DueOn, Money Principal, Money Charge, Money Unpaid, RowStage Stage)
{
    /// <summary>Principal and charge.</summary>
    public Money Total => Principal + Charge;
}

/// <summary>A loan or plan told row by row.</summary>
/// <param name="Loan">As it stands, or as it began once it is settled.</param>
/// <param name="SettledOn">When everything was paid; null while it runs.</param>
/// <param name="Lines">Rows that fell due, then rows ahead, by number.</param>
public sealed record LoanExplanation(Loan Loan, DateOnly? SettledOn, ValueList<LoanRowTold> Lines)
{
    /// <summary>The first row that wants money, due or ahead; null when none does.</summary>
    public LoanRowTold? Next => Lines.Find(line => line.Stage != RowStage.Paid);
}
