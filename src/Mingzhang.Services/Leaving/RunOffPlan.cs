using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Leaving;

/// <summary>A day on the way to a closed account, and what has to be paid on it.</summary>
/// <param name="On">The day: the due day, or today for what is late.</param>
/// <param name="Amount">To pay, to the minor unit; the sum of the three parts.</param>
/// <param name="Principal">Of it principal.</param>
/// <param name="Interest">Interest.</param>
/// <param name="Charges">Overdue charges and fees.</param>
/// <param name="Loans">Loans and plans it pays; a bill adds none.</param>
/// <param name="IsLate">Whether it was due before.</param>
public sealed record RunOffDue(
    DateOnly On, Money Amount, Money Principal, Money Interest, Money Charges, IReadOnlyList<string> Loans, bool IsLate);

/// <summary>
/// The calendar of "stop use now, close when settled": the account itself run ahead with every amount paid on its due day. No arithmetic of
/// its own: what is owed on a day is what the account owes on that day.
/// </summary>
/// <param name="Dues">Earliest first.</param>
/// <param name="ClosesOn">The day it can be closed; null when something else than time and payments has to end first.</param>
public sealed record RunOffPlan(IReadOnlyList<RunOffDue> Dues, DateOnly? ClosesOn)
{
    private const int MostDays = 6 * 366;
    private const int MostTurns = 4_000;

    /// <summary>Everything that will be paid.</summary>
    public Money Total(Currency currency) => Dues.Aggregate(Money.Zero(currency), (sum, due) => sum + due.Amount);

    /// <summary>The plan of an account from today on.</summary>
    public static RunOffPlan Of(AccountView view)
    {
        var (state, dues, on) = (Begin(view), new List<RunOffDue>(), view.Today);
        for (var turn = 0; turn < MostTurns && on <= view.Today.AddDays(MostDays); turn++)
        {
            if (state.Lifecycle is Closed || IsDone(state, view.Terms, on))
            {
                return new RunOffPlan(dues, on);
            }

            if (DueOf(state, on) is { IsPositive: true } due)
            {
                if (Pay(state, view.Terms, on, due, turn) is not { } paid)
                {
                    break;
                }

                Add(dues, state, paid, on, view.Today);
                state = paid.After;
                continue;
            }

            on = Next(state, on);
            if (on == DateOnly.MaxValue)
            {
                break;
            }

            state = Explainer.RunAhead(state, view.Terms, on).State;
        }

        return new RunOffPlan(dues, null);
    }

    /// <summary>The account as it is once closing is asked for and confirmed, where its product runs off in the ledger.</summary>
    private static AccountState Begin(AccountView view)
    {
        var state = view.State;
        if (state.Lifecycle is Active && view.Terms.Closing.WithDebt == CloseWithDebt.RunOff)
        {
            state = Do(state, view, new RequestClosing(ClosingMode.RunOff, view.Terms.Closing.NoticeVersion, "preview")
            {
                EffectiveOn = view.Today,
            });
        }

        return state.Lifecycle is ClosingDown { ConfirmedOn: null }
            ? Do(state, view, new ConfirmClosing(true, true) { EffectiveOn = view.Today }) : state;
    }

    private static AccountState Do(AccountState state, AccountView view, AccountCommand command)
    {
        var trace = default(NoTrace);
        return AccountDecider.Decide(state, command, view.Terms, view.Today, ref trace) is Accepted accepted ? accepted.After : state;
    }

    private static bool IsDone(AccountState state, ProductTerms terms, DateOnly on) =>
        state.Lifecycle is Active
        && !Explainer.Closing(state, terms, on).Any(one => one.Blocks && one.Code != BlockerCode.LinkedService);

    private static Money DueOf(AccountState state, DateOnly on) => state.Items.Sum(
        state.Currency, item => IsDue(item, on) ? item.Unpaid : Money.Zero(state.Currency));

    private static bool IsDue(DueItem item, DateOnly on) =>
        item is { Disputed: false, Scheduled: false, DueOn: { } due } && due <= on && item.Unpaid.IsPositive;

    private static Accepted? Pay(AccountState state, ProductTerms terms, DateOnly on, Money amount, int turn)
    {
        var trace = default(NoTrace);
        var command = new ReceiveRepayment($"run-off-{turn}", [new RepaymentSource("preview", amount)], null, Actor.Borrower)
        {
            EffectiveOn = on,
        };
        return AccountDecider.Decide(state, command, terms, on, ref trace) as Accepted;
    }

    private static void Add(List<RunOffDue> dues, AccountState before, Accepted paid, DateOnly on, DateOnly today)
    {
        var allocations = paid.Events.OfType<RepaymentReceived>().Single().Allocations;
        var loans = before.Items.Where(item => IsDue(item, on) && item.LoanId is not null).Map(item => item.LoanId!).Distinct().ToList();
        Money Of(Func<Component, bool> kind) => allocations.Sum(
            before.Currency, one => kind(one.Component) ? one.Amount : Money.Zero(before.Currency));
        var due = new RunOffDue(
            on, Of(_ => true), Of(one => one == Component.Principal), Of(one => one == Component.Interest),
            Of(one => one is Component.OverdueCharge or Component.Fee), loans, on == today && before.Items.Any(
                item => IsDue(item, on.AddDays(-1))));
        if (dues.Count > 0 && dues[^1].On == on)
        {
            var last = dues[^1];
            dues[^1] = new RunOffDue(
                on, last.Amount + due.Amount, last.Principal + due.Principal, last.Interest + due.Interest, last.Charges + due.Charges,
                [.. last.Loans.Union(due.Loans)], last.IsLate || due.IsLate);
            return;
        }

        dues.Add(due);
    }

    private static DateOnly Next(AccountState state, DateOnly on)
    {
        var next = state.NextDate;
        foreach (var item in state.Items.AsSpan())
        {
            if (item is { Disputed: false, Scheduled: false, DueOn: { } due } && item.Unpaid.IsPositive && due > on && due < next)
            {
                next = due;
            }
        }

        return next;
    }
}
