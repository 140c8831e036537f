using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>Products with relief, with a cap that is far away and once more with one that refuses some agreements.</summary>
public static class ReliefLines
{
    private static readonly ReliefTerms Agreements = new(
        [
            new ReliefOffer(ReliefKind.Deferral, 3, 0, 0, 2, SelfService: true, StopsUse: false, 1),
            new ReliefOffer(ReliefKind.ReAge, 0, 24, 0, 2, SelfService: false, StopsUse: false, 1),
            new ReliefOffer(ReliefKind.ReAmortise, 0, 0, 0, 0, SelfService: false, StopsUse: false, 1),
            new ReliefOffer(ReliefKind.Replan, 0, 60, 100, 1, SelfService: false, StopsUse: true, 14),
        ],
        15, 30, 5, WaivesPrincipal: false);

    /// <summary>Cash loans on shared days without fees, penalty on charges, too.</summary>
    public static readonly Line Cash = With(LendingLines.Cash("relief-cash", LendingLines.Shared.Core.Loan! with
    {
        Offers = [.. LendingLines.Shared.Core.Loan!.Offers.Take(3)],
    }), Agreements);

    /// <summary>Cash loans with fees in their rows and a fee for repaying early; principal may be waived.</summary>
    public static readonly Line Fees = With(
        LendingLines.Cash("relief-fees", LendingLines.Percent.Core.Loan!), Agreements with { WaivesPrincipal = true });

    /// <summary>Bills with plans.</summary>
    public static readonly Line Bills = With(
        new Line(LendingLines.Plans.Core with { Code = "relief-bills" }, LendingLines.Plans.Naive), Agreements);

    /// <summary>Interest from posting.</summary>
    public static readonly Line Daily = With(LendingLines.DailyInterest("relief-daily", simplified: false), Agreements);

    /// <summary>Loans at 14.4 % to 14.7 % under a cap of 14.6 %: a day more or less decides, at the request, when it is paid out, and of
    /// agreements.</summary>
    public static readonly Line CashCapped = With(LendingLines.Cash("relief-cash-capped", Cash.Core.Loan!), Agreements, 146_000);

    /// <summary>Fixed charges spread over fewer days cost more a year than the loan did.</summary>
    public static readonly Line FeesCapped = With(
        LendingLines.Cash("relief-fees-capped", LendingLines.Percent.Core.Loan!), Agreements with { WaivesPrincipal = true }, 180_000);

    /// <summary>Bills with plans, whose charges count.</summary>
    public static readonly Line BillsCapped = With(
        new Line(LendingLines.Plans.Core with { Code = "relief-bills-capped" }, LendingLines.Plans.Naive), Agreements, 170_000);

    public static readonly IReadOnlyList<Line> All = [Cash, Fees, Bills, Daily, CashCapped, FeesCapped, BillsCapped];

    private static Line With(Line line, ReliefTerms relief, int cap = 1_000_000_000) => new(
        line.Core with { Relief = relief, Caps = [.. line.Core.Caps.Select(one => one with { AnnualPpm = cap })] },
        line.Naive with
        {
            Loans = line.Naive.Loans is { } loans ? loans with { CapPpm = cap } : null,
            Plans = line.Naive.Plans is { } plans ? plans with { CapPpm = cap } : null,
            Relief = new ReliefRules
            {
                Kinds = relief.Offers.ToDictionary(o => ReliefNeutral.Letter(o.Kind), o => new ReliefRule(
                    o.MostMonths, o.MostRows, o.LowestDailyPpm, o.MostPerYear, o.SelfService, o.StopsUse)),
                AnswerDays = relief.AnswerDays, BreakAfterDays = relief.BreakAfterDays, ReadingSeconds = relief.ReadingSeconds,
                WaivesPrincipal = relief.WaivesPrincipal, CapPpm = cap,
            },
        });
}
