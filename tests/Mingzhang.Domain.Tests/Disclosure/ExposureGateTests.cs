using Mingzhang.Domain.Disclosure;

namespace Mingzhang.Domain.Tests.Disclosure;

/// <summary>What lets a person have more asks the rules about persons: limits by all limits, loans by what is used.</summary>
public sealed class ExposureGateTests
{
    private static readonly ProductTerms Terms = LoanLine.Cash with
    {
        Costs = Offers.Shipped, Limits = LoanLine.Cash.Limits with { Largest = Yuan(300_000) },
    };

    private static readonly DebtDeclaration Said = new(Yuan(30_000), Yuan(1_500), 2, Yuan(12_000), new(2026, 10, 1));

    [Fact]
    public void Limits_of_all_accounts_together_stay_within_the_cap_of_the_class()
    {
        var line = new TestLine(Terms).On("2026-11-22");
        var person = Person(Other(160_000, 0));

        Assert.IsType<Accepted>(Decide(line, line.Opening(40_000), person));
        var no = Refused<AbovePersonCap>(line, line.Opening(40_001), person);
        Assert.Equal((Yuan(200_000), Yuan(160_000), Yuan(40_000)), (no.Cap, no.Owed, no.Possible));
        Assert.Contains("互联网贷款", no.Rule!.Zh, StringComparison.Ordinal);
        var good = line.Opening(140_000);
        Assert.IsType<Accepted>(Decide(line, good with
        {
            Assessment = good.Assessment with { CustomerClass = "good-credit" },
        }, person));
        Assert.Equal("gold", Refused<NoPersonRule>(line, good with
        {
            Assessment = good.Assessment with { CustomerClass = "gold" },
        }, person).Class);
    }

    [Fact]
    public void A_raise_and_a_temporary_limit_ask_and_a_lower_limit_does_not()
    {
        var line = TestLine.Opened("2026-11-22", 40_000, Terms);
        var person = Person(Other(160_000, 0));
        var temporary = new TemporaryLimit("t", Yuan(1), line.Today, line.Today.AddDays(3));

        Refused<AbovePersonCap>(line, new SetLimit(Yuan(40_001), Actor.Staff, "r") { EffectiveOn = line.Today }, person);
        Refused<AbovePersonCap>(line, new GrantTemporaryLimit(temporary, "r") { EffectiveOn = line.Today }, person);
        Assert.IsType<Accepted>(Decide(line, new SetLimit(Yuan(39_999), Actor.Staff, "r") { EffectiveOn = line.Today }, person));
        Assert.False(ExposureGate.Concerns(line.State, new AuthorisePurchase("p", Yuan(1), "groceries", "x") { EffectiveOn = line.Today }));
    }

    [Fact]
    public void A_loan_counts_what_is_used_and_limits_that_nobody_uses_do_not()
    {
        var line = TestLine.Opened("2026-11-22", 150_000, Terms);
        Refused<AbovePersonCap>(line, line.Request(50_001), Person(Other(200_000, 150_000)) with { Declared = Said });
        Assert.IsType<Accepted>(Decide(line, line.Request(50_000), Person(Other(200_000, 150_000)) with
        {
            Declared = Said with { MonthlyIncome = Yuan(40_000) },
        }));
    }

    [Fact]
    public void Above_a_sum_income_must_be_declared_and_not_too_long_ago()
    {
        var line = TestLine.Opened("2026-11-22", 100_000, Terms);

        Assert.IsType<Accepted>(Decide(line, line.Request(50_000), Person()));
        var no = Refused<IncomeUnknown>(line, line.Request(50_001), Person());
        Assert.Equal((Yuan(50_000), true), (no.Above, no.Rule!.IsSample));
        Refused<IncomeUnknown>(line, line.Request(50_001), Person() with { Declared = Said with { On = new(2026, 5, 25) } });
        var rich = Said with { MonthlyIncome = Yuan(20_000), On = new(2026, 5, 26) };
        Assert.IsType<Accepted>(Decide(line, line.Request(50_001), Person() with { Declared = rich }));
    }

    [Fact]
    public void All_debts_together_take_at_most_half_of_the_income()
    {
        var line = TestLine.Opened("2026-11-22", 100_000, Terms);
        var quote = line.Quote(50_000);
        var monthly = (quote.Principal + quote.Cost).MinorUnits / 12 + 1;

        // Half of 12,000.00 less 1,500.00 to others leaves 4,500.00 a month; 50,000.00 in 12 takes 4,502.05.
        var no = Refused<OverIndebted>(line, line.Request(50_000), Person() with { Declared = Said });
        Assert.Equal(50_000_00L * 450_000 / monthly, no.Possible.MinorUnits);
        Assert.IsType<Accepted>(Decide(line, line.Request(49_900), Person() with { Declared = Said }));
        var lenders = Refused<TooManyLenders>(line, line.Request(1_000), Person() with { Declared = Said with { Institutions = 6 } });
        Assert.Equal((6, 5), (lenders.Institutions, lenders.Most));
    }

    [Fact]
    public void What_a_loan_takes_a_month_has_the_interest_still_to_grow_in_it()
    {
        var line = TestLine.Opened("2026-11-22", 100_000, Terms);
        var quote = line.Quote(60_000);
        line = line.Borrow(60_000);

        // Equal instalments from today: what is left with its interest is what was quoted, and a month of it an instalment.
        var lent = AccountExposure.Of(line.State, Terms, line.Today);
        Assert.InRange((quote.Principal + quote.Cost).MinorUnits - (lent.Monthly.MinorUnits * 12), -12, 0);
        Assert.Equal(AccountExposure.MonthlyOf(quote), lent.Monthly);
    }

