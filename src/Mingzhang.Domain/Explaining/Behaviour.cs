namespace Mingzhang.Domain.Explaining;

/// <summary>What an account shows of its owner: whether what fell due was paid in time, and how much was bought.</summary>
/// <param name="MonthsDue">Months of the last twelve with a due day on which something was asked for.</param>
/// <param name="MonthsLate">Of these: something was not paid by its due day.</param>
/// <param name="Bought">Posted purchases less refunds in stretches of 30 days, the latest first; four.</param>
public sealed record Behaviour(int MonthsDue, int MonthsLate, ValueList<Money> Bought)
{
    private const int Stretches = 4;
    private const int StretchDays = 30;
    private const int Months = 12;

    /// <summary>Months in which everything was paid by its due day.</summary>
    public int MonthsOnTime => MonthsDue - MonthsLate;

    /// <summary>What is bought in 30 days on average, the latest left out.</summary>
    public Money Usual
    {
        get
        {
            var sum = 0L;
            foreach (var stretch in Bought.AsSpan()[1..])
            {
                sum += stretch.MinorUnits;
            }

            return Money.Of(Math.Max(0, sum) / (Bought.Count - 1), Bought[0].Currency);
        }
    }

    /// <summary>Of an account by its facts; late and withdrawn ones are in their place.</summary>
    /// <param name="history">Accepted entries, by sequence.</param>
    /// <param name="book">All terms.</param>
    /// <param name="currency">The account's.</param>
    /// <param name="on">The day it is asked.</param>
    public static Behaviour Of(IReadOnlyList<HistoryEntry> history, TermsBook book, Currency currency, DateOnly on)
    {
        var refold = new Refold(book).Run(Refold.FactsOf(history), on, Refold.VersionsOf(history), check: null);
        var (due, late, bought) = (new HashSet<int>(), new HashSet<int>(), new long[Stretches]);
        foreach (var happened in refold.Entries.SelectMany(entry => entry.Events.ToArray()))
        {
            if (DueOn(happened) is { } day && day < on && day > on.AddMonths(-Months))
            {
                _ = due.Add(Month(day));
            }

            if (LateFrom(happened) is { } missed && missed > on.AddMonths(-Months))
            {
                _ = late.Add(Month(missed));
            }

            var at = (on.DayNumber - happened.EffectiveOn.DayNumber) / StretchDays;
            if (at is >= 0 and < Stretches)
            {
                bought[at] = checked(bought[at] + BoughtBy(happened));
            }
        }

        late.IntersectWith(due);
        return new Behaviour(due.Count, late.Count, ValueList.Create<long>(bought).Map(minor => Money.Of(Math.Max(0, minor), currency)));
    }

    private static DateOnly? DueOn(AccountEvent happened) => happened switch
    {
        StatementIssued { Bill: { Minimum.IsPositive: true } bill } => bill.DueOn,
        InstalmentDue { Total.IsPositive: true } row => row.DueOn,
        // The rest: asks for nothing on a day.
        _ => null,
    };

    private static DateOnly? LateFrom(AccountEvent happened) => happened switch
    {
        BillOverdue missed => missed.EffectiveOn.AddDays(-1),
        LoanOverdue missed => missed.DueOn,
        // The rest: nothing late.
        _ => null,
    };

    private static long BoughtBy(AccountEvent happened) => happened switch
    {
        PurchasePosted posted => posted.Amount.MinorUnits,
        RefundReceived refund => -(refund.Fact.Amount - refund.FromHold).MinorUnits,
        // The rest: buys nothing.
        _ => 0,
    };

    private static int Month(DateOnly day) => (day.Year * 12) + day.Month;
}
