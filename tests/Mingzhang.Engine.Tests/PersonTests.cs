using Mingzhang.Domain.AnnualCost;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Schedules;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Tests;

/// <summary>One person, several accounts: what is lent on one counts on the others, also when two ask at the same moment.</summary>
public sealed class PersonTests
{
    private static readonly Clause Rule = new("个人上限", "person cap", "test", IsSample: true);

    private static readonly CostRules Rules = new(
        3, new CapTable([new CapRow(null, 0, null, new Validity(new(2020, 1, 1), null), 240_000, Rule)]), new DisclosureGate([]),
        new ExposureTable([new ExposureRow("standard", new Validity(new(2020, 1, 1), null), 20_000_000, null, Rule, null)]));

    private static readonly TermsBook Book = new([Product("loan-a", 2), Product("loan-b", 3)]);

    [Fact]
    public async Task Two_loans_at_the_same_moment_on_two_accounts_never_pass_the_cap_together()
    {
        for (var round = 1; round <= 20; round++)
        {
            using var fixture = new HouseFixture { Terms = Book };
            using var house = fixture.Open(lanes: 2);
            await OpenBoth(house, round, 12_000_000, 8_000_000);
            Assert.Equal(1, await Raise(house, round));
        }
    }

    [Fact]
    public async Task Without_the_rules_both_pass_so_the_test_can_fail()
    {
        using var fixture = new HouseFixture { Terms = new TermsBook(Book.All.Select(terms => terms with { Costs = null })) };
        using var house = fixture.Open(lanes: 2);
        await OpenBoth(house, 1, 12_000_000, 8_000_000);
        Assert.Equal(2, await Raise(house, 1));
    }

    [Fact]
    public async Task Two_loan_requests_at_once_share_what_is_left_and_the_refusal_names_it_after_a_restart_too()
    {
        var old = new TermsBook(Book.All.Select(terms => terms with { Costs = null }));
        using var fixture = new HouseFixture { Terms = old };
        using (var before = fixture.Open())
        {
            await OpenBoth(before, 7, 20_000_000, 20_000_000);
        }

        fixture.Terms = Book;
        using (var house = fixture.Open(lanes: 4))
        {
            var answers = await Task.WhenAll(Task.Run(() => Borrow(house, 7, 2)), Task.Run(() => Borrow(house, 7, 3)));
            var refused = Assert.Single(answers, answer => !answer.IsAccepted);
            var no = Assert.IsType<AbovePersonCap>(refused.Refusal);
            Assert.Equal((20_000_000, 15_000_000, 5_000_000), (no.Cap.MinorUnits, no.Owed.MinorUnits, no.Possible.MinorUnits));
            Assert.Equal(Rule, no.Rule);
            var proof = answers.Single(answer => answer.IsAccepted).Events.OfType<LoanRequested>().Single().Exposure;
            Assert.Equal(new ExposureProof(3, "standard", Sample.Cny(20_000_000), Sample.Cny(0), "个人上限"), proof);
        }

        fixture.Crash();
        using var again = fixture.Open();
        Assert.False((await Borrow(again, 7, 2, "x")).IsAccepted);
        Assert.False((await Borrow(again, 7, 3, "x")).IsAccepted);
        Assert.True((await again.VerifyAsync()).IsSound);
    }

    [Fact]
    public async Task A_raise_that_is_back_dated_asks_too()
    {
        using var fixture = new HouseFixture { Terms = Book };
        using var house = fixture.Open();
        await OpenBoth(house, 5, 12_000_000, 8_000_000);
        await house.AdvanceToAsync(Sample.Start.AddDays(3));
        var late = new SetLimit(Sample.Cny(12_000_100), Actor.Staff, "r") { EffectiveOn = Sample.Start.AddDays(1) };
        var answer = await house.SubmitAsync(new CommandEnvelope(Of(5, 2), "late", late, "test"));
        Assert.Equal(100_000, Assert.IsType<AbovePersonCap>(answer.Refusal).Possible.MinorUnits);
    }