    [Fact]
    public void Two_loans_pass_no_more_of_the_income_than_one()
    {
        var said = Person() with { Declared = Said with { Monthly = Yuan(0) } };
        var line = TestLine.Opened("2026-11-22", 100_000, Terms);

        // Half of 12,000.00 carries 66,636.13 in one loan; cut into two, the second finds what the first left.
        var most = Refused<OverIndebted>(line, line.Request(70_000), said).Possible;
        line = line.Borrow(60_000);
        var rest = Refused<OverIndebted>(line, line.Request(10_000, id: "loan-2"), said).Possible;
        Assert.InRange((most - Yuan(60_000) - rest).MinorUnits, -10, 10);
    }

    [Fact]
    public void A_loan_asked_for_takes_a_month_what_its_quote_says_and_not_all_of_it()
    {
        var line = TestLine.Opened("2026-11-22", 100_000, Terms);
        var quote = line.Quote(24_000);
        line.Accept(line.Request(24_000));

        var asked = AccountExposure.Of(line.State, Terms, line.Today);
        Assert.Equal((Yuan(24_000), AccountExposure.MonthlyOf(quote)), (asked.Used, asked.Monthly));
    }

    [Fact]
    public void What_the_explanation_says_is_possible_passes_the_gate_and_a_hundredth_more_does_not()
    {
        var said = Person() with { Declared = Said };
        var line = TestLine.Opened("2026-11-22", 100_000, Terms);
        var room = ExposureExplainer.Of(line.State, Terms, said, line.Today)!;

        Assert.Equal(ExposureBound.Income, room.Bound);
        var offer = Terms.Loan!.Offers.AsSpan().ToArray().SelectMany(o => o.Counts.AsSpan().ToArray().Select(n => (o.Code, n)))
            .Any(one => Decide(line, line.Request((decimal)(room.Possible.MinorUnits / 10_000 * 100), one.Code, one.n), said) is Accepted);
        Assert.True(offer);
        Assert.DoesNotContain(
            Terms.Loan.Offers.AsSpan().ToArray().SelectMany(o => o.Counts.AsSpan().ToArray().Select(n => (o.Code, n))),
            one => Decide(line, line.Request(room.Possible.MinorUnits / 100 * 101 / 100, one.Code, one.n), said) is Accepted);
    }

    [Fact]
    public void A_declaration_is_a_dated_fact_of_the_account_and_the_latest_of_all_accounts_counts()
    {
        var line = TestLine.Opened("2026-11-22", 100_000, Terms);
        var declare = new DeclareDebts(Yuan(30_000), Yuan(1_500), 2, Yuan(12_000), "report-1", new Consent("debt-declaration", "2026-08"))
        {
            EffectiveOn = line.Today,
        };
        Assert.Equal(declare, Assert.IsType<DebtsDeclared>(line.Accept(declare)[0]).Fact);
        Assert.Equal(Said with { On = line.Today }, line.State.Declaration);
        Assert.Equal("institutions", line.Refuse<InvalidCommand>(declare with { Institutions = 0 }).Field);
        Assert.Equal("owed", line.Refuse<InvalidCommand>(declare with { Owed = Yuan(-1) }).Field);
        line.Prove();

        var other = TestLine.Opened("2026-11-20", 1_000, Terms).State with { Declaration = Said };
        Assert.Equal(line.State.Declaration, PersonExposure.Of(line.State, [other], _ => Terms, line.Today).Declared);
        Assert.Equal(Said, PersonExposure.Of(other, [], _ => Terms, line.Today).Declared);
    }

    [Fact]
    public void The_explanation_sums_the_accounts_and_names_the_tightest_bound()
    {
        var line = TestLine.Opened("2026-11-22", 60_000, Terms).Borrow(12_000);
        var room = ExposureExplainer.Of(line.State, Terms, Person(Other(200_000, 150_000)), line.Today)!;

        Assert.Equal((Yuan(162_000), Yuan(38_000), Yuan(48_000)), (room.Used, room.RoomByCap, room.Line));
        Assert.Equal((Yuan(0), ExposureBound.NoIncome), (room.Possible, room.Bound));
        var said = Person(Other(200_000, 150_000)) with { Declared = Said with { MonthlyIncome = Yuan(90_000) } };
        var known = ExposureExplainer.Of(line.State, Terms, said, line.Today)!;
        Assert.Equal((Yuan(38_000), ExposureBound.PersonCap, 2), (known.Possible, known.Bound, known.Accounts.Count));
        var alone = Person() with { Declared = said.Declared };
        Assert.Equal(ExposureBound.Line, ExposureExplainer.Of(line.State, Terms, alone, line.Today)!.Bound);
    }

    private static PersonExposure Person(params AccountExposure[] others) => new(ValueList.From(others), null);

    private static AccountExposure Other(decimal limit, decimal used) =>
        new(AccountId.Of(TestLine.Id.Customer, 7), "another", Yuan(limit), Yuan(used), Yuan(0));

    private static Decision Decide(TestLine line, AccountCommand command, PersonExposure person)
    {
        var trace = default(NoTrace);
        return AccountDecider.Decide(line.State, command, line.Terms, line.Today, ref trace, person);
    }

    private static TRefusal Refused<TRefusal>(TestLine line, AccountCommand command, PersonExposure person)
        where TRefusal : Refusal => Assert.IsType<TRefusal>(Assert.IsType<Refused>(Decide(line, command, person)).Reason);
}
