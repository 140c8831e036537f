namespace Mingzhang.Domain.Schedules;

/// <summary>The answer to asking for a schedule. Closed.</summary>
public /*closed*/ abstract record ScheduleAnswer
{
    private protected ScheduleAnswer()
    {
    }
}

/// <summary>The schedule.</summary>
/// <param name="Currency">The currency of all amounts.</param>
/// <param name="Rows">In the order of their due days; their principal sums to the amount.</param>
public sealed record Scheduled(Currency Currency, ValueList<ScheduleRow> Rows) : ScheduleAnswer
{
    /// <summary>All interest.</summary>
    public Money TotalInterest() => Sum(static row => row.InterestMinor);

    /// <summary>All fees.</summary>
    public Money TotalFee() => Sum(static row => row.FeeMinor);

    /// <summary>Everything that is paid back.</summary>
    public Money Total() => Sum(static row => row.TotalMinor);

    private Money Sum(Func<ScheduleRow, long> part)
    {
        var sum = 0L;
        foreach (ref readonly var row in Rows.AsSpan())
        {
            sum = checked(sum + part(row));
        }

        return Money.Of(sum, Currency);
    }
}

/// <summary>These terms make no schedule.</summary>
/// <param name="Fault">The stable reason.</param>
/// <param name="Field">The field of <see cref="ScheduleTerms"/>, or <c>Principal</c> or <c>DisbursedOn</c>.</param>
public sealed record ScheduleRefused(ScheduleFault Fault, string Field) : ScheduleAnswer
{
    /// <summary>What holds and what to do, in both languages.</summary>
    public ScheduleFaultText Text => ScheduleFaultText.Of(Fault);

    /// <summary>One line for a log or a terminal.</summary>
    public override string ToString() => $"{Field}: {Text.Rule}. {Text.Fix} / {Text.RuleZh}。{Text.FixZh}";
}
