namespace Mingzhang.Domain.Schedules;

/// <summary>Everything a repayment schedule follows from, besides the amount and the day it is paid out.</summary>
/// <remarks>
/// What has a default may be left out: monthly rows, no price, half-up rounding, the remainder in the last row.
/// <see cref="RepaymentSchedule"/> refuses terms that cannot be; nothing here throws.
/// </remarks>
public sealed record ScheduleTerms
{
    /// <summary>The most rows a schedule has: fifty years of months.</summary>
    public const int MostRows = 600;

    /// <summary>How the principal comes back.</summary>
    public required ScheduleMethod Method { get; init; }

    /// <summary>How many rows, without the down payment; 1 to <see cref="MostRows"/>. <see cref="ScheduleMethod.Bullet"/> has 1.</summary>
    public required int Count { get; init; }

    /// <summary>From one due day to the next.</summary>
    public SchedulePeriod Period { get; init; } = SchedulePeriod.Monthly;

    /// <summary>The first due day when it is not one period after paying out: a longer or shorter first period, or none at all when the
    /// first row is paid on the day of paying out.</summary>
    public DateOnly? FirstDueOn { get; init; }

    /// <summary>The last due day when the rhythm would end elsewhere: a longer or shorter last period.</summary>
    public DateOnly? LastDueOn { get; init; }

    /// <summary>All due days, rising; then <see cref="Period"/> only says how long a whole period nominally is.</summary>
    public ValueList<DateOnly> DueDates { get; init; }

    /// <summary>True: several of <see cref="DueDates"/> may be one day, as after an agreement was called off.</summary>
    public bool SharedDueDates { get; init; }

    /// <summary>The day the first period begins when that is before paying out; interest still begins with paying out.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>Short months.</summary>
    public MonthEnd MonthEnd { get; init; }

    /// <summary>Days off.</summary>
    public DayShift Shift { get; init; }

    /// <summary>True: a shifted due day does not change the interest, which runs to the planned day.</summary>
    public bool InterestToPlannedDay { get; init; }

    /// <summary>The price of the principal that is left.</summary>
    public ScheduleRate Rate { get; init; }

    /// <summary>The price the equal instalment is worked out with where it is not <see cref="Rate"/>: 12 % / 365 × 30 a month.</summary>
    public ScheduleRate? InstalmentRate { get; init; }

    /// <summary>True: the equal instalment is worked out as if every period were whole, also one in which money is paid out.</summary>
    public bool InstalmentByWholePeriods { get; init; }

    /// <summary>The equal instalment when the contract states it, in minor units; otherwise it is worked out.</summary>
    public long? InstalmentMinor { get; init; }

    /// <summary>How interest, instalments and fees become whole minor units.</summary>
    public Rounding Rounding { get; init; } = Rounding.HalfUp;

    /// <summary>How equal parts of a principal or a fee become whole minor units before the remainder is placed.</summary>
    public Rounding PartRounding { get; init; } = Rounding.Down;

    /// <summary>Instalments are whole multiples of this many minor units; 100 rounds to whole yuan. 1 or more.</summary>
    public long MultipleMinor { get; init; } = 1;

    /// <summary>True: the equal instalment is moved by a few units when that makes the last row differ less.</summary>
    public bool Smooth { get; init; }

    /// <summary>Who takes what equal parts leave over.</summary>
    public Remainder Remainder { get; init; }

    /// <summary>So many first rows pay no principal.</summary>
    public int PrincipalGraceRows { get; init; }

    /// <summary>So many first rows pay no interest; it grows, without compounding, and the first row after them pays it.</summary>
    public int InterestGraceRows { get; init; }

    /// <summary>Interest that had grown before the first day, in minor units; the first row that pays interest asks for it.</summary>
    public long OpeningInterestMinor { get; init; }

    /// <summary>So many first rows cost no interest at all.</summary>
    public int InterestFreeRows { get; init; }

    /// <summary>The part of the amount that is paid back on the day of paying out, in parts per million; 250,000 is 25 %.</summary>
    public long DownPaymentPpm { get; init; }

    /// <summary>A fee on the first principal.</summary>
    public FlatFee Fee { get; init; }

    /// <summary>The principal of each row for <see cref="ScheduleMethod.PrincipalByRow"/>, in minor units; sums to the principal.</summary>
    public ValueList<long> PrincipalByRowMinor { get; init; }
}
