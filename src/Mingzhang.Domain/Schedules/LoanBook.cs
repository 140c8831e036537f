namespace Mingzhang.Domain.Schedules;

/// <summary>A loan over its life: folds payments out and in, charges and closed days into rows with what is due and what is paid.</summary>
/// <remarks>Facts may be told late: they are folded by their day, on one day in the order told. What if is the same fold with one fact
/// more.</remarks>
public static class LoanBook
{
    /// <summary>The loan after its facts.</summary>
    /// <param name="terms">Schedule and allocation.</param>
    /// <param name="facts">In the order they were told; at least one payment out.</param>
    /// <returns><see cref="LoanBooked"/>, or <see cref="LoanBookRefused"/> with the first thing that cannot be.</returns>
    /// <example>100.00 at 7 % (30/360), 6 months from 2024-01-01; 15.00 come on 15 January: the first row asks 16.47 + 0.54 instead of
    /// 16.43 + 0.58.</example>
    public static LoanBookAnswer Of(LoanBookTerms terms, ValueList<LoanBookFact> facts)
    {
        if (Check(terms, facts) is { } refused)
        {
            return refused;
        }

        var paidOut = facts.OfType<PaidOut>().Select(fact => fact.On).ToList();
        var run = new LoanBookRun(terms, paidOut.Min(), paidOut.Max());
        foreach (var (fact, number) in facts.Select((fact, k) => (fact, k + 1)).OrderBy(one => CountsOn(terms, one.fact)))
        {
            if (run.Fold(fact) is { } broken)
            {
                return new LoanBookRefused(broken, number);
            }
        }

        return run.Shown();
    }

    /// <summary>What settles a loan on a day: the part of an ample payment that the rows take.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="facts">What has happened; the day is not before any of it.</param>
    /// <param name="on">The day of paying.</param>
    /// <returns>Minor units; 0 when nothing is owed, or when the facts are refused.</returns>
    /// <remarks>Where interest is asked for to the end of a period it depends on what is paid before it; then the amount is refined a few
    /// times.</remarks>
    public static long Settlement(LoanBookTerms terms, ValueList<LoanBookFact> facts, DateOnly on)
    {
        var amount = Of(terms, facts) is LoanBooked { OverpaidMinor: 0 } ? ScheduleRules.MostMinor : 0;
        for (var rounds = 0; rounds < 5 && amount > 0; rounds++)
        {
            var over = (Of(terms, facts.Add(new PaidIn(on, amount))) as LoanBooked)?.OverpaidMinor ?? amount;
            if (over == 0)
            {
                break;
            }

            amount -= over;
        }

        return amount;
    }

    /// <summary>What to debit for the down payment when an amount is paid out: money overpaid before goes first.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="before">The facts told before.</param>
    /// <param name="amountMinor">The amount paid out.</param>
    /// <returns>Minor units; 0 when nothing is to be debited.</returns>
    public static long DownPaymentDebit(LoanBookTerms terms, ValueList<LoanBookFact> before, long amountMinor)
    {
        var overpaid = before.Count > 0 && Of(terms, before) is LoanBooked booked ? booked.OverpaidMinor : 0;
        return Math.Max(0, RepaymentSchedule.DownPayment(terms.Schedule, amountMinor) - overpaid);
    }

    // A late charge counts from its due day. Rows that share all that is paid out know every payment out from the start.
    private static DateOnly CountsOn(LoanBookTerms terms, LoanBookFact fact) => fact switch
    {
        Charged charged when charged.DueOn < charged.On => charged.DueOn,
        ChargedShare charged when charged.DueOn < charged.On => charged.DueOn,
        PaidOut when terms.LaterSpread == LaterSpread.ByShareOfTotal => DateOnly.MinValue,
        LoanBookFact other => other.On,
    };

    private static LoanBookRefused? Check(LoanBookTerms terms, ValueList<LoanBookFact> facts)
    {
        var first = DateOnly.MaxValue;
        var total = 0L;
        for (var k = 0; k < facts.Count; k++)
        {
            if (facts[k] is PaidOut { AmountMinor: > 0 and <= ScheduleRules.MostMinor } paidOut)
            {
                (total, first) = (total + paidOut.AmountMinor, paidOut.On < first ? paidOut.On : first);
            }

            var amount = facts[k] switch
            {
                PaidOut fact => fact.AmountMinor,
                PaidIn fact => fact.AmountMinor,
                PaidPart fact => fact.AmountMinor,
                Charged fact => fact.Component is BookComponent.Fee or BookComponent.Penalty ? fact.AmountMinor : 0,
                ChargedShare fact => fact.Component is BookComponent.Fee or BookComponent.Penalty && fact.Ppm <= 1_000_000 ? fact.Ppm : 0,
                ReAged fact => fact.Count <= ScheduleTerms.MostRows ? fact.Count : 0,
                ReAmortised or DayClosed => 1,
            };
            if (amount is <= 0 or > ScheduleRules.MostMinor || total > ScheduleRules.MostMinor)
            {
                return new LoanBookRefused(new ScheduleRefused(ScheduleFault.Fact, "AmountMinor"), k + 1);
            }
        }

        for (var k = 0; k < facts.Count; k++)
        {
            if (total > 0 && (facts[k].On < first || facts[k].On.Year > ScheduleRules.LastYear))
            {
                return new LoanBookRefused(new ScheduleRefused(ScheduleFault.Fact, "On"), k + 1);
            }
        }

        return ScheduleRules.Check(terms.Schedule, Money.Of(total, Currency.Cny), total == 0 ? default : first) is { } broken
            ? new LoanBookRefused(broken, 0)
            : null;
    }
}
