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
    /// <summary>What stands in it apart.</summary>
    public required LoanRowParts Parts { get; init; }

    /// <summary>Principal and charge.</summary>
    public Money Total => Principal + Charge;
}

/// <summary>The parts of a row besides its principal, and what is left after it.</summary>
/// <param name="Interest">Interest by the day.</param>
/// <param name="Fee">The fixed charge of the contract.</param>
/// <param name="Carried">Interest and charges posted before, which an agreement made due with this row. With interest and fee: the
/// charge of the row.</param>
/// <param name="Penalty">Owed on top because it is late, posted or grown; of several late rows each has its part by amount and
/// days. Of a plan on statements 0: its penalty stands on the bill.</param>
/// <param name="Remaining">Principal of the contract that later rows ask for.</param>
public sealed record LoanRowParts(Money Interest, Money Fee, Money Carried, Money Penalty, Money Remaining);

/// <summary>A loan or plan told row by row.</summary>
/// <param name="Loan">As it stands, or as it began once it is settled.</param>
/// <param name="SettledOn">When everything was paid; null while it runs.</param>
/// <param name="Lines">Rows that fell due, then rows ahead, by number.</param>
public sealed record LoanExplanation(Loan Loan, DateOnly? SettledOn, ValueList<LoanRowTold> Lines)
{
    /// <summary>Penalty owed today, over all rows.</summary>
    public Money Penalty => Lines.Sum(Loan.Principal.Currency, line => line.Parts.Penalty);

    /// <summary>The first row that wants money, due or ahead; null when none does.</summary>
    public LoanRowTold? Next => Lines.Find(line => line.Stage != RowStage.Paid);
}
