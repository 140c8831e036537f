namespace Mingzhang.Simulation;

/// <summary>The products that golden cases name in their line <c>product</c>.</summary>
public static class CaseProducts
{
    private static readonly IReadOnlyList<Line> All =
    [
        LendingLines.PayLater,
        LendingLines.Daily,
        LendingLines.Simplified,
        LendingLines.Cash("cash", Terms(new EarlyTerms(true, EarlyFee.None, 0),
            LendingLines.Offer("equal", ScheduleMethod.EqualInstalment, 400, 0, 12),
            LendingLines.Offer("dear", ScheduleMethod.EqualInstalment, 500, 0, 6),
            LendingLines.Offer("interest-first", ScheduleMethod.InterestFirst, 400, 0, 3),
            LendingLines.Offer("equal-principal", ScheduleMethod.EqualPrincipal, 500, 0, 10))),
        LendingLines.Cash("early-all-fees", Terms(new EarlyTerms(false, EarlyFee.RemainingFee, 0), Fee)),
        LendingLines.Cash("early-free", Terms(new EarlyTerms(true, EarlyFee.None, 0), Fee)),
        LendingLines.Cash("early-three-percent", Terms(new EarlyTerms(true, EarlyFee.PercentOrPeriod, 30_000), Fee)),
    ];

    public static Line Named(string name) => All.Single(l => l.Name == name);

    // 8.8 % of the principal, in twelve equal parts; no daily interest.
    private static LoanOffer Fee => LendingLines.Offer("fee", ScheduleMethod.EqualPrincipal, 0, 88_000, 12);

    private static LoanTerms Terms(EarlyTerms early, params LoanOffer[] offers) => new(
        [.. offers], Sample.Yuan(500), Sample.Yuan(50_000), 100, 5, 0, DueDayRule.Own, 3, 150, PenaltyOnCharges: true, early, 10, null);
}
