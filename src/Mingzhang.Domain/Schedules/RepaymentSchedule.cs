using Mingzhang.Domain.Calendar;

namespace Mingzhang.Domain.Schedules;

/// <summary>Works out repayment schedules. What a customer is shown beforehand and what is booked come from here alike.</summary>
public static class RepaymentSchedule
{
    /// <summary>The schedule of one amount paid out on one day.</summary>
    /// <param name="terms">What it follows from.</param>
    /// <param name="principal">The amount paid out; above zero.</param>
    /// <param name="disbursedOn">The day it is paid out; it bears interest.</param>
    /// <param name="calendar">Working days for <see cref="ScheduleTerms.Shift"/>; null is Monday to Friday.</param>
    /// <returns><see cref="Scheduled"/> with rows that sum to the fen, or <see cref="ScheduleRefused"/>.</returns>
    /// <example>10,000.00 at 0.04 % a day, equal instalments, 12 months from 2025-01-15: 11 × 900.41 + 900.42 (case T9).</example>
    public static ScheduleAnswer Of(ScheduleTerms terms, Money principal, DateOnly disbursedOn, WorkingCalendar? calendar = null)
    {
        if (ScheduleRules.Check(terms, principal, disbursedOn) is { } refused)
        {
            return refused;
        }

        var down = DownPayment(terms, principal.MinorUnits);
        var first = down > 0 ? 1 : 0;
        var all = new ScheduleRow[terms.Count + first];
        var rows = all.AsSpan(first);
        var broken = Write(terms, principal.MinorUnits - down, disbursedOn, calendar, rows);
        if (broken is not null)
        {
            return broken;
        }

        if (first == 1)
        {
            all[0] = new ScheduleRow(1, disbursedOn, disbursedOn, down, 0, 0, principal.MinorUnits - down);
            for (var k = 1; k < all.Length; k++)
            {
                all[k] = all[k] with { Number = k + 1 };
            }
        }

        return new Scheduled(principal.Currency, new ValueList<ScheduleRow>(all));
    }

    /// <summary>What is paid back on the day of paying out, in minor units.</summary>
    internal static long DownPayment(ScheduleTerms terms, long principalMinor) => terms.DownPaymentPpm == 0
        ? 0
        : RowParts.ToMultiple(
            Rounded.Divide((Int128)principalMinor * terms.DownPaymentPpm, 1_000_000, terms.Rounding), terms.MultipleMinor, terms.Rounding);

    /// <summary>Writes days and amounts of the rows; the answer is a broken rule or null.</summary>
    internal static ScheduleRefused? Write(
        ScheduleTerms terms, long financed, DateOnly disbursedOn, WorkingCalendar? calendar, Span<ScheduleRow> rows)
    {
        if (financed <= 0)
        {
            return new ScheduleRefused(ScheduleFault.DownPayment, nameof(terms.DownPaymentPpm));
        }

        DueDays.Fill(terms, disbursedOn, rows);
        var broken = ScheduleRules.Order(terms, disbursedOn, rows) ?? ScheduleRules.Bounded(terms, financed, disbursedOn, rows[^1].DueOn);
        if (broken is not null)
        {
            return broken;
        }

        if (terms.Shift != DayShift.None && !terms.InterestToPlannedDay)
        {
            DueDays.Shift(terms.Shift, calendar, rows);
        }

        Span<InterestFactor> factors = stackalloc InterestFactor[rows.Length];
        DueDays.Price(terms, terms.Rate, disbursedOn, rows, factors);
        var faulty = RowAmounts.Fill(terms, financed, disbursedOn, factors, rows);
        if (terms.Shift != DayShift.None)
        {
            DueDays.Shift(terms.Shift, calendar, rows);
            faulty ??= ScheduleRules.Order(terms, disbursedOn, rows);
        }

        return faulty;
    }
}
