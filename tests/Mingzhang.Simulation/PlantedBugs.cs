namespace Mingzhang.Simulation;

/// <summary>The faults that the oracle comparison must find, each named after what a programmer might have got wrong.</summary>
public static class PlantedBugs
{
    public static readonly IReadOnlyDictionary<string, Func<PlantedBug>> All = new Dictionary<string, Func<PlantedBug>>
    {
        ["a posting is dropped"] = () => new DroppedPosting(),
        ["holds are ignored in the available limit"] = () => new IgnoredHolds(),
        ["a credit balance is forgotten"] = () => new StateBug((_, after) => after with { CreditBalance = Money.Zero(after.Currency) }),
        ["interest bears interest"] = () => new StateBug(InterestOnInterest),
        ["the minimum is rounded down"] = () => new StateBug(MinimumRoundedDown),
        ["the day of the repayment bears interest"] = () => new StateBug(PaymentDayCounts),
        ["the due day is one day late"] = () => new StateBug(DueDayLate),
        ["a temporary limit never ends"] = () => new StateBug((events, after) =>
            events.OfType<TemporaryLimitExpired>().Aggregate(after, (s, e) => s with { TemporaryLimits = s.TemporaryLimits.Add(e.Limit
                with { Until = DateOnly.MaxValue }) })),
        ["an issued statement is edited"] = () => new StateBug(EditedStatement),
        ["an overdue account may spend"] = () => new StateBug((events, after) =>
            events.Any(e => e is BillOverdue) ? after with { Restrictions = default } : after),
        ["a refund is acknowledged and lost"] = () => new LostRefund(),
        ["accrual is cut at every statement"] = () => new StateBug((events, after) =>
            events.Any(e => e is StatementIssued) ? after with { RevolvingAccrual = default, OverdueAccrual = default } : after),
        ["disputed debt keeps accruing"] = () => new StateBug((events, after) => events.Any(e => e is DisputeOpened)
            ? after with { Items = after.Items.Map(i => i with { Disputed = false }) } : after),
    };

    private static AccountState InterestOnInterest(ValueList<AccountEvent> events, AccountState after) =>
        events.OfType<InterestPosted>().Aggregate(
            after, (s, e) => s with { RevolvingAccrual = s.RevolvingAccrual.Plus(e.Amount, s.Terms.Revolving, 1) });

    private static AccountState PaymentDayCounts(ValueList<AccountEvent> events, AccountState after) =>
        events.OfType<RepaymentReceived>().Aggregate(
            after, (s, e) => s with { RevolvingAccrual = s.RevolvingAccrual.Plus(e.LimitReturned, s.Terms.Revolving, 1) });

    private static AccountState MinimumRoundedDown(ValueList<AccountEvent> events, AccountState after) => Latest(events, after, bill =>
        bill.CyclableBilled.MinorUnits % 10 >= 5 ? bill with { Minimum = bill.Minimum - Money.Of(1, bill.Minimum.Currency) } : bill);

    private static AccountState DueDayLate(ValueList<AccountEvent> events, AccountState after) =>
        Latest(events, after, bill => bill with { DueOn = bill.DueOn.AddDays(1) });

    private static AccountState EditedStatement(ValueList<AccountEvent> events, AccountState after) =>
        events.Any(e => e is RefundReceived) && after.Bills.Count > 0
            ? after with { Bills = [.. after.Bills.Take(after.Bills.Count - 1), after.Bills[^1] with { Credits = after.Bills[^1].Debits }] }
            : after;

    private static AccountState Latest(ValueList<AccountEvent> events, AccountState after, Func<Bill, Bill> change) =>
        events.Any(e => e is StatementIssued)
            ? after with { Bills = [.. after.Bills.Take(after.Bills.Count - 1), change(after.Bills[^1])] }
            : after;

    private sealed class StateBug(Func<ValueList<AccountEvent>, AccountState, AccountState> change) : PlantedBug
    {
        public override Decision? OnDecision(AccountState before, AccountCommand command, Decision decision) =>
            decision is Accepted accepted ? accepted with { After = change(accepted.Events, accepted.After) } : null;
    }

    private sealed class DroppedPosting : PlantedBug
    {
        private int _entries;

        public override ValueList<Posting>? OnPostings(ValueList<Posting> postings) =>
            postings.Count > 0 && ++_entries == 7 ? [.. postings.Skip(1)] : null;
    }

    private sealed class IgnoredHolds : PlantedBug
    {
        public override Figures OnFigures(AccountState state, DateOnly day, Figures figures)
        {
            Money held = state.Purchases.Sum(state.Currency, p => p.Pool is null ? p.Held : Money.Zero(state.Currency));
            Money free = state.Available(day, null) + held;
            return new Figures(new Dictionary<string, string>(figures.Lines)
            {
                ["available"] = free.MinorUnits.ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
        }
    }

    private sealed class LostRefund : PlantedBug
    {
        public override Decision? OnDecision(AccountState before, AccountCommand command, Decision decision) =>
            decision is Accepted accepted && command is ReceiveRefund ? accepted with { After = before
                with { Version = accepted.After.Version } } : null;
    }
}
