namespace Mingzhang.Domain.Tests.Support;

/// <summary>Terms with relief, and the steps that tests take on them.</summary>
internal static class ReliefLine
{
    public static ReliefTerms Rules { get; } = new(
        [
            new ReliefOffer(ReliefKind.Deferral, 3, 0, 0, 2, SelfService: true, StopsUse: false, 1),
            new ReliefOffer(ReliefKind.ReAge, 0, 24, 0, 1, SelfService: false, StopsUse: false, 1),
            new ReliefOffer(ReliefKind.ReAmortise, 0, 0, 0, 2, SelfService: false, StopsUse: false, 1),
            new ReliefOffer(ReliefKind.Replan, 0, 60, 100, 1, SelfService: false, StopsUse: true, 14),
        ],
        15, 30, 5, WaivesPrincipal: false);

    public static ProductTerms Cash { get; } = LoanLine.Cash with { Relief = Rules };

    public static ProductTerms Bills { get; } = LoanLine.WithPlans with { Relief = Rules };

    public static ReliefPlan Deferral(int months, string? loan = "loan-1", bool interestOnly = false) =>
        new(ReliefKind.Deferral, loan, months, interestOnly, 0, null, null);

    public static ReliefPlan ReAge(int count, string? loan = "loan-1", string? first = null) =>
        new(ReliefKind.ReAge, loan, 0, false, count, Day(first), null);

    public static ReliefPlan ReAmortise() => new(ReliefKind.ReAmortise, "loan-1", 0, false, 0, null, null);

    public static ReliefPlan Replan(int count, string? loan = "loan-1", long? ppm = null, string? first = null) =>
        new(ReliefKind.Replan, loan, 0, false, count, Day(first), ppm);

    /// <summary>Accepts a plan with the evidence it needs; offered first where the customer cannot start it alone.</summary>
    public static TestLine Agree(this TestLine line, ReliefPlan plan, string id = "help-1")
    {
        if (!line.Terms.Relief!.Offer(plan.Kind)!.SelfService)
        {
            line.Accept(line.Offer(plan, id));
        }

        line.Accept(line.Accepting(plan, id));
        return line;
    }

    public static OfferRelief Offer(this TestLine line, ReliefPlan plan, string id = "help-1") =>
        new(id, plan, "lost the job") { EffectiveOn = line.Today };

    public static AcceptRelief Accepting(this TestLine line, ReliefPlan plan, string id = "help-1") =>
        new(id, plan, new CostConfirmation(line.Relief(plan)?.CostTableId ?? "", 5)) { EffectiveOn = line.Today };

    public static ReliefQuote? Relief(this TestLine line, ReliefPlan plan) =>
        ReliefQuotes.Try(line.State, line.Terms, plan, line.Today).Quote;

    /// <summary>The rows of a loan as its page tells them.</summary>
    public static ValueList<LoanRowTold> LoanRowsTold(this AccountState state, TestLine line, string id) =>
        Explainer.Loan(state, line.History, line.Book, line.Terms, line.Today, id)!.Lines;

    public static EndRelief End(this TestLine line, Actor by = Actor.Borrower, string id = "help-1") =>
        new(id, by, "back at work") { EffectiveOn = line.Today };

    private static DateOnly? Day(string? day) =>
        day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
