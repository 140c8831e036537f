namespace Mingzhang.Domain.Schedules;

/// <summary>A row while a loan's facts are folded; never leaves the fold.</summary>
internal sealed class BookRow(BookRowKind kind, DateOnly fromOn, DateOnly dueOn, PeriodSpan whole = default)
{
    private readonly long[] _due = new long[4];
    private readonly long[] _paid = new long[4];
    private long _plannedFee;

    public BookRowKind Kind => kind;

    public DateOnly FromOn => fromOn;

    public DateOnly DueOn { get; set; } = dueOn;

    /// <summary>The regular period the row's days are measured against.</summary>
    public PeriodSpan Whole => whole;

    /// <summary>The instalment planned: interest and principal together.</summary>
    public long Instalment { get; set; }

    /// <summary>Principal paid before its due day that already lowers what bears interest.</summary>
    public long Early { get; set; }

    /// <summary>Up to this day overdue principal has been given its interest.</summary>
    public DateOnly OverdueTo { get; set; } = dueOn;

    /// <summary>What bears interest when the period begins, before the changes of that day.</summary>
    public long Opening { get; set; }

    /// <summary>Interest of earlier periods that this row asks for.</summary>
    public long Carried { get; set; }

    /// <summary>What bears interest after the due day.</summary>
    public long Bearing { get; set; }

    public long this[BookComponent part]
    {
        get => _due[(int)part];
        set => _due[(int)part] = value;
    }

    public long Unpaid(BookComponent part) => _due[(int)part] - _paid[(int)part];

    public long Paid(BookComponent part) => _paid[(int)part];

    public void Pay(BookComponent part, long amount) => _paid[(int)part] = checked(_paid[(int)part] + amount);

    /// <summary>The fee of the schedule; charges come on top.</summary>
    public void PlannedFee(long fee)
    {
        this[BookComponent.Fee] += fee - _plannedFee;
        _plannedFee = fee;
    }

    /// <summary>More fee of the schedule, for money paid out later.</summary>
    public void AddFee(long fee) => PlannedFee(_plannedFee + fee);

    /// <summary>True when principal and interest of the instalment are covered.</summary>
    public bool IsCovered => Paid(BookComponent.Principal) + Paid(BookComponent.Interest) >= Instalment;

    public LoanBookRow Shown(int number, long remaining) => new(number, kind, fromOn, DueOn)
    {
        Due = Amounts(_due), Paid = Amounts(_paid), RemainingMinor = remaining, BearingMinor = Bearing,
    };

    private static BookAmounts Amounts(long[] parts) => new(parts[0], parts[1], parts[2], parts[3]);
}
