namespace Mingzhang.Domain.Tests.Versions;

/// <summary>What an account would pay under another version, by the core's own days; a term that is ignored is caught.</summary>
public sealed class TermsShadowTests
{
    private static readonly ShadowQuestion Minimum = new(3, ShadowPayer.Minimum);

    [Fact]
    public void A_lower_price_costs_so_much_less_and_says_why()
    {
        var line = Revolver();
        var cheaper = line.Terms with { Version = 2, Revolving = new PriceTerms(Rate.PerDay(400), Rounding.HalfUp) };
        var answer = Shadow(line, cheaper);
        Assert.Equal(Really(line, line.Terms), answer.Kept.Cost);
        Assert.Equal(Really(line, cheaper), answer.Proposed!.Cost);
        Assert.True(answer.Difference.IsNegative);
        Assert.Equal(answer.Difference, answer.Reasons.Single(reason => reason.Part == "revolving").Cost);
    }

    [Fact]
    public void Worked_out_by_hand_twenty_one_days_of_nine_hundred_yuan()
    {
        // Bill 1,000.00 of 1 June, minimum 100.00 paid on 10 June; from the 11th 900.00 bears 0.05 %, to 1 July 20 days: 9.00.
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-05");
        var dearer = line.Terms with { Version = 2, Revolving = new PriceTerms(Rate.PerDay(550), Rounding.HalfUp) };
        var answer = TermsShadow.Of(line.State, line.Terms, dearer, line.Today, new ShadowQuestion(1, ShadowPayer.Minimum));
        Assert.Equal(Yuan(9.00m), answer.Kept.Cost);
        Assert.Equal(Yuan(9.90m), answer.Proposed!.Cost);
        Assert.Equal([new ShadowReason("revolving", Yuan(0.90m))], answer.Reasons);
        Assert.Equal(Yuan(0), TermsShadow.Of(line.State, line.Terms, dearer, line.Today, new(1, ShadowPayer.Full)).Difference);
    }

    [Theory]
    [InlineData("revolving")]
    [InlineData("overdue")]
    [InlineData("minimumPayment")]
    [InlineData("allocationOrder")]
    [InlineData("everything")]
    public void Each_term_counts_as_in_the_books_and_a_shadow_that_ignores_it_is_caught(string part)
    {
        var line = part is "overdue" or "allocationOrder" ? Late() : Revolver();
        var other = Changed(line.Terms, part);
        var question = Minimum with { Payer = part is "overdue" ? ShadowPayer.Nothing : ShadowPayer.Minimum };
        var answer = TermsShadow.Of(line.State, line.Terms, other, line.Today, question);
        Assert.Equal(Really(line, other, question.Payer), answer.Proposed!.Cost);
        Assert.Equal(answer.Difference, ValueList.From(answer.Reasons).Sum(Currency.Cny, reason => reason.Cost));

        // The planted bug: the shadow runs with this term left as it is kept.
        var ignoring = TermsShadow.Of(line.State, line.Terms, line.Terms with { Version = 2 }, line.Today, question);
        if (part != "allocationOrder")
        {
            Assert.NotEqual(Really(line, other, question.Payer), ignoring.Proposed!.Cost);
            Assert.False(answer.Difference.IsZero);
        }
    }

    [Fact]
    public void What_the_account_has_must_exist_in_the_version()
    {
        var line = TestLine.Opened("2026-05-20");
        line.Accept(new AuthorisePurchase("p", Yuan(10), "travel", "m") { EffectiveOn = line.Today });
        var noTravel = line.Terms with { Scenes = line.Terms.Scenes.Where(scene => scene.Code != "travel") };
        Assert.Equal(new SceneNotEligible("travel"), Shadow(line, noTravel).Misfit);
        Assert.Null(Shadow(line, noTravel).Proposed);
        Assert.IsType<DueDayNotOffered>(Shadow(line, line.Terms with { Cycles = [new CycleChoice(5, [15])] }).Misfit);
        var small = line.Terms with { Limits = line.Terms.Limits with { Largest = Yuan(9_000) } };
        Assert.IsType<LimitOutOfBounds>(Shadow(line, small).Misfit);
        Assert.True(Shadow(line, small).Difference.IsZero);
    }

    [Fact]
    public void Running_loans_keep_their_price_and_what_they_would_cost_anew_is_told()
    {
        var line = TestLine.Opened("2026-05-20", 20_000, LoanLine.Cash).Borrow(12_000);
        var loan = line.Terms.Loan! with { Offers = line.Terms.Loan!.Offers.Map(offer => offer with { Rate = Rate.PerDay(300) }) };
        var answer = Shadow(line, line.Terms with { Version = 2, Loan = loan });
        Assert.True(answer.Difference.IsZero);
        Assert.True(answer.Kept.Cost.IsPositive);
        Assert.True(answer.Proposed!.NewContracts < answer.Kept.NewContracts);
        Assert.Null(Shadow(line, line.Terms with { Version = 2, Loan = loan with { Offers = [] } }).Proposed!.NewContracts);
    }

    private static ShadowAnswer Shadow(TestLine line, ProductTerms other) =>
        TermsShadow.Of(line.State, line.Terms, other, line.Today, Minimum);

    private static TestLine Revolver() =>
        TestLine.Opened("2026-04-20").Buy(3_000).On("2026-05-01").On("2026-05-10").Pay(300).On("2026-05-20").Buy(800).On("2026-05-25");

    private static TestLine Late() => TestLine.Opened("2026-04-20").Buy(3_000).On("2026-06-03");

    private static ProductTerms Changed(ProductTerms terms, string part) => part switch
    {
        "revolving" => terms with { Revolving = new PriceTerms(Rate.PerDay(333), Rounding.HalfUp) },
        "overdue" => terms with { Overdue = terms.Overdue with { Rate = Rate.PerDay(300) } },
        "minimumPayment" => terms with { MinimumPayment = terms.MinimumPayment with { CyclablePpm = 300_000 } },
        "allocationOrder" => terms with { AllocationOrder = ValueList.From(terms.AllocationOrder.Reverse()) },
        _ => Changed(Changed(Changed(terms, "revolving"), "overdue"), "minimumPayment"),
    };

    // The books themselves: the account keeps the other version from today on and lives, day by day, paying the minimum.
    private static Money Really(TestLine line, ProductTerms terms, ShadowPayer payer = ShadowPayer.Minimum)
    {
        var trace = default(NoTrace);
        var state = line.State with { Terms = KeptTerms.Of(terms) };
        var (paid, until) = (Yuan(0), line.State.Cycle.NextStatementOn.AddMonths(2));
        var owed = line.State.TotalDebt(terms, line.Today);
        for (var day = line.Today; day <= until; day = day.AddDays(1))
        {
            if (day > line.Today)
            {
                var pass = new PassDay { EffectiveOn = day };
                state = ((Accepted)AccountDecider.Decide(state with { NextDate = day }, pass, terms, day, ref trace)).After;
            }

            if (payer == ShadowPayer.Minimum && state.Bills.Find(bill => bill.DueOn == day) is { Shortfall.IsPositive: true } due)
            {
                var pay = new ReceiveRepayment($"r{day.DayNumber}", [new RepaymentSource("card", due.Shortfall)], null, Actor.Borrower)
                {
                    EffectiveOn = day,
                };
                state = ((Accepted)AccountDecider.Decide(state with { NextDate = day.AddDays(1) }, pay, terms, day, ref trace)).After;
                paid += due.Shortfall;
            }
        }

        return paid + state.TotalDebt(terms, until) - owed;
    }
}
