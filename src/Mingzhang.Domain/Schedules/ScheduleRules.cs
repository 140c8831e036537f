namespace Mingzhang.Domain.Schedules;

/// <summary>What terms must keep to make a schedule. The first rule that is broken is told.</summary>
internal static class ScheduleRules
{
    /// <summary>The largest amount in minor units: ten trillion yuan.</summary>
    public const long MostMinor = 1_000_000_000_000_000;

    private const int MostLength = 3660;
    private const int MostPeriodDays = 40_000;
    private const long Million = 1_000_000;
    private const int FirstYear = 1900;
    /// <summary>The last year of the calendar used here.</summary>
    public const int LastYear = 2999;


    /// <summary>The broken rule of terms, amount and day, or null.</summary>
    public static ScheduleRefused? Check(ScheduleTerms terms, Money principal, DateOnly disbursedOn) =>
        principal.Currency.IsNone || principal.MinorUnits is <= 0 or > MostMinor ? Refuse(ScheduleFault.Amount, "Principal")
            : Shape(terms) ?? Days(terms, disbursedOn) ?? Amounts(terms, principal.MinorUnits);

    private static ScheduleRefused? Shape(ScheduleTerms terms) =>
        terms.Count is < 1 or > ScheduleTerms.MostRows || (terms.Method == ScheduleMethod.Bullet && terms.Count != 1)
            ? Refuse(ScheduleFault.Rows, nameof(terms.Count))
        : terms.DueDates.Count != 0 && terms.DueDates.Count != terms.Count ? Refuse(ScheduleFault.Rows, nameof(terms.DueDates))
        : !IsPeriod(terms.Period) ? Refuse(ScheduleFault.Period, nameof(terms.Period))
        : !IsRate(terms.Rate) ? Refuse(ScheduleFault.Rate, nameof(terms.Rate))
        : terms.InstalmentRate is { } other && !IsRate(other) ? Refuse(ScheduleFault.Rate, nameof(terms.InstalmentRate))
        : terms.Fee.Ppm is < 0 or > ScheduleRate.MostPpm ? Refuse(ScheduleFault.Rate, nameof(terms.Fee))
        : !IsGrace(terms.PrincipalGraceRows, terms.Count) ? Refuse(ScheduleFault.Grace, nameof(terms.PrincipalGraceRows))
        : !IsGrace(terms.InterestGraceRows, terms.Count) ? Refuse(ScheduleFault.Grace, nameof(terms.InterestGraceRows))
        : terms.InterestFreeRows < 0 ? Refuse(ScheduleFault.Grace, nameof(terms.InterestFreeRows))
        : null;

    private static ScheduleRefused? Days(ScheduleTerms terms, DateOnly disbursedOn)
    {
        var anchor = terms.FirstDueOn ?? terms.StartsOn ?? disbursedOn;
        return !IsDay(disbursedOn) ? Refuse(ScheduleFault.DayRange, "DisbursedOn")
            : terms.StartsOn is { } starts && (!IsDay(starts) || starts > disbursedOn)
                ? Refuse(ScheduleFault.DayOrder, nameof(terms.StartsOn))
            : !IsDay(anchor) ? Refuse(ScheduleFault.DayRange, nameof(terms.FirstDueOn))
            : terms.LastDueOn is { } last && !IsDay(last) ? Refuse(ScheduleFault.DayRange, nameof(terms.LastDueOn))
            : terms.DueDates.Count == 0 && !ReachesNoFurther(terms, anchor) ? Refuse(ScheduleFault.DayRange, nameof(terms.Count))
            : terms.DueDates.Any(day => !IsDay(day)) ? Refuse(ScheduleFault.DayRange, nameof(terms.DueDates))
            : null;
    }

