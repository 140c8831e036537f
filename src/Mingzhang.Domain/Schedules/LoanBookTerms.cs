namespace Mingzhang.Domain.Schedules;

/// <summary>Which row money goes to that arrives when nothing is due.</summary>
public enum AheadRule
{
    /// <summary>The next row, then the one after it.</summary>
    NextRow,

    /// <summary>The last row, then the one before it.</summary>
    LastRow,

    /// <summary>All later rows in equal parts; the last takes what is left over.</summary>
    EvenlyOverRows,
}

/// <summary>In which order money goes through rows and parts.</summary>
public enum AllocationSweep
{
    /// <summary>All parts of one row, then the next row.</summary>
    RowByRow,

    /// <summary>One part of all rows, then the next part.</summary>
    PartByPart,
}

/// <summary>Whether early and late money changes the interest of the schedule.</summary>
public enum Recalculation
{
    /// <summary>The interest stays as planned.</summary>
    None,

    /// <summary>Interest counts on what is really owed; overdue principal bears it to the day that is processed.</summary>
    Daily,

    /// <summary>As <see cref="Daily"/>, but overdue principal bears it to the end of the current period.</summary>
    ToPeriodEnd,
}

/// <summary>How far interest is asked for when a row is paid ahead.</summary>
public enum EarlyInterest
{
    /// <summary>To the day of the payment.</summary>
    ToPaymentDay,

    /// <summary>To the end of the current period.</summary>
    ToPeriodEnd,
}

/// <summary>How a further payment out changes the rows.</summary>
public enum LaterSpread
{
    /// <summary>The rows not yet due share what is left, with a new instalment.</summary>
    OverRemainingRows,

    /// <summary>Every row asks for its share of all that is paid out by its due day; the last row takes the rest.</summary>
    ByShareOfTotal,
}

/// <summary>What a kind of payment does ahead of a due day.</summary>
public readonly record struct KindAhead(PaymentKind Kind, AheadRule Rule);

/// <summary>The terms of a loan over its life: its schedule, and what payments do to it.</summary>
public sealed record LoanBookTerms
{
    /// <summary>The schedule.</summary>
    public required ScheduleTerms Schedule { get; init; }

    /// <summary>Early and late money.</summary>
    public Recalculation Recalculation { get; init; }

    /// <summary>Interest of a row paid ahead; only with recalculation.</summary>
    public EarlyInterest EarlyInterest { get; init; }

    /// <summary>True: each stretch of a period is rounded; false: the period's interest once.</summary>
    public bool RoundEachStretch { get; init; }

    /// <summary>The parts of a row in the order they are paid. Law by default: charges, interest, principal (民法典 561).</summary>
    public ValueList<BookComponent> Order { get; init; } =
        [BookComponent.Penalty, BookComponent.Fee, BookComponent.Interest, BookComponent.Principal];

    /// <summary>Rows and parts.</summary>
    public AllocationSweep Sweep { get; init; }

    /// <summary>Money ahead of due days.</summary>
    public AheadRule Ahead { get; init; }

    /// <summary>Kinds of payment that differ from <see cref="Ahead"/>.</summary>
    public ValueList<KindAhead> AheadByKind { get; init; }

    /// <summary>Further payments out.</summary>
    public LaterSpread LaterSpread { get; init; }

    internal AheadRule AheadOf(PaymentKind kind)
    {
        foreach (var own in AheadByKind.AsSpan())
        {
            if (own.Kind == kind)
            {
                return own.Rule;
            }
        }

        return Ahead;
    }
}
