namespace Mingzhang.Domain.Tests.Corrections;

/// <summary>A fact recorded wrongly is withdrawn and replaced in one correction.</summary>
public sealed class ReplacedFactTests
{
    [Fact]
    public void A_repayment_of_a_wrong_amount_ends_as_if_the_right_one_had_been_booked()
    {
        var wrong = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(10, "r-1");
        var sequence = wrong.State.Version;
        wrong.On("2026-07-05");
        Assert.NotEmpty(wrong.Events.OfType<BillOverdue>());
        wrong.Accept(new AmendFact(sequence, wrong.Payment(1_000, "r-1", effective: "2026-06-10"), "typed 10.00 for 1,000.00")
        {
            EffectiveOn = wrong.Today,
        });
        var corrected = Assert.Single(wrong.Events.OfType<AccountCorrected>());
        Assert.Equal((sequence, 0L), (corrected.Withdrawn, corrected.Lines.Sum(line => line.Delta.MinorUnits)));
        Same(TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(1_000, "r-1").On("2026-07-05"), wrong);
        wrong.On("2026-08-02").Prove();
    }

    [Fact]
    public void A_repayment_with_a_wrong_value_date_moves_to_the_right_day_forth_and_back()
    {
        var wrong = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-15").Pay(1_000, "r-1");
        var sequence = wrong.State.Version;
        wrong.On("2026-07-05");
        Move(sequence, "2026-06-09");
        Same(TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-09").Pay(1_000, "r-1").On("2026-07-05"), wrong);
        var again = wrong.State.Version;
        Move(again, "2026-06-15");
        Same(TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-15").Pay(1_000, "r-1").On("2026-07-05"), wrong);
        wrong.Refuse<FactAlreadyReversed>(new ReverseFact(again, "again") { EffectiveOn = wrong.Today });

        void Move(long fact, string to) => wrong.Accept(
            new AmendFact(fact, wrong.Payment(1_000, "r-1", effective: to), "value date") { EffectiveOn = wrong.Today });
    }

    [Fact]
    public void A_replaced_fact_of_the_same_day_keeps_its_place_among_the_facts_of_that_day()
    {
        var wrong = TestLine.Opened("2026-05-20", limit: 1_000);
        wrong.Accept(new AuthorisePurchase("p-1", Yuan(90), "groceries", "m") { EffectiveOn = wrong.Today });
        var authorised = wrong.State.Version;
        wrong.Accept(new CapturePurchase("p-1", Yuan(90), true) { EffectiveOn = wrong.Today });
        wrong.On("2026-05-22");
        wrong.Accept(new AmendFact(authorised, new AuthorisePurchase("p-1", Yuan(95), "groceries", "right name")
        {
            EffectiveOn = new DateOnly(2026, 5, 20),
        }, "name") { EffectiveOn = wrong.Today });
        Assert.Equal("right name", wrong.State.Purchases[0].Merchant);
        var less = new AuthorisePurchase("p-1", Yuan(80), "groceries", "m") { EffectiveOn = new DateOnly(2026, 5, 20) };
        var fallen = wrong.Refuse<LaterFactWouldFail>(new AmendFact(wrong.State.Version, less, "less than was captured")
        {
            EffectiveOn = wrong.Today,
        });
        Assert.Equal("CAPTURE_ABOVE_HOLD", fallen.Rule);
        wrong.Prove();
    }

    [Fact]
    public void Paying_out_that_was_confirmed_for_a_wrong_day_moves_the_whole_schedule()
    {
        var wrong = TestLine.Opened("2026-01-10", 50_000, LoanLine.Cash);
        wrong.Accept(wrong.Request(10_000));
        wrong.On("2026-01-12").Accept(new ConfirmDisbursement("loan-1", "bank") { EffectiveOn = wrong.Today });
        var sequence = wrong.State.Version;
        wrong.On("2026-03-20");
        wrong.Accept(new AmendFact(sequence, new ConfirmDisbursement("loan-1", "bank") { EffectiveOn = new DateOnly(2026, 1, 11) },
            "the money came a day earlier") { EffectiveOn = wrong.Today });
        var right = TestLine.Opened("2026-01-10", 50_000, LoanLine.Cash);
        right.Accept(right.Request(10_000));
        right.On("2026-01-11").Accept(new ConfirmDisbursement("loan-1", "bank") { EffectiveOn = right.Today });
        Same(right.On("2026-03-20"), wrong);
    }

    [Fact]
    public void Only_a_fact_of_the_same_kind_and_id_replaces_and_never_by_itself()
    {
        var line = TestLine.Opened("2026-05-20").Buy(100).On("2026-05-22").Pay(40, "r-1");
        var (sequence, paid) = (line.State.Version, line.Payment(40, "r-1"));
        void No<TRefusal>(AccountCommand right, long of)
            where TRefusal : Refusal => line.Refuse<TRefusal>(new AmendFact(of, right, "r") { EffectiveOn = line.Today });
        No<ReplacementOfOtherKind>(line.Payment(40, "r-2"), sequence);
        No<ReplacementOfOtherKind>(paid, sequence);
        No<ReplacementOfOtherKind>(new ReleaseHold("r-1") { EffectiveOn = line.Today }, sequence);
        No<FactUnknown>(paid, 99);
        No<FactNotReversible>(line.Opening(5_000), 1);
        No<EffectiveDateOutOfRange>(line.Payment(40, "r-1", effective: "2026-05-19"), sequence);
        No<LateFactNotAccepted>(
            new AuthorisePurchase("p-1", Yuan(100), "groceries", "m") { EffectiveOn = new DateOnly(2026, 5, 21) }, 2);
        No<AmountNotPositive>(line.Payment(0, "r-1", effective: "2026-05-22"), sequence);
    }

    private static void Same(TestLine right, TestLine corrected)
    {
        Assert.Equal(Plain(right.State), Plain(corrected.State));
        foreach (var (account, balance) in right.Balances())
        {
            Assert.Equal(balance, corrected.Balances().GetValueOrDefault(account));
        }

        corrected.Prove();
    }

    private static AccountState Plain(AccountState state) => state.AccruedTo(state.AsOf) with
    {
        Version = 0, Bills = state.Bills.Map(bill => bill with { Version = 1 }),
    };
}