    private static ScheduleRefused? Amounts(ScheduleTerms terms, long principal) =>
        terms.MultipleMinor < 1 || terms.MultipleMinor > principal ? Refuse(ScheduleFault.Multiple, nameof(terms.MultipleMinor))
        : terms.DownPaymentPpm is < 0 or >= Million ? Refuse(ScheduleFault.DownPayment, nameof(terms.DownPaymentPpm))
        : terms.OpeningInterestMinor is < 0 or > MostMinor ? Refuse(ScheduleFault.Amount, nameof(terms.OpeningInterestMinor))
        : terms.InstalmentMinor is <= 0 or > MostMinor ? Refuse(ScheduleFault.Instalment, nameof(terms.InstalmentMinor))
        : terms.Method == ScheduleMethod.PrincipalByRow ? ByRow(terms)
        : null;

    private static ScheduleRefused? ByRow(ScheduleTerms terms) =>
        terms.PrincipalByRowMinor.Count != terms.Count || terms.PrincipalByRowMinor.Any(part => part is < 0 or > MostMinor)
            ? Refuse(ScheduleFault.PrincipalRows, nameof(terms.PrincipalByRowMinor))
            : null;

    /// <summary>The first row whose due day is not after its first day, or null.</summary>
    public static ScheduleRefused? Order(ScheduleTerms terms, DateOnly disbursedOn, ReadOnlySpan<ScheduleRow> rows)
    {
        if (rows[0].DueOn < disbursedOn)
        {
            return Refuse(ScheduleFault.DayOrder, terms.DueDates.Count > 0 ? nameof(terms.DueDates) : nameof(terms.FirstDueOn));
        }

        foreach (ref readonly var row in rows)
        {
            var isAtOnce = row.Number == 1 && row.DueOn == disbursedOn && rows.Length > 1;
            var isShared = row.Number > 1 && row.DueOn == row.FromOn && terms.SharedDueDates;
            if (row.DueOn <= row.FromOn && !isAtOnce && !isShared)
            {
                return Refuse(ScheduleFault.DayOrder, terms.DueDates.Count > 0 ? nameof(terms.DueDates) : nameof(terms.LastDueOn));
            }
        }

        return null;
    }

    /// <summary>Refuses a price whose interest over the whole term could leave the range of amounts.</summary>
    public static ScheduleRefused? Bounded(ScheduleTerms terms, long principalMinor, DateOnly disbursedOn, DateOnly lastOn)
    {
        var days = Math.Max(lastOn.DayNumber - disbursedOn.DayNumber, terms.Period.NominalDays(31) * terms.Count);
        var perDay = terms.Rate.Year == YearRule.None ? Million : Million * 360;
        Int128 most = long.MaxValue / 4;
        var isDear = (Int128)principalMinor * (terms.Rate.Ppm * days) > most * perDay;
        var isFeeDear = terms.Fee.Ppm > 0 && (Int128)principalMinor * (terms.Fee.Ppm * terms.Count) > most * Million;
        return isDear ? Refuse(ScheduleFault.Rate, nameof(terms.Rate))
            : isFeeDear ? Refuse(ScheduleFault.Rate, nameof(terms.Fee))
            : null;
    }

    private static ScheduleRefused Refuse(ScheduleFault fault, string field) => new(fault, field);

    private static bool IsRate(ScheduleRate rate) =>
        rate.Ppm is >= 0 and <= ScheduleRate.MostPpm && (rate.Days != DayRule.ThirtyEuropean || rate.Year == YearRule.Days360);

    private static bool IsPeriod(SchedulePeriod period) =>
        period.Length is >= 1 and <= MostLength && period.NominalDays(31) <= MostPeriodDays;

    private static bool IsGrace(int rows, int count) => rows >= 0 && rows < count;

    private static bool IsDay(DateOnly day) => day.Year is >= FirstYear and <= LastYear;

    private static bool ReachesNoFurther(ScheduleTerms terms, DateOnly anchor) =>
        anchor.DayNumber + ((long)terms.Period.NominalDays(31) * terms.Count) <= new DateOnly(LastYear, 12, 31).DayNumber;
}
