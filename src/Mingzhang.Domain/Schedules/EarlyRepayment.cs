namespace Mingzhang.Domain.Schedules;

/// <summary>What an early repayment of a part does to the rows that are left.</summary>
public enum EarlyChoice
{
    /// <summary>The rows keep their days; each asks for less (月供减少，期限不变).</summary>
    LowerRows,

    /// <summary>The rows ask for about the same; there are fewer (期限缩短，月供不变).</summary>
    FewerRows,
}

/// <summary>The answer to an early repayment. Closed.</summary>
public /*closed*/ abstract record EarlyAnswer
{
    private protected EarlyAnswer()
    {
    }
}

/// <summary>What is paid on the day, and the schedule from then on.</summary>
/// <param name="InterestMinor">Interest from the last due day to the day of paying; paid with the principal.</param>
/// <param name="PrincipalMinor">Principal paid early.</param>
/// <param name="Rows">The rows after it, numbered on; empty when the loan is settled.</param>
public sealed record EarlyRepaid(long InterestMinor, long PrincipalMinor, ValueList<ScheduleRow> Rows) : EarlyAnswer;

/// <summary>It cannot be.</summary>
public sealed record EarlyRefused(ScheduleRefused Why) : EarlyAnswer;

/// <summary>Early repayment of a schedule whose due rows are paid: the same code says what it would do and books it.</summary>
/// <remarks>Interest is for the actual days only (民法典 677). Fees stay with the rows that stay.</remarks>
public static class EarlyRepayment
{
    /// <summary>Pays so much principal on a day.</summary>
    /// <param name="terms">The terms the schedule was made with.</param>
    /// <param name="schedule">The schedule; rows due on or before the day are taken as paid.</param>
    /// <param name="on">The day, after the first day of the schedule and before its last due day.</param>
    /// <param name="principalMinor">Above zero, at most the principal that is left; all of it settles the loan.</param>
    /// <param name="choice">Lower rows, or fewer.</param>
    /// <example>T9, 4,000.00 on 2025-04-01: interest 57.30 for 17 days; then ten rows of 469.81, or six of at most 900.41.</example>
    public static EarlyAnswer Of(ScheduleTerms terms, Scheduled schedule, DateOnly on, long principalMinor, EarlyChoice choice)
    {
        var rows = schedule.Rows.AsSpan();
        var paid = 0;
        while (paid < rows.Length && rows[paid].DueOn <= on)
        {
            paid++;
        }

        var from = paid == 0 ? rows[0].FromOn : rows[paid - 1].DueOn;
        if (paid == rows.Length || on < from)
        {
            return new EarlyRefused(new ScheduleRefused(ScheduleFault.DayOrder, nameof(on)));
        }

        var left = rows[paid].RemainingMinor + rows[paid].PrincipalMinor;
        if (principalMinor <= 0 || principalMinor > left || !Supports(terms))
        {
            return new EarlyRefused(new ScheduleRefused(ScheduleFault.Amount, nameof(principalMinor)));
        }

        var span = DueDays.Whole(terms, rows[paid], paid == rows.Length - 1);
        var interest = InterestFactor.Of(terms.Rate, from, on, span).On(left, terms.Rounding);
        return principalMinor == left
            ? new EarlyRepaid(interest, left, [])
            : After(terms, schedule, paid, on, left - principalMinor, choice) switch
            {
                Scheduled after => new EarlyRepaid(interest, principalMinor, WithFees(after.Rows, rows[paid..], paid)),
                ScheduleRefused refused => new EarlyRefused(refused),
            };
    }

    private static bool Supports(ScheduleTerms terms) =>
        terms.Method is not (ScheduleMethod.FlatInterest or ScheduleMethod.PrincipalByRow) && terms.InterestGraceRows == 0;

    /// <summary>The rows that are left as a schedule of their own that begins with the day of paying.</summary>
    private static ScheduleAnswer After(ScheduleTerms terms, Scheduled schedule, int paid, DateOnly on, long left, EarlyChoice choice)
    {
        var down = schedule.Rows.Count - terms.Count;
        var rest = terms with
        {
            Count = schedule.Rows.Count - paid, DueDates = ValueList.From(schedule.Rows.Skip(paid).Select(row => row.DueOn)),
            StartsOn = paid == 0 ? schedule.Rows[0].FromOn : schedule.Rows[paid - 1].DueOn,
            FirstDueOn = null, LastDueOn = null, Shift = DayShift.None, DownPaymentPpm = 0, OpeningInterestMinor = 0, Fee = default,
            MultipleMinor = Math.Min(terms.MultipleMinor, left),
            PrincipalGraceRows = Math.Max(0, terms.PrincipalGraceRows - Math.Max(0, paid - down)),
            InterestFreeRows = Math.Max(0, terms.InterestFreeRows - Math.Max(0, paid - down)),
        };
        var money = Money.Of(left, schedule.Currency);
        return choice == EarlyChoice.LowerRows || IsAtEnd(terms)
            ? RepaymentSchedule.Of(rest, money, on)
            : Fewer(rest, money, schedule, paid, on);
    }

    private static bool IsAtEnd(ScheduleTerms terms) => terms.Method is ScheduleMethod.InterestFirst or ScheduleMethod.Bullet;

    /// <summary>As few rows as pay the rest when none asks for more than before.</summary>
    private static ScheduleAnswer Fewer(ScheduleTerms rest, Money left, Scheduled schedule, int paid, DateOnly on)
    {
        var most = schedule.Rows[Math.Min(paid + rest.PrincipalGraceRows, schedule.Rows.Count - 1)];
        for (var count = rest.PrincipalGraceRows + 1; count < rest.Count; count++)
        {
            var shorter = rest with { Count = count, DueDates = ValueList.From(rest.DueDates.Take(count)) };
            shorter = rest.Method == ScheduleMethod.EqualInstalment
                ? shorter with { InstalmentMinor = most.PrincipalMinor + most.InterestMinor }
                : shorter;
            if (RepaymentSchedule.Of(shorter, left, on) is Scheduled made && IsNoMore(made.Rows, most, rest))
            {
                return made;
            }
        }

        return RepaymentSchedule.Of(rest, left, on);
    }

    private static bool IsNoMore(ValueList<ScheduleRow> rows, ScheduleRow most, ScheduleTerms terms) =>
        terms.Method == ScheduleMethod.EqualInstalment
            ? rows[^1].TotalMinor <= most.PrincipalMinor + most.InterestMinor
            : rows[^1].PrincipalMinor <= most.PrincipalMinor;

    private static ValueList<ScheduleRow> WithFees(ValueList<ScheduleRow> rows, ReadOnlySpan<ScheduleRow> before, int paid)
    {
        var result = new ScheduleRow[rows.Count];
        for (var k = 0; k < result.Length; k++)
        {
            result[k] = rows[k] with { Number = paid + k + 1, FeeMinor = before[k].FeeMinor };
        }

        return new ValueList<ScheduleRow>(result);
    }
}
