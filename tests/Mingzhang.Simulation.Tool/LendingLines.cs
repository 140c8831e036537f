using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>The products that lend: cash lines with each kind of due day and early fee, a reserve, statement lines with plans.</summary>
public static class LendingLines
{
    public static readonly Line PayLater = new(Sample.Core, Sample.Naive);

    /// <summary>Shared due days, early repayment free, penalty on charges, too.</summary>
    public static readonly Line Shared = Cash("cash-shared", new LoanTerms(
        [Offer("equal", ScheduleMethod.EqualInstalment, 400, 0, 3, 6, 12), Offer("interest", ScheduleMethod.InterestFirst, 400, 0, 3, 6),
            Offer("principal", ScheduleMethod.EqualPrincipal, 300, 0, 5, 10), Offer("dear", ScheduleMethod.EqualInstalment, 1_000, 0, 3)],
        Sample.Yuan(500), Sample.Yuan(50_000), 10_000, 5, 0, DueDayRule.Shared, 3, 150, true,
        new EarlyTerms(true, EarlyFee.None, 0), 10, null));

    /// <summary>Own due days, 3 % for repaying early, at least a row's fee; penalty on principal only.</summary>
    public static readonly Line Percent = Cash("cash-percent", new LoanTerms(
        [Offer("equal", ScheduleMethod.EqualInstalment, 300, 20_000, 3, 6, 12), Offer("interest", ScheduleMethod.InterestFirst, 300,
            10_000, 3, 6), Offer("principal", ScheduleMethod.EqualPrincipal, 200, 0, 4, 9)],
        Sample.Yuan(100), Sample.Yuan(50_000), 100, 4, 3, DueDayRule.Own, 5, 130, false,
        new EarlyTerms(true, EarlyFee.PercentOrPeriod, 30_000), 5, null));

    /// <summary>Own due days, all remaining fees when settling early, no part early.</summary>
    public static readonly Line Whole = Cash("cash-whole", new LoanTerms(
        [Offer("fee", ScheduleMethod.EqualPrincipal, 0, 65_000, 3, 6, 12), Offer("equal", ScheduleMethod.EqualInstalment, 300, 9_000, 6)],
        Sample.Yuan(100), Sample.Yuan(50_000), 100, 3, 0, DueDayRule.Own, 2, 150, true,
        new EarlyTerms(false, EarlyFee.RemainingFee, 0), 5, null));

    /// <summary>500.00 for seven days, free, twice a month.</summary>
    public static readonly Line Reserve = Cash("reserve", new LoanTerms(
        [new LoanOffer("week", Text("week"), ScheduleMethod.Bullet, [1], new SchedulePeriod(PeriodUnit.Day, 7), Rate.PerDay(0), 0,
            FeeSpread.TotalInParts, Rounding.HalfUp)],
        Sample.Yuan(500), Sample.Yuan(500), 50_000, 1, 2, DueDayRule.Own, 3, 100, false,
        new EarlyTerms(false, EarlyFee.None, 0), 10, "13:00"));

    /// <summary>Bill and checkout plans, settled early for nothing, whole only.</summary>
    public static readonly Line Plans = Statement("plans", new InstalmentTerms(
        [new PlanOffer(3, 25_000), new PlanOffer(6, 45_000), new PlanOffer(12, 88_000)],
        [new PlanOffer(3, 23_000), new PlanOffer(6, 45_000), new PlanOffer(12, 75_000)],
        Sample.Yuan(10), false, new EarlyTerms(false, EarlyFee.None, 0), Rounding.HalfUp, 5));

    /// <summary>Plans that may be repaid early in part, for a fee; also after the minimum was paid.</summary>
    public static readonly Line PartPlans = Statement("plans-part", Plans.Core.Instalments! with
    {
        AfterMinimum = true, Early = new EarlyTerms(true, EarlyFee.PercentOrPeriod, 30_000),
    });

    /// <summary>Interest from posting at 0.04 % a day, overdue at 1.5 times of it, a tenth of all that is used each month.</summary>
    public static readonly Line Daily = DailyInterest("daily-interest", simplified: false);

    /// <summary>The same by the simplified rule.</summary>
    public static readonly Line Simplified = DailyInterest("daily-simplified", simplified: true);

    public static readonly IReadOnlyList<Line> Lending = [Shared, Percent, Whole, Reserve, Plans, PartPlans];

    private static IReadOnlyList<Line> All => [PayLater, Daily, Simplified, .. Lending, .. ReliefLines.All];

