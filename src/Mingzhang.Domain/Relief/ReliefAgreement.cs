namespace Mingzhang.Domain.Relief;

/// <summary>What an agreement is to do.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="LoanId">The cash loan it is about; null = what has been billed.</param>
/// <param name="Months">Deferral: months the rows move.</param>
/// <param name="InterestOnly">Deferral of a loan: interest is paid on the old days meanwhile.</param>
/// <param name="Count">Rows of the new schedule; 0 for kinds that make none.</param>
/// <param name="FirstDueOn">First due day of a new schedule of a loan; null = the house's rule.</param>
/// <param name="DailyPpm">Price of a new schedule per day; null = the contract's.</param>
public sealed record ReliefPlan(
    ReliefKind Kind, string? LoanId, int Months, bool InterestOnly, int Count, DateOnly? FirstDueOn, long? DailyPpm);

/// <summary>How far an agreement is.</summary>
public enum ReliefStage
{
    /// <summary>The customer asked for help.</summary>
    Asked,

    /// <summary>The house made an offer.</summary>
    Offered,

    /// <summary>Agreed; the new rows hold.</summary>
    Active,
}

/// <summary>A row as it stood before an agreement, for the way back.</summary>
/// <param name="Number">Its number.</param>
/// <param name="DueOn">Its due day.</param>
/// <param name="Principal">Its principal that was unpaid.</param>
/// <param name="Charge">Its fixed charge that was not posted.</param>
public sealed record RowBefore(int Number, DateOnly DueOn, Money Principal, Money Charge);

/// <summary>An application, an offer, or a running agreement.</summary>
/// <param name="Id">Caller's id.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="Plan">What was asked, offered or agreed.</param>
/// <param name="Since">First day of this stage.</param>
/// <param name="ExpiresOn">Application or offer: lapses on this day.</param>
/// <param name="EndsOn">Active: the day from which it has done its work; null = when its debt is paid.</param>
/// <param name="BureauCode">The special transaction it is reported as; 0 while not active.</param>
/// <param name="DebtId">The loan or plan that carries the new rows; null for moved bills.</param>
/// <param name="Before">Rows before it.</param>
/// <param name="RateBefore">Price per day before it.</param>
/// <param name="CostTable">Id of the cost table that was confirmed.</param>
/// <param name="MovedItems">Due items of bills that were moved.</param>
public sealed record ReliefAgreement(
    string Id, ReliefStage Stage, ReliefPlan Plan, DateOnly Since, DateOnly? ExpiresOn, DateOnly? EndsOn, int BureauCode, string? DebtId,
    ValueList<RowBefore> Before, Rate RateBefore, string CostTable, ValueList<int> MovedItems)
{
    /// <summary>Whether it holds now.</summary>
    public bool IsActive => Stage == ReliefStage.Active;
}

/// <summary>That an agreement of a kind began on a day; counts for the bound per year.</summary>
public sealed record PastRelief(ReliefKind Kind, DateOnly StartedOn);
