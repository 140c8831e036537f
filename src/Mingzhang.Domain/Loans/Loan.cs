namespace Mingzhang.Domain.Loans;

/// <summary>What kind of contract.</summary>
public enum LoanKind
{
    /// <summary>Cash paid out; rows fall due on their own days, interest grows by the day.</summary>
    Cash,

    /// <summary>A bill turned into instalments (账单分期); rows join the statements.</summary>
    BillPlan,

    /// <summary>A purchase in instalments (交易分期); rows join the statements.</summary>
    PurchasePlan,
}

/// <summary>A row that has not fallen due.</summary>
/// <param name="Number">1 upwards.</param>
/// <param name="DueOn">Its due day as scheduled.</param>
/// <param name="ItemId">The due item of its principal; 0 when it has none.</param>
/// <param name="Principal">Its principal.</param>
/// <param name="Charge">Interest or fee fixed by the contract for this row; interest that grows by the day is not in it.</param>
public sealed record LoanRow(int Number, DateOnly DueOn, int ItemId, Money Principal, Money Charge);

/// <summary>A lender's fixed share of one loan.</summary>
public sealed record LenderShare(string Lender, long SharePpm);

/// <summary>A loan or an instalment plan while anything of it is owed. Its principal stands in the account's due items.</summary>
/// <param name="Id">Caller's id.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Offer">Code of the offer.</param>
/// <param name="Count">Rows at the beginning.</param>
/// <param name="Principal">As paid out or converted.</param>
/// <param name="StartedOn">Economic date of paying out or converting.</param>
/// <param name="Rate">Contract price per day; 0 for plans with a fixed charge.</param>
/// <param name="Penalty">Overdue price per day.</param>
/// <param name="PenaltyOnCharges">Whether unpaid interest and fees bear it, too.</param>
/// <param name="Rounding">Of posted interest and charges.</param>
/// <param name="Early">What early repayment costs.</param>
/// <param name="Rows">Rows still to fall due.</param>
/// <param name="Lenders">Who lends, in the order that takes remainders last.</param>
/// <param name="Interest">Interest grown on principal that is not due.</param>
/// <param name="PrincipalPenalty">Penalty grown on overdue principal.</param>
/// <param name="ChargePenalty">Penalty grown on overdue interest and fees.</param>
/// <param name="PurchaseId">The purchase of a purchase plan.</param>
/// <param name="Method">How the principal comes back; lower rows are worked out by it again.</param>
/// <param name="DueDay">Day of the month rows are due, where they are monthly; 0 otherwise.</param>
/// <param name="Pool">Limit pool its principal occupies; null = general.</param>
/// <param name="CostTable">Id of the cost table (综合融资成本明示表) that was confirmed.</param>
public sealed record Loan(
    string Id, LoanKind Kind, string Offer, int Count, Money Principal, DateOnly StartedOn, Rate Rate, Rate Penalty,
    bool PenaltyOnCharges, Rounding Rounding, EarlyTerms Early, ValueList<LoanRow> Rows, ValueList<LenderShare> Lenders,
    Accrual Interest, Accrual PrincipalPenalty, Accrual ChargePenalty, string? PurchaseId, ScheduleMethod Method, int DueDay, string? Pool,
    string CostTable)
{
    /// <summary>What its cost table lists: all that may ever be posted. Empty for loans booked before tables were kept.</summary>
    public ValueList<ListedCost> Listed { get; init; }

    /// <summary>Whether it runs on its own due days rather than on statements.</summary>
    public bool IsCash => Kind == LoanKind.Cash;
}

/// <summary>A loan asked for and not yet paid out; its amount is held.</summary>
public sealed record LoanRequest(RequestLoan Fact, DateOnly RequestedOn, DateOnly ExpiresOn);
