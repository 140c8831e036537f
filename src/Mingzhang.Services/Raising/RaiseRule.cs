namespace Mingzhang.Services.Raising;

/// <summary>What an application for a higher limit is decided by.</summary>
/// <param name="MonthsDue">Months of the last twelve in which something fell due.</param>
/// <param name="MonthsLate">Of these: paid late.</param>
/// <param name="FactorPpm">The behaviour score's factor for higher limits, parts per million.</param>
/// <param name="LimitMinor">Total limit, minor units.</param>
/// <param name="LargestMinor">The product's largest.</param>
/// <param name="DaysPastDue">Days overdue; 0 = not.</param>
/// <param name="Restricted">Whether use is stopped, by the borrower or the house, or the line is closing.</param>
/// <param name="Warning">Level of the early-warning score.</param>
public sealed record RaiseFacts(
    int MonthsDue, int MonthsLate, long FactorPpm, long LimitMinor, long LargestMinor, int DaysPastDue, bool Restricted, string Warning);

/// <summary>What decided, each with its number; from them the answer can be worked out again.</summary>
/// <param name="OnTime">Points for months paid in time.</param>
/// <param name="Late">Points taken for months paid late.</param>
/// <param name="FactorPpm">The factor.</param>
/// <param name="Points">Together, times the factor, rounded down.</param>
/// <param name="Bound">From so many on.</param>
/// <param name="MostMinor">The total limit, or temporary amount, that was possible; 0 when none was.</param>
/// <param name="Days">A temporary limit lasts so long; 0 for a total limit.</param>
/// <param name="Failed">The first condition that failed: restricted, overdue, warning, months, points or largest; null = none.</param>
public sealed record RaiseTerms(int OnTime, int Late, long FactorPpm, int Points, int Bound, long MostMinor, int Days, string? Failed);

/// <summary>When a temporary limit is offered.</summary>
/// <param name="Bound">From so many points on.</param>
/// <param name="SharePpm">Of the total limit, times the factor; parts per million.</param>
/// <param name="Days">It lasts so long.</param>
/// <param name="Wait">Days between two offers, divided by the factor.</param>
public sealed record TemporaryRule(int Bound, long SharePpm, int Days, int Wait);

/// <summary>A version of the rule for higher limits (R027): data of the house, a labelled sample here.</summary>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="From">First day it holds.</param>
/// <param name="Sample">Whether its numbers are an example.</param>
/// <param name="MonthsDue">At least so many months in which something fell due.</param>
/// <param name="PointsOnTime">For each month paid in time.</param>
/// <param name="PointsLate">Taken for each month paid late.</param>
/// <param name="Bound">From so many points on.</param>
/// <param name="StepPpm">At most so much more, parts per million of the limit, times the factor.</param>
/// <param name="UnitMinor">Raised by whole multiples of this.</param>
/// <param name="WaitAfterNo">Days until it can be asked again after a no.</param>
/// <param name="WaitAfterYes">Days until it can be asked again after a yes.</param>
/// <param name="StopAt">Levels of the early-warning score at which nothing is raised.</param>
/// <param name="Temporary">Temporary limits.</param>
/// <param name="Zh">The rule as people read it, in Chinese.</param>
/// <param name="En">In English.</param>
/// <example>Limit 10,000.00, eight months in time, factor 1: 96 points of 60, at most 13,000.00. Factor 0.63: 60 points, at most 11,800.00;
/// seven months with it: 52 points, declined, where factor 1 gives 84.</example>
public sealed record RaiseRule(
    int Version, DateOnly From, bool Sample, int MonthsDue, int PointsOnTime, int PointsLate, int Bound, long StepPpm, long UnitMinor,
    int WaitAfterNo, int WaitAfterYes, IReadOnlyList<string> StopAt, TemporaryRule Temporary, string Zh, string En)
{
    private const long Whole = 1_000_000;

    /// <summary>Decides about a higher total limit.</summary>
    public RaiseTerms Decide(RaiseFacts facts)
    {
        var (onTime, late, points) = PointsOf(facts);
        var room = (long)((Int128)facts.LimitMinor * StepPpm / Whole * facts.FactorPpm / Whole) / UnitMinor * UnitMinor;
        var most = Math.Min(facts.LimitMinor + room, facts.LargestMinor);
        var failed = Barred(facts) ?? (points < Bound ? "points" : most <= facts.LimitMinor ? "largest" : null);
        return new RaiseTerms(onTime, late, facts.FactorPpm, points, Bound, failed is null ? most : 0, 0, failed);
    }

    /// <summary>Decides about a temporary limit; <see cref="RaiseTerms.MostMinor"/> is its amount.</summary>
    public RaiseTerms DecideTemporary(RaiseFacts facts)
    {
        var (onTime, late, points) = PointsOf(facts);
        var amount = (long)((Int128)facts.LimitMinor * Temporary.SharePpm / Whole * facts.FactorPpm / Whole) / UnitMinor * UnitMinor;
        var failed = Barred(facts) ?? (points < Temporary.Bound ? "points" : amount == 0 ? "largest" : null);
        return new RaiseTerms(onTime, late, facts.FactorPpm, points, Temporary.Bound, failed is null ? amount : 0, Temporary.Days, failed);
    }

    /// <summary>Days between two temporary limits: the rule's, divided by the factor and rounded up; none is offered at factor 0.</summary>
    /// <example>90 days at factor 1; 143 at 0.63.</example>
    public int TemporaryWait(long factorPpm) =>
        factorPpm <= 0 ? int.MaxValue : (int)Math.Min(36_600, ((Temporary.Wait * Whole) + factorPpm - 1) / factorPpm);

    private string? Barred(RaiseFacts facts) => facts.Restricted ? "restricted" : facts.DaysPastDue > 0 ? "overdue"
        : StopAt.Contains(facts.Warning) ? "warning" : facts.MonthsDue < MonthsDue ? "months" : null;

    private (int OnTime, int Late, int Points) PointsOf(RaiseFacts facts)
    {
        var (onTime, late) = ((facts.MonthsDue - facts.MonthsLate) * PointsOnTime, facts.MonthsLate * PointsLate);
        return (onTime, late, (int)(Math.Max(0, onTime - late) * facts.FactorPpm / Whole));
    }
}
