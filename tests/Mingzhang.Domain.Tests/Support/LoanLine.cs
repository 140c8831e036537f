namespace Mingzhang.Domain.Tests.Support;

/// <summary>Terms of loan lines and of a pay-later line with instalments, and the steps that tests take on them.</summary>
internal static class LoanLine
{
    public static EarlyTerms Free { get; } = new(Partial: true, EarlyFee.None, 0);

    public static ProductTerms Cash { get; } = Terms(new LoanTerms(
        [
            Offer("equal", ScheduleMethod.EqualInstalment, 400, 3, 6, 12), Offer("dear", ScheduleMethod.EqualInstalment, 500, 6),
            Offer("first", ScheduleMethod.InterestFirst, 400, 3), Offer("principal", ScheduleMethod.EqualPrincipal, 500, 10),
        ],
        Yuan(500), Yuan(200_000), 100, 10, 0, DueDayRule.Own, 3, 150, PenaltyOnCharges: true, Free, 10, null));

    public static ProductTerms Reserve { get; } = Terms(new LoanTerms(
        [new LoanOffer("week", new LocalText("七天", "Week"), ScheduleMethod.Bullet, [1], new SchedulePeriod(PeriodUnit.Day, 7),
            Rate.PerDay(0), 0, FeeSpread.TotalInParts, Rounding.HalfUp)],
        Yuan(500), Yuan(500), 50_000, 1, 2, DueDayRule.Own, 1, 100, PenaltyOnCharges: false, new EarlyTerms(false, EarlyFee.None, 0), 10,
        "13:00"));

    public static ProductTerms WithPlans { get; } = TestTerms.PayLater with
    {
        Instalments = new InstalmentTerms(
            [new PlanOffer(3, 25_000), new PlanOffer(12, 88_000)], [new PlanOffer(3, 23_000), new PlanOffer(12, 75_000)], Yuan(100),
            AfterMinimum: false, new EarlyTerms(false, EarlyFee.None, 0), Rounding.HalfUp, 5),
    };

    public static LoanOffer Offer(string code, ScheduleMethod method, long ppm, params int[] counts) => new(
        code, new LocalText(code, code), method, ValueList.From(counts), SchedulePeriod.Monthly, Rate.PerDay(ppm), 0,
        FeeSpread.TotalInParts, Rounding.HalfUp);

    public static ProductTerms Terms(LoanTerms loan) => TestTerms.PayLater with
    {
        Cycles = [], Scenes = [], Revolving = new PriceTerms(Rate.PerDay(0), Rounding.HalfUp), Loan = loan,
        MinimumPayment = new MinimumPaymentTerms(1_000_000, Yuan(0), Rounding.HalfUp),
    };

    /// <summary>Asks for a loan with the evidence it needs, and pays it out the same day.</summary>
    public static TestLine Borrow(this TestLine line, decimal yuan, string offer = "equal", int count = 12, string id = "loan-1")
    {
        line.Accept(line.Request(yuan, offer, count, id));
        line.Accept(new ConfirmDisbursement(id, "bank-ref") { EffectiveOn = line.Today });
        return line;
    }

    public static RequestLoan Request(this TestLine line, decimal yuan, string offer = "equal", int count = 12, string id = "loan-1") =>
        new(id, Yuan(yuan), offer, count, "renovation", new CostConfirmation(line.Quote(yuan, offer, count).CostTableId, 10))
        {
            EffectiveOn = line.Today,
        };

    public static LoanQuote Quote(this TestLine line, decimal yuan, string offer = "equal", int count = 12) =>
        LoanQuotes.Of(line.State, line.Terms, line.Terms.Loan!.Offer(offer, count)!, count, Yuan(yuan), line.Today)!;

    /// <summary>Pays everything that is due of a loan today.</summary>
    public static TestLine PayDue(this TestLine line, string id = "loan-1")
    {
        var due = line.State.DueNow(line.State.Loans.Find(loan => loan.Id == id)!, line.Today);
        return line.Pay(due.MinorUnits / 100m);
    }

    /// <summary>The same when a day may bring nothing due.</summary>
    public static TestLine PayDueOrNothing(this TestLine line, string id = "loan-1") =>
        line.State.Loans.Find(loan => loan.Id == id) is { } loan && line.State.DueNow(loan, line.Today).IsPositive ? line.PayDue(id) : line;

    public static Loan Loan(this TestLine line, string id = "loan-1") => line.State.Loans.Find(loan => loan.Id == id)!;

    /// <summary>Turns a bill or purchase into a plan with the evidence it needs.</summary>
    public static StartPlan Plan(this TestLine line, int count, string? bill = null, string? purchase = null, string id = "plan-1")
    {
        var issued = bill is null ? (DateOnly?)null : DateOnly.Parse(bill, System.Globalization.CultureInfo.InvariantCulture);
        var command = new StartPlan(id, issued, purchase, null, count, null) { EffectiveOn = line.Today };
        var amount = PlanQuotes.Convertible(line.State, issued, purchase);
        var offers = purchase is null ? line.Terms.Instalments!.Bill : line.Terms.Instalments!.Checkout;
        var quote = PlanQuotes.Of(
            line.State, line.Terms, offers.Find(offer => offer.Count == count) ?? offers[0], amount, purchase, CostBearer.Buyer,
            line.Today);
        return command with { Disclosure = new CostConfirmation(quote?.CostTableId ?? "", 5) };
    }
}
