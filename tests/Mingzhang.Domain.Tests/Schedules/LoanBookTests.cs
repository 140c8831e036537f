namespace Mingzhang.Domain.Tests.Schedules;

/// <summary>A loan over its life: 100.00 at 7 % by 30/360 in six months, unless a test says otherwise.</summary>
public sealed class LoanBookTests
{
    private static readonly DateOnly Start = new(2024, 1, 1);

    private static readonly LoanBookTerms Living = new()
    {
        Schedule = new ScheduleTerms
        {
            Method = ScheduleMethod.EqualInstalment, Count = 6, Rate = ScheduleRate.Monthly(70_000),
            Rounding = Rounding.HalfEven, Smooth = true, InstalmentByWholePeriods = true,
        },
        Recalculation = Recalculation.Daily,
    };

    private static readonly LoanBookTerms Free = new()
    {
        Schedule = new ScheduleTerms { Method = ScheduleMethod.EqualInstalment, Count = 3, DownPaymentPpm = 250_000 },
    };

    [Fact]
    public void Early_money_lowers_the_interest_from_its_day()
    {
        var loan = Fold(Living, new PaidOut(Start, 10_000), new PaidIn(new DateOnly(2024, 1, 15), 1_500));

        var (first, last) = (loan.Rows[0], loan.Rows[5]);
        Assert.Equal((1_647L, 54L, 1_500L), (first.Due.PrincipalMinor, first.Due.InterestMinor, first.Paid.TotalMinor));
        Assert.Equal((1_686L, 10L), (last.Due.PrincipalMinor, last.Due.InterestMinor));
    }

    [Fact]
    public void Overdue_principal_bears_interest_to_the_closed_day_and_no_interest_on_interest()
    {
        var onTime = Fold(Living, new PaidOut(Start, 10_000), new PaidIn(new DateOnly(2024, 2, 1), 1_701));
        var late = Fold(
            Living with { Recalculation = Recalculation.ToPeriodEnd }, new PaidOut(Start, 10_000),
            new PaidIn(new DateOnly(2024, 2, 1), 1_701), new DayClosed(new DateOnly(2024, 3, 10)));

        Assert.Equal([39L, 49L], new[] { onTime, late }.Select(loan => loan.Rows[2].Due.InterestMinor));
        Assert.Equal(1_710, late.Rows[5].Due.TotalMinor);
    }

    [Fact]
    public void The_settlement_of_a_day_settles()
    {
        LoanBookFact[] before = [new PaidOut(Start, 10_000), new PaidIn(new DateOnly(2024, 2, 1), 1_701)];
        var quote = LoanBook.Settlement(Living, [.. before], new DateOnly(2024, 2, 15));
        var after = Fold(Living, [.. before, new PaidIn(new DateOnly(2024, 2, 15), quote)]);

        Assert.Equal(8_381, quote);
        Assert.All(after.Rows, row => Assert.Equal(0, row.OutstandingMinor));
        Assert.Equal(0, after.OverpaidMinor);
    }

    [Fact]
    public void Terms_may_ask_for_the_interest_of_the_whole_current_period()
    {
        var terms = Living with { EarlyInterest = EarlyInterest.ToPeriodEnd };
        LoanBookFact[] before = [new PaidOut(Start, 10_000), new PaidIn(new DateOnly(2024, 2, 1), 1_701)];
        var after = Fold(terms, [.. before, new PaidIn(new DateOnly(2024, 2, 15), 8_406)]);

        Assert.Equal(8_406, LoanBook.Settlement(terms, [.. before], new DateOnly(2024, 2, 15)));
        Assert.Equal([58L, 49L, 0L, 0L, 0L, 0L], after.Rows.Select(row => row.Paid.InterestMinor));
        Assert.Equal(0, after.Rows.Sum(row => row.OutstandingMinor) + after.OverpaidMinor);
    }

    [Fact]
    public void A_further_payment_out_makes_a_new_instalment_for_the_rows_not_yet_due()
    {
        var loan = Fold(
            Living with { Schedule = Living.Schedule with { Rate = ScheduleRate.Monthly(94_822) } },
            new PaidOut(Start, 10_000), new PaidOut(new DateOnly(2024, 3, 1), 10_000));

        Assert.Equal("2 × 17.13, 3 × 42.63, 42.61", Plan.Runs(loan.Rows.Select(row => row.Due.TotalMinor)));
    }

