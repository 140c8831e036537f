using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Progress.Spend;

namespace Mingzhang.Services.Progress.State;

/// <summary>How progress management was closed.</summary>
public enum ClosingRoute
{
    /// <summary>By the customer.</summary>
    Self,

    /// <summary>By an agent for a caller whose identity was checked.</summary>
    Agent,

    /// <summary>By the customer's own rule, when nothing was owed any more.</summary>
    Automatic,
}

/// <summary>What became of the time in which it was closed.</summary>
public enum GapChoice
{
    /// <summary>It is still closed.</summary>
    Lasts,

    /// <summary>Filled in from the journal.</summary>
    Filled,

    /// <summary>Left out, and shown as a gap.</summary>
    Marked,
}

/// <summary>One time that progress management of an account was closed.</summary>
public sealed record ProgressClosure
{
    /// <summary>Whose.</summary>
    public required AccountId Account { get; init; }

    /// <summary>1, 2, 3 … of the account.</summary>
    public int Number { get; init; }

    /// <summary>By which route.</summary>
    public ClosingRoute Route { get; init; }

    /// <summary>Who did it, for audit.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Version of the text that was shown before it.</summary>
    public string Notice { get; init; } = "";

    /// <summary>Version of the service agreement in force.</summary>
    public string Agreement { get; init; } = "";

    /// <summary>Business day of closing.</summary>
    public DateOnly ClosedOn { get; init; }

    /// <summary>Microseconds since 1970 UTC.</summary>
    public long ClosedAt { get; init; }

    /// <summary>Journal sequence that the analysis stands at.</summary>
    public long Sequence { get; init; }

    /// <summary>Sources of automatic repayment that were suspended, in their order; empty = it was off.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Whether automatic repayment was suspended in the ledger, or there was none.</summary>
    public bool Suspended { get; init; }

    /// <summary>Business day of reopening; null = still closed.</summary>
    public DateOnly? ReopenedOn { get; init; }

    /// <summary>Journal sequence at reopening.</summary>
    public long ReopenedSequence { get; init; }

    /// <summary>What became of the time between.</summary>
    public GapChoice Gap { get; init; }

    /// <summary>Whether it lasts.</summary>
    public bool Lasts => ReopenedOn is null;

    /// <summary>What the analysis leaves out because of it; null = nothing.</summary>
    public SpendGap? Hidden => Gap switch
    {
        GapChoice.Lasts => new SpendGap(Sequence, ClosedOn, long.MaxValue, DateOnly.MaxValue),
        GapChoice.Marked => new SpendGap(Sequence, ClosedOn, ReopenedSequence, ReopenedOn!.Value),
        GapChoice.Filled => null,
        _ => throw new InvalidOperationException("A fourth choice about the gap."),
    };

    /// <summary>
    /// Days closed without a break up to a day; the day of closing is day 0. From day 181 on the account is flagged (R026).
    /// </summary>
    public int DaysOn(DateOnly day) => (ReopenedOn ?? day).DayNumber - ClosedOn.DayNumber;
}

/// <summary>Progress management of an account.</summary>
/// <param name="Closures">All times it was closed, oldest first.</param>
/// <param name="ClosesItself">The customer's own rule: close when nothing is owed any more.</param>
/// <param name="BookDays">Days before a due day on which the bookkeeping reminds; 0 = it does not.</param>
public sealed record ProgressStanding(IReadOnlyList<ProgressClosure> Closures, bool ClosesItself, int BookDays)
{
    /// <summary>The closure that lasts, or null.</summary>
    public ProgressClosure? Current => Closures is [.., { Lasts: true } last] ? last : null;

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => Current is null;

    /// <summary>What the analysis leaves out.</summary>
    public IReadOnlyList<SpendGap> Gaps => [.. Closures.Select(one => one.Hidden).OfType<SpendGap>()];
}

/// <summary>An agreement that has to end before progress management can be closed.</summary>
/// <param name="Kind">instalment or deferral.</param>
/// <param name="Id">The plan's or agreement's id.</param>
/// <param name="Unpaid">What is owed of it.</param>
public sealed record ProgressBlocker(string Kind, string Id, Money Unpaid)
{
    /// <summary>Every agreement that runs: instalment plans, and help with repayment that was agreed.</summary>
    /// <param name="state">The account today.</param>
    public static IReadOnlyList<ProgressBlocker> Of(AccountState state)
    {
        var plans = state.Loans.Where(loan => loan.Kind != LoanKind.Cash).ToList();
        return
        [
            .. plans.Select(plan => new ProgressBlocker("instalment", plan.Id, UnpaidOf(state, plan.Id))),
            .. state.Reliefs.Where(relief => relief.IsActive && plans.TrueForAll(plan => plan.Id != relief.DebtId))
                .Select(relief => new ProgressBlocker(
                    "deferral", relief.Id, relief.DebtId is { } debt ? UnpaidOf(state, debt)
                        : state.Items.Sum(state.Currency, item => relief.MovedItems.Any(id => id == item.Id) ? item.Unpaid : None(state)))),
        ];
    }

    private static Money UnpaidOf(AccountState state, string loan) =>
        state.Items.Sum(state.Currency, item => item.LoanId == loan ? item.Unpaid : None(state));

    private static Money None(AccountState state) => Money.Zero(state.Currency);
}
