using Mingzhang.Domain.Billing;
using Mingzhang.Services.Reading;

namespace Mingzhang.Web.App.Progress;

/// <summary>Something that happens on a day of the calendar.</summary>
/// <param name="On">The day.</param>
/// <param name="Kind">statement, due, debit or row.</param>
/// <param name="AmountMinor">How much; null = not known yet.</param>
public sealed record CalendarMark(DateOnly On, string Kind, long? AmountMinor);

/// <summary>Statements, due days, automatic repayments and rows of loans and plans in a month, from the account as it stands.</summary>
public static class CalendarMarks
{
    /// <summary>All of a month, by day.</summary>
    public static IReadOnlyList<CalendarMark> Of(AccountView view, DateOnly month)
    {
        var state = view.State;
        var auto = state.AutoRepaySources.Count > 0;
        List<CalendarMark> marks = [];
        foreach (var bill in StatementShelf.Of(view).Select(one => one.Latest))
        {
            marks.Add(new CalendarMark(bill.IssuedOn, "statement", bill.Closing.MinorUnits));
            if (bill.Closing.IsPositive)
            {
                marks.Add(new CalendarMark(bill.DueOn, auto && bill.DueOn >= view.Today ? "debit" : "due", bill.Closing.MinorUnits));
            }
        }

        if (state.Cycle.NextStatementOn < DateOnly.MaxValue)
        {
            marks.Add(new CalendarMark(state.Cycle.NextStatementOn, "statement", null));
        }

        foreach (var row in state.Loans.SelectMany(loan => loan.Rows))
        {
            marks.Add(new CalendarMark(row.DueOn, "row", (row.Principal + row.Charge).MinorUnits));
        }

        return [.. marks.Where(mark => mark.On.Year == month.Year && mark.On.Month == month.Month).OrderBy(mark => mark.On)];
    }
}
