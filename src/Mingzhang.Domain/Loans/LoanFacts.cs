namespace Mingzhang.Domain.Loans;

/// <summary>Evidence that the cost table (综合融资成本明示表) was shown, read and confirmed before the contract.</summary>
/// <param name="CostTable">The table's id, which follows from its content.</param>
/// <param name="ReadSeconds">How long it was open.</param>
public sealed record CostConfirmation(string CostTable, int ReadSeconds)
{
    /// <summary>The day of the confirmation; null = the day of the contract.</summary>
    public DateOnly? ConfirmedOn { get; init; }

    /// <summary>The language it was shown in, <c>zh</c> or <c>en</c>.</summary>
    public string? Language { get; init; }

    /// <summary>Where: app, payment page, paper with a signature, and so on.</summary>
    public string? Channel { get; init; }
}

/// <summary>Asks for a loan; its amount is held until it is paid out.</summary>
/// <param name="LoanId">Caller's id.</param>
/// <param name="Amount">Principal; paid out in full, nothing is deducted (Civil Code art. 670).</param>
/// <param name="Offer">Code of the offer.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Purpose">What the money is for.</param>
/// <param name="Disclosure">Evidence of the confirmed cost table.</param>
public sealed record RequestLoan(string LoanId, Money Amount, string Offer, int Count, string Purpose, CostConfirmation? Disclosure)
    : AccountCommand;

/// <summary>The money reached the customer; interest begins on this day.</summary>
public sealed record ConfirmDisbursement(string LoanId, string Reference) : AccountCommand;

/// <summary>Paying out failed; the amount is free again.</summary>
public sealed record FailDisbursement(string LoanId, string Reason) : AccountCommand;

/// <summary>What happened to loans and plans. Closed.</summary>
public /*closed*/ abstract record LoanEvent : AccountEvent
{
    private protected LoanEvent()
    {
    }
}

/// <summary>A loan was asked for.</summary>
public sealed record LoanRequested(RequestLoan Fact, DateOnly ExpiresOn) : LoanEvent
{
    /// <summary>The rates and the cap of the offer; null when it was booked before these were kept.</summary>
    public CostProof? Cost { get; init; }

    /// <summary>What the person had over all accounts; null where nobody looked.</summary>
    public ExposureProof? Exposure { get; init; }

    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A loan was paid out: each row's principal is a due item.</summary>
public sealed record LoanDisbursed(ConfirmDisbursement Fact, Loan Loan) : LoanEvent
{
    /// <summary>The rates and the cap of the day of paying out; null when it was booked before these were kept.</summary>
    public CostProof? Cost { get; init; }

    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>Paying out failed.</summary>
public sealed record DisbursementFailed(FailDisbursement Fact, Money Amount) : LoanEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>A request was not paid out in time.</summary>
public sealed record LoanRequestLapsed(string LoanId, Money Amount) : LoanEvent;

/// <summary>A row fell due: its principal is to be paid, its interest is posted.</summary>
/// <param name="LoanId">The loan or plan.</param>
/// <param name="Number">The row.</param>
/// <param name="DueOn">Due on.</param>
/// <param name="Principal">Its principal.</param>
/// <param name="Charge">Interest and fixed charge posted.</param>
/// <param name="ItemId">The due item of the charge; 0 when there is none.</param>
/// <param name="Accrued">Interest that had grown, undivided.</param>
public sealed record InstalmentDue(string LoanId, int Number, DateOnly DueOn, Money Principal, Money Charge, int ItemId, Accrual Accrued)
    : LoanEvent
{
    /// <summary>Interest and charges posted before that an agreement made due with this row, minor units.</summary>
    public long CarriedMinor { get; init; }

    /// <summary>The open dispute its rows are in, which the charge joins; null = none.</summary>
    public string? DisputeId { get; init; }

    /// <summary>Everything that is to be paid for the row.</summary>
    internal Money Total => Principal + Charge + Money.Of(CarriedMinor, Principal.Currency);
}

/// <summary>Rows of a loan were not paid on their due day; they bear the penalty from that day on.</summary>
public sealed record LoanOverdue(string LoanId, DateOnly DueOn, Money Amount) : LoanEvent;

/// <summary>What had grown on a loan was posted.</summary>
/// <param name="LoanId">The loan.</param>
/// <param name="Growth">What grew.</param>
/// <param name="ItemId">Its due item.</param>
/// <param name="Amount">Rounded once.</param>
/// <param name="Accrued">Undivided.</param>
public sealed record LoanAccrualPosted(string LoanId, Growth Growth, int ItemId, Money Amount, Accrual Accrued) : LoanEvent;

/// <summary>What grows on a loan by the day.</summary>
public enum Growth
{
    /// <summary>Interest on principal that is not due.</summary>
    Interest,

    /// <summary>Penalty on overdue principal.</summary>
    PrincipalPenalty,

    /// <summary>Penalty on overdue interest and fees.</summary>
    ChargePenalty,
}

/// <summary>The fee for repaying early.</summary>
public sealed record EarlyFeePosted(string LoanId, int ItemId, Money Amount) : LoanEvent;

/// <summary>The rows that are still to fall due were worked out again; their principal is what is left.</summary>
public sealed record LoanRescheduled(string LoanId, ValueList<LoanRow> Rows, EarlyMode Mode) : LoanEvent;

/// <summary>Everything of a loan or plan is paid.</summary>
public sealed record LoanSettled(string LoanId) : LoanEvent;

/// <summary>An automatic debit for rows due today.</summary>
public sealed record LoanDebitFellDue(string LoanId, Money Amount) : LoanEvent;

/// <summary>What a partial early repayment, or a refund, does to the rows that are left.</summary>
public enum EarlyMode
{
    /// <summary>The last rows go first; the plan ends earlier.</summary>
    Shorten,

    /// <summary>The same number of rows, each lower.</summary>
    Lower,

    /// <summary>A refund only: the plan stays, the money becomes a credit balance.</summary>
    Credit,
}
