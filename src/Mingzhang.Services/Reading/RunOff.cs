using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Reading;

/// <summary>A day to come on the way to a closed account.</summary>
/// <param name="On">The day.</param>
/// <param name="Event">Such as <c>bill-due</c> or <c>statement-issued</c>.</param>
/// <param name="Amount">What it is about.</param>
public sealed record RunOffDay(DateOnly On, string Event, Money? Amount);

/// <summary>What comes by itself when nothing else happens: the account run ahead.</summary>
public static class RunOff
{
    private const int DaysAhead = 75;

    /// <summary>The days to come, earliest first; amounts as they would be if nothing is paid.</summary>
    public static IReadOnlyList<RunOffDay> Of(AccountView view)
    {
        var days = new List<RunOffDay>();
        if (view.State.LatestBill() is { } bill && bill.DueOn >= view.Today && view.Billed.IsPositive)
        {
            days.Add(new RunOffDay(bill.DueOn, "bill-due", view.Billed));
        }

        var ahead = Explainer.RunAhead(view.State, view.Terms, view.Today.AddDays(DaysAhead));
        foreach (var happened in ahead.Events)
        {
            if (happened is StatementIssued { Bill: { Closing.IsPositive: true } next })
            {
                days.Add(new RunOffDay(next.IssuedOn, "statement-issued", next.Closing));
                days.Add(new RunOffDay(next.DueOn, "bill-due", next.Closing));
            }
        }

        return [.. days.OrderBy(day => day.On).Take(6)];
    }
}
