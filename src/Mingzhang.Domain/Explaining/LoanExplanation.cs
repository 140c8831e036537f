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
/// <param name="Interest">Interest that grew by the day; of a row ahead: as it will be if nothing but time passes.</param>
/// <param name="Fee">The charge the contract fixes for the row, and what an agreement moved to it.</param>
/// <param name="Unpaid">What is left of all; of a row ahead all of it.</param>
/// <param name="Stage">Where it stands.</param>
public sealed record LoanRowTold(int Number, DateOnly DueOn, Money Principal, Money Interest, Money Fee, Money Unpaid, RowStage Stage)
{
    /// <summary>Interest and fee.</summary>
    public Money Charge => Interest + Fee;

    /// <summary>Principal and charge.</summary>
    public Money Total => Principal + Charge;
}

/// <summary>A loan or plan told row by row.</summary>
/// <param name="Loan">As it stands, or as it began once it is settled.</param>
/// <param name="SettledOn">When everything was paid; null while it runs.</param>
/// <param name="Lines">Rows that fell due, then rows ahead, by number.</param>
/// <param name="Penalty">Penalty on rows that were not paid in time, up to today and not paid; it is in no row.</param>
public sealed record LoanExplanation(Loan Loan, DateOnly? SettledOn, ValueList<LoanRowTold> Lines, Money Penalty)
{
    /// <summary>Principal of the rows after one: what is left when it and all before it are paid.</summary>
    public Money RestAfter(int number) => Lines.Sum(Loan.Principal.Currency, line =>
        line.Number > number ? line.Principal : Money.Zero(Loan.Principal.Currency));

    /// <summary>The first row that wants money, due or ahead; null when none does.</summary>
    public LoanRowTold? Next => Lines.Find(line => line.Stage != RowStage.Paid);
}
