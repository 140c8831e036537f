namespace Mingzhang.Domain.Tests.Schedules;

/// <summary>What holds for every loan, on random terms and facts. A failure names its seed.</summary>
public sealed class LoanBookPropertyTests
{
    private const int Trials = 4_000;

    [Fact]
    public void A_loan_that_only_pays_out_is_its_schedule()
    {
        for (var seed = 0; seed < Trials; seed++)
        {
            var (terms, principal, on) = ScheduleTrials.Next(new Random(seed));
            if (terms.Shift != DayShift.None || RepaymentSchedule.Of(terms, principal, on) is not Scheduled schedule)
            {
                continue;
            }

            var answer = LoanBook.Of(new LoanBookTerms { Schedule = terms }, [new PaidOut(on, principal.MinorUnits)]);
            var loan = Assert.IsType<LoanBooked>(answer);
            var expected = schedule.Rows.Select(row =>
                (row.DueOn, row.PrincipalMinor, row.InterestMinor, row.FeeMinor, row.RemainingMinor));
            var actual = loan.Rows.Select(row =>
                (row.DueOn, row.Due.PrincipalMinor, row.Due.InterestMinor, row.Due.FeeMinor, row.RemainingMinor));
            Assert.True(expected.SequenceEqual(actual), $"seed {seed}: {terms}");
        }
    }

    [Fact]
    public void What_is_paid_and_overpaid_sums_to_what_came_and_the_principal_to_what_went_out()
    {
        var booked = 0;
        for (var seed = 0; seed < Trials; seed++)
        {
            var (terms, facts) = Loan(new Random(seed));
            if (LoanBook.Of(terms, facts) is not LoanBooked loan)
            {
                continue;
            }

            booked++;
            var came = facts.OfType<PaidIn>().Sum(fact => fact.AmountMinor);
            var went = facts.OfType<PaidOut>().Sum(fact => fact.AmountMinor);
            Assert.True(came == loan.Rows.Sum(row => row.Paid.TotalMinor) + loan.OverpaidMinor, $"seed {seed}: came");
            Assert.True(went == loan.Rows.Sum(row => row.Due.PrincipalMinor), $"seed {seed}: principal");
            Assert.True(loan.Rows.All(row => Least(row) >= 0), $"seed {seed}: negative");
            Assert.True(loan.OverpaidMinor == 0 || loan.Rows.All(row => row.OutstandingMinor == 0), $"seed {seed}: overpaid beside a debt");
        }

        Assert.True(booked > Trials / 2, $"only {booked} loans were booked");
    }

    [Fact]
    public void The_settlement_pays_everything_and_a_fen_less_does_not()
    {
        for (var seed = 0; seed < Trials / 4; seed++)
        {
            var (terms, facts) = Loan(new Random(seed));
            terms = terms with { EarlyInterest = EarlyInterest.ToPaymentDay };
            var on = facts.Max(fact => fact.On).AddDays(seed % 40);
            var settlement = LoanBook.Settlement(terms, facts, on);
            if (settlement < 2)
            {
                continue;
            }

            Assert.True(Owed(settlement) == 0, $"seed {seed}");
            Assert.True(Owed(settlement - 1) > 0, $"seed {seed}");

            long Owed(long amount) => Assert.IsType<LoanBooked>(LoanBook.Of(terms, facts.Add(new PaidIn(on, amount))))
                .Rows.Sum(row => row.OutstandingMinor);
        }
    }

    private static long Least(LoanBookRow row) => new[]
    {
        row.Due.PrincipalMinor - row.Paid.PrincipalMinor, row.Due.InterestMinor - row.Paid.InterestMinor,
        row.Due.FeeMinor - row.Paid.FeeMinor, row.Due.PenaltyMinor - row.Paid.PenaltyMinor, row.Due.PrincipalMinor, row.Paid.PrincipalMinor,
    }.Min();

    internal static (LoanBookTerms Terms, ValueList<LoanBookFact> Facts) Loan(Random chance)
    {
        var start = new DateOnly(2024, 1, 1).AddDays(chance.Next(400));
        var terms = new LoanBookTerms
        {
            Schedule = new ScheduleTerms
            {
                Method = (ScheduleMethod)chance.Next(2),
                Count = chance.Next(1, 13),
                Rate = chance.Next(3) == 0 ? default : ScheduleRate.Monthly(chance.Next(240_000)),
                Rounding = Rounding.HalfEven,
                Smooth = chance.Next(2) == 0,
                InstalmentByWholePeriods = chance.Next(2) == 0,
                DownPaymentPpm = chance.Next(3) == 0 ? chance.Next(500_000) : 0,
            },
            Recalculation = (Recalculation)chance.Next(3),
            EarlyInterest = (EarlyInterest)chance.Next(2),
            RoundEachStretch = chance.Next(2) == 0,
            Sweep = (AllocationSweep)chance.Next(2),
            Ahead = (AheadRule)chance.Next(3),
            Order = chance.Next(2) == 0
                ? [BookComponent.Penalty, BookComponent.Fee, BookComponent.Principal, BookComponent.Interest]
                : [BookComponent.Penalty, BookComponent.Fee, BookComponent.Interest, BookComponent.Principal],
        };
        var facts = new List<LoanBookFact> { new PaidOut(start, chance.Next(1_000, 1_000_000)) };
        for (var day = start; facts.Count < chance.Next(1, 14); day = day.AddDays(chance.Next(0, 40)))
        {
            facts.Add(chance.Next(8) switch
            {
                0 => new PaidOut(day, chance.Next(1_000, 500_000)),
                1 => new Charged(day, day.AddDays(chance.Next(0, 60)), chance.Next(1, 5_000), BookComponent.Fee),
                2 => new DayClosed(day),
                _ => new PaidIn(day, chance.Next(1, 200_000), (PaymentKind)chance.Next(4)),
            });
        }

        return (terms, ValueList.From(facts));
    }
}