    [Fact]
    public async Task A_small_cache_keeps_the_account_that_is_decided_on()
    {
        using var fixture = new HouseFixture
        {
            Terms = new TermsBook([.. Enumerable.Range(2, 40).Select(slot => Product($"loan-{slot}", slot))]),
        };
        using var house = fixture.Open(cached: 1);
        for (var slot = 2; slot < 42; slot++)
        {
            var opened = await house.SubmitAsync(Opening(9, $"loan-{slot}", slot, 100_000));
            Assert.True(opened.IsAccepted, opened.Refusal?.ToString());
        }

        Assert.True((await house.VerifyAsync()).IsSound);
    }

    private static async Task OpenBoth(CreditHouse house, long customer, long a, long b)
    {
        foreach (var answer in await house.SubmitManyAsync([Opening(customer, "loan-a", 2, a), Opening(customer, "loan-b", 3, b)]))
        {
            Assert.True(answer.IsAccepted, answer.Refusal?.ToString());
        }

        // Room of 1,000.00 on both: lowered first, then both ask to have it back.
        await house.SubmitAsync(new CommandEnvelope(
            Of(customer, 2), "lower", new SetLimit(Sample.Cny(a - 100_000), Actor.Staff, "r") { EffectiveOn = Sample.Start }, "test"));
    }

    private static async Task<int> Raise(CreditHouse house, long customer)
    {
        var first = Task.Run(() => RaiseBy(house, customer, 2));
        var second = Task.Run(() => RaiseBy(house, customer, 3));
        return (await Task.WhenAll(first, second)).Count(answer => answer.IsAccepted);
    }

    private static async Task<CommandResult> RaiseBy(CreditHouse house, long customer, int slot)
    {
        var state = await house.ReadAsync(Of(customer, slot));
        return await house.SubmitAsync(new CommandEnvelope(
            Of(customer, slot), "raise", new SetLimit(state!.TotalLimit + Sample.Cny(100_000), Actor.Staff, "r")
            {
                EffectiveOn = Sample.Start,
            },
            "test"));
    }

    internal static async Task<CommandResult> Borrow(CreditHouse house, long customer, int slot, string id = "l1")
    {
        var state = (await house.ReadAsync(Of(customer, slot)))!;
        var terms = house.Terms.Find(state.Product, 1)!;
        var quote = LoanQuotes.Of(state, terms, terms.Loan!.Offers[0], 12, Sample.Cny(15_000_000), Sample.Start)!;
        return await house.SubmitAsync(new CommandEnvelope(
            Of(customer, slot), "borrow-" + id,
            new RequestLoan(id, quote.Principal, "equal", 12, "x", new CostConfirmation(quote.CostTableId, 30))
            {
                EffectiveOn = Sample.Start,
            },
            "test"));
    }

    internal static CommandEnvelope Opening(long customer, string product, int slot, long limit) => new(
        Of(customer, slot), "open",
        new OpenAccount(
            Of(customer, slot), product, 1, [new Consent("credit", "1")], new BankCard("tok", "1234"),
            new Assessment("a", true, Sample.Cny(limit), "m1", null), null) { EffectiveOn = Sample.Start },
        "test");

    internal static AccountId Of(long customer, int slot) => AccountId.Of(new CustomerId(customer), slot);

    internal static ProductTerms Product(string code, int slot) => Sample.Terms with
    {
        Code = code, Slot = slot, Cycles = [], Costs = Rules,
        Caps = [new CostCap("consumer-finance", new(2020, 1, 1), null, 240_000, 365, "test")],
        Loan = new LoanTerms(
            [new LoanOffer(
                "equal", new LocalText("等额", "Equal"), ScheduleMethod.EqualInstalment, [12], SchedulePeriod.Monthly, Rate.PerDay(400), 0,
                FeeSpread.TotalInParts, Rounding.HalfUp)],
            Sample.Cny(50_000), Sample.Cny(20_000_000), 100, 5, 0, DueDayRule.Own, 3, 150, true, new EarlyTerms(true, EarlyFee.None, 0), 10,
            null),
    };
}