    /// <summary>What the comparison with the naive model plays, each with ordinary histories and some with disputes across due
    /// days.</summary>
    public static IReadOnlyList<(Line Line, bool Wild)> Played =>
        [.. All.Select(l => (l, false)), .. All.Where(l => l.Core.Loan is null).Select(l => (l, true))];

    public static Line Named(string name) => All.Single(l => l.Name == name);

    public static Line DailyInterest(string code, bool simplified) => new(
        Sample.Core with
        {
            Code = code,
            MinimumPayment = new MinimumPaymentTerms(100_000, Sample.Yuan(0), Rounding.HalfUp) { AllBelow = Sample.Yuan(100) },
            Revolving = new PriceTerms(Rate.PerDay(400), Rounding.HalfUp)
            {
                Bears = new BearingRule(FromPosting: true, RolledStaysCyclable: true, RepaidCountsFromStatement: simplified),
            },
            Overdue = Sample.Core.Overdue with { Rate = Rate.PerDay(600) },
        },
        Sample.Naive with
        {
            MinimumFloor = 0, AllBelow = 10_000, RevolvingPpm = 400, OverduePpm = 600, FromPosting = true, RolledStaysCyclable = true,
            RepaidCountsFromStatement = simplified,
        });

    private static Line Statement(string code, InstalmentTerms terms) => new(
        Sample.Core with { Code = code, Instalments = terms },
        Sample.Naive with
        {
            Plans = new PlanRules
            {
                Bill = terms.Bill.ToDictionary(o => o.Count, o => (System.Numerics.BigInteger)o.FeePpm),
                Checkout = terms.Checkout.ToDictionary(o => o.Count, o => (System.Numerics.BigInteger)o.FeePpm),
                Smallest = terms.Smallest.MinorUnits, AfterMinimum = terms.AfterMinimum, Early = Early(terms.Early),
                ReadingSeconds = terms.ReadingSeconds, CapPpm = 240_000,
            },
        });

    public static Line Cash(string code, LoanTerms terms) => new(
        Sample.Core with
        {
            Code = code, Cycles = [], Scenes = [], Loan = terms, Revolving = new PriceTerms(Rate.PerDay(0), Rounding.HalfUp),
            Overdue = Sample.Core.Overdue with { Rate = Rate.PerDay(0) },
            Closing = Sample.Core.Closing with { WithDebt = CloseWithDebt.Refuse },
        },
        Sample.Naive with
        {
            StatementDayOfDueDay = [], DefaultDueDay = 0, Scenes = [], RevolvingPpm = 0, OverduePpm = 0, DebtRunsOff = false,
            Loans = new LoanRules
            {
                Offers = terms.Offers.ToDictionary(o => o.Code, o => new OfferRule(Letter(o.Method), [.. o.Counts],
                    o.Period.Unit == PeriodUnit.Month ? o.Period.Length : 0, o.Period.Unit == PeriodUnit.Day ? o.Period.Length : 0,
                    o.Rate.Ppm, o.FeePpm)),
                Smallest = terms.Smallest.MinorUnits, Largest = terms.Largest.MinorUnits, Multiple = terms.MultipleMinor,
                MostOpen = terms.MostOpen, MostPerMonth = terms.MostPerMonth, Shared = terms.DueDay == DueDayRule.Shared,
                PayOutWithinDays = terms.DisburseWithinDays, PenaltyPercent = terms.PenaltyPercent,
                PenaltyOnCharges = terms.PenaltyOnCharges, Early = Early(terms.Early), ReadingSeconds = terms.ReadingSeconds,
                CapPpm = 240_000,
            },
        });

    private static EarlyRule Early(EarlyTerms terms) => new(
        terms.Partial, terms.Fee switch { EarlyFee.None => '-', EarlyFee.RemainingFee => 'A', _ => 'C' }, terms.FeePpm);

    private static char Letter(ScheduleMethod method) => method switch
    {
        ScheduleMethod.EqualInstalment => 'E', ScheduleMethod.EqualPrincipal => 'P', ScheduleMethod.InterestFirst => 'I', _ => 'B',
    };

    public static LoanOffer Offer(string code, ScheduleMethod method, long ppm, long fee, params int[] counts) => new(
        code, Text(code), method, [.. counts], SchedulePeriod.Monthly, Rate.PerDay(ppm), fee, FeeSpread.TotalInParts, Rounding.HalfUp);

    private static LocalText Text(string code) => new(code, code);
}
