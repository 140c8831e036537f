namespace Mingzhang.Domain.Products;

/// <summary>How a line lends cash, or turns a bill into instalments: what is offered, when it is due, what early and late cost.</summary>
/// <param name="Offers">What may be chosen.</param>
/// <param name="Smallest">Smallest principal.</param>
/// <param name="Largest">Largest principal.</param>
/// <param name="MultipleMinor">Principals are whole multiples of this.</param>
/// <param name="MostOpen">Most loans open at once.</param>
/// <param name="MostPerMonth">Most loans paid out in a calendar month; 0 = no such limit.</param>
/// <param name="DueDay">Which day of the month rows are due.</param>
/// <param name="DisburseWithinDays">A request that is not paid out within so many days lapses.</param>
/// <param name="PenaltyPercent">Overdue price as a percentage of the contract price; 150 is the ceiling (Yinfa [2003] 251).</param>
/// <param name="PenaltyOnCharges">Whether unpaid interest and fees bear it, too, kept apart from principal.</param>
/// <param name="Early">What paying early costs.</param>
/// <param name="ReadingSeconds">Shortest time the cost table must have been open before it can be confirmed.</param>
/// <param name="DebitFrom">Time of day of the automatic debit, shown to the customer; null = not stated.</param>
public sealed record LoanTerms(
    ValueList<LoanOffer> Offers, Money Smallest, Money Largest, long MultipleMinor, int MostOpen, int MostPerMonth, DueDayRule DueDay,
    int DisburseWithinDays, int PenaltyPercent, bool PenaltyOnCharges, EarlyTerms Early, int ReadingSeconds, string? DebitFrom)
{
    /// <summary>The offer with a code that has so many rows, or null.</summary>
    public LoanOffer? Offer(string code, int count) => Offers.Find(offer => offer.Code == code && offer.Counts.Any(n => n == count));
}

/// <summary>One way to borrow.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">Shown name.</param>
/// <param name="Method">How the principal comes back.</param>
/// <param name="Counts">Numbers of rows to choose from.</param>
/// <param name="Period">From one due day to the next.</param>
/// <param name="Rate">Price per day of what is left; 0 = none.</param>
/// <param name="FeePpm">Fee on the first principal; 88,000 = 8.8 % for the whole term. 0 = none.</param>
/// <param name="Spread">How the fee is spread.</param>
/// <param name="Rounding">Of interest and fees.</param>
public sealed record LoanOffer(
    string Code, LocalText Name, ScheduleMethod Method, ValueList<int> Counts, SchedulePeriod Period, Rate Rate, long FeePpm,
    FeeSpread Spread, Rounding Rounding);

/// <summary>Which day of the month a loan's rows are due.</summary>
public enum DueDayRule
{
    /// <summary>One period after paying out: each loan has its own day.</summary>
    Own,

    /// <summary>The day of the oldest open loan; the first period of a later loan is shorter or longer, at least half a month.</summary>
    Shared,
}

/// <summary>What early repayment costs (domain rules, section 1.6).</summary>
public enum EarlyFee
{
    /// <summary>Nothing: interest for the actual days, fees not yet due are waived (Civil Code art. 677, policy b).</summary>
    None,

    /// <summary>The whole remaining fee (policy a).</summary>
    RemainingFee,

    /// <summary>A part of the principal repaid early, at least one period's fee when all of it is (policy c).</summary>
    PercentOrPeriod,
}

/// <summary>Early repayment.</summary>
/// <param name="Partial">Whether a part may be repaid early; all of it always may.</param>
/// <param name="Fee">Which fee.</param>
/// <param name="FeePpm">For <see cref="EarlyFee.PercentOrPeriod"/>: parts per million of the principal repaid early; 30,000 = 3 %.</param>
public sealed record EarlyTerms(bool Partial, EarlyFee Fee, long FeePpm);

/// <summary>A licensed lender behind a product and its share of every loan.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Name">Shown name.</param>
/// <param name="SharePpm">Its share; all shares sum to 1,000,000.</param>
/// <param name="Platform">The platform's own lender; the others together hold at least 30 % of each loan.</param>
public sealed record LenderTerms(string Code, LocalText Name, long SharePpm, bool Platform);