    [Fact]
    public void Exact_instalments_know_on_which_day_money_went_out()
    {
        var exact = Living with { Schedule = Living.Schedule with { InstalmentByWholePeriods = false, Smooth = false } };
        var loan = Fold(exact, new PaidOut(Start, 10_000), new PaidOut(new DateOnly(2024, 2, 15), 10_000));

        Assert.InRange(Math.Abs(loan.Rows[5].Due.TotalMinor - loan.Rows[4].Due.TotalMinor), 0, 3);
    }

    [Fact]
    public void A_down_payment_stands_on_the_day_of_paying_out_and_overpaid_money_goes_first()
    {
        var loan = Fold(Free, new PaidOut(Start, 50_000), new PaidIn(Start, 60_000), new PaidOut(Start.AddDays(10), 20_000));

        Assert.Equal([BookRowKind.DownPayment, BookRowKind.DownPayment], loan.Rows.Take(2).Select(row => row.Kind));
        Assert.Equal((5_000L, 5_000L), (loan.Rows[1].Due.PrincipalMinor, loan.Rows[1].Paid.PrincipalMinor));
        Assert.Equal(10_000, LoanBook.DownPaymentDebit(Free, [new PaidOut(Start, 50_000)], 40_000));
        Assert.Equal(0, LoanBook.DownPaymentDebit(Free, [new PaidOut(Start, 50_000), new PaidIn(Start, 60_000)], 40_000));
    }

    [Theory]
    [InlineData(AheadRule.NextRow, "300.00, 50.00, 2 × 0.00")]
    [InlineData(AheadRule.LastRow, "300.00, 2 × 0.00, 50.00")]
    [InlineData(AheadRule.EvenlyOverRows, "300.00, 2 × 16.67, 16.66")]
    public void Money_ahead_goes_where_the_terms_say(AheadRule rule, string paid)
    {
        var terms = Free with { Ahead = rule, Schedule = Free.Schedule with { Count = 4, DownPaymentPpm = 0 } };
        var loan = Fold(terms, new PaidOut(Start, 120_000), new PaidIn(new DateOnly(2024, 2, 1), 35_000));

        Assert.Equal(paid, Plan.Runs(loan.Rows.Select(row => row.Paid.TotalMinor)));
    }

    [Fact]
    public void Kinds_of_payment_may_differ_and_parts_may_come_before_rows()
    {
        var terms = Free with
        {
            Sweep = AllocationSweep.PartByPart, AheadByKind = [new KindAhead(PaymentKind.Goodwill, AheadRule.LastRow)],
            Schedule = Free.Schedule with { DownPaymentPpm = 0 },
        };
        var loan = Fold(
            terms, new PaidOut(Start, 90_000), new Charged(Start, new DateOnly(2024, 3, 20), 2_000, BookComponent.Penalty),
            new Charged(Start, new DateOnly(2024, 5, 1), 1_000, BookComponent.Fee),
            new PaidIn(Start, 3_500, PaymentKind.Goodwill));

        Assert.Equal(BookRowKind.Charges, loan.Rows[3].Kind);
        Assert.Equal("2 × 0.00, 25.00, 10.00", Plan.Runs(loan.Rows.Select(row => row.Paid.TotalMinor)));
        Assert.Equal(2_000, loan.Rows[2].Paid.PenaltyMinor);
    }

    [Fact]
    public void A_charge_in_parts_of_the_loan_counts_principal_and_planned_interest()
    {
        var flat = new LoanBookTerms
        {
            Schedule = new ScheduleTerms { Method = ScheduleMethod.FlatInterest, Count = 3, Rate = ScheduleRate.Monthly(120_000) },
        };
        var loan = Fold(flat, new PaidOut(Start, 100_000), new ChargedShare(Start, Start.AddDays(40), 100_000, BookComponent.Fee));

        Assert.Equal([0L, 10_300L, 0L], loan.Rows.Select(row => row.Due.FeeMinor));
    }

    [Fact]
    public void What_is_late_is_spread_over_the_rows_to_come()
    {
        var loan = Fold(
            Free, new PaidOut(Start, 100_000), new PaidIn(Start, 25_000), new PaidIn(new DateOnly(2024, 2, 1), 5_000),
            new ReAmortised(new DateOnly(2024, 2, 5)));

        Assert.Equal("250.00, 50.00, 2 × 350.00", Plan.Runs(loan.Rows.Select(row => row.Due.PrincipalMinor)));
        Assert.Equal([70_000L, 35_000L, 0L], loan.Rows.Skip(1).Select(row => row.RemainingMinor));
    }

    [Fact]
    public void A_loan_past_its_last_day_begins_anew_on_new_rows()
    {
        var whole = Free with { Schedule = Free.Schedule with { MultipleMinor = 100 } };
        var loan = Fold(
            whole, new PaidOut(Start, 50_000), new PaidIn(Start, 12_500), new PaidIn(new DateOnly(2024, 2, 1), 5_000),
            new ReAged(new DateOnly(2024, 5, 1), new DateOnly(2024, 5, 31), SchedulePeriod.Monthly, 6),
            new PaidIn(new DateOnly(2024, 5, 31), 5_400));

        Assert.Equal("125.00, 50.00, 2 × 0.00, 5 × 54.00, 55.00", Plan.Runs(loan.Rows.Select(row => row.Due.PrincipalMinor)));
        Assert.Equal((new DateOnly(2024, 6, 30), 0L), (loan.Rows[5].DueOn, loan.Rows[4].OutstandingMinor));
        Assert.Equal(0, loan.Rows[^1].RemainingMinor);
    }

    [Fact]
    public void A_payer_may_name_the_row_and_the_part()
    {
        var loan = Fold(
            Living with { Recalculation = Recalculation.None, RoundEachStretch = true }, new PaidOut(Start, 10_000),
            new PaidPart(new DateOnly(2024, 2, 15), new DateOnly(2024, 3, 1), BookComponent.Principal, 1_677),
            new PaidPart(new DateOnly(2024, 2, 15), new DateOnly(2024, 3, 1), BookComponent.Interest, 24));

        Assert.Equal([58L, 24L, 59L, 29L], loan.Rows.Take(4).Select(row => row.Due.InterestMinor));
        Assert.Equal(6_680, loan.Rows[1].BearingMinor);
    }

    [Fact]
    public void Facts_that_cannot_be_are_refused_by_their_number()
    {
        var good = new PaidOut(Start, 10_000);

        Assert.Equal((ScheduleFault.Amount, 0), Refused());
        Assert.Equal((ScheduleFault.Fact, 2), Refused(good, new PaidIn(Start, 0)));
        Assert.Equal((ScheduleFault.Fact, 2), Refused(good, new PaidIn(Start.AddDays(-1), 1)));
        Assert.Equal((ScheduleFault.Fact, 2), Refused(good, new PaidIn(Start, long.MaxValue)));
        Assert.Equal((ScheduleFault.Fact, 2), Refused(good, new Charged(Start, Start, 1, BookComponent.Interest)));
        Assert.Equal((ScheduleFault.Fact, 2), Refused(good, new PaidPart(Start, Start, BookComponent.Principal, 1)));
        Assert.Equal((ScheduleFault.Fact, 2), Refused(good, new PaidOut(Start.AddYears(2), 1)));
        Assert.Equal((ScheduleFault.Fact, 2), Refused(good, new ChargedShare(Start, Start, 1_000_001, BookComponent.Fee)));
        Assert.Equal((ScheduleFault.Fact, 2), Refused(good, new ReAmortised(Start.AddDays(40))));
        Assert.Equal((ScheduleFault.Fact, 2), Refused(good, new ReAged(Start.AddYears(1), Start.AddYears(2), SchedulePeriod.Monthly, 2)));
        Assert.Equal((ScheduleFault.Fact, 2), RefusedOf(Free, good, new ReAmortised(Start.AddYears(1))));
        Assert.Equal(
            (ScheduleFault.Fact, 2), RefusedOf(Free, good, new ReAged(Start.AddDays(40), Start.AddYears(1), SchedulePeriod.Monthly, 2)));
        Assert.Equal((ScheduleFault.Disbursements, 2), Assert.IsType<LoanBookRefused>(LoanBook.Of(
            Free with { LaterSpread = LaterSpread.ByShareOfTotal, Schedule = Free.Schedule with { Rate = ScheduleRate.PerDay(1) } },
            [good, new PaidOut(Start.AddDays(1), 1_000)])) is var refused ? (refused.Why.Fault, refused.FactNumber) : default);
    }

    private static (ScheduleFault Fault, int Number) Refused(params LoanBookFact[] facts) => RefusedOf(Living, facts);

    private static (ScheduleFault Fault, int Number) RefusedOf(LoanBookTerms terms, params LoanBookFact[] facts)
    {
        var refused = Assert.IsType<LoanBookRefused>(LoanBook.Of(terms, ValueList.Create<LoanBookFact>(facts)));
        return (refused.Why.Fault, refused.FactNumber);
    }

    private static LoanBooked Fold(LoanBookTerms terms, params LoanBookFact[] facts) =>
        Assert.IsType<LoanBooked>(LoanBook.Of(terms, ValueList.Create<LoanBookFact>(facts)));
}
