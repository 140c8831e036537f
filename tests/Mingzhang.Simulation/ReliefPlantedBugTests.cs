namespace Mingzhang.Simulation;

/// <summary>Faults in relief, put on purpose between the core and the comparison: each must be caught.</summary>
public sealed class ReliefPlantedBugTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, (Line Line, Func<ValueList<AccountEvent>, AccountState, AccountState> Change)> All = new()
    {
        ["a deferral moves a day too far"] = (ReliefLines.Cash, (events, after) => Deferred(events)
            ? Rows(after, r => r with { DueOn = r.DueOn.AddDays(1) }) : after),
        ["a deferral stops the interest"] = (ReliefLines.Cash, (events, after) => Deferred(events)
            ? after with { Loans = after.Loans.Map(l => l with { Interest = default }) } : after),
        ["carried charges are forgotten"] = (ReliefLines.Cash, (events, after) => events.Any(e => e is DebtReplanned)
            ? after with { Items = after.Items.Where(i => !i.Scheduled || i.IsPrincipal) } : after),
        ["the way back keeps the agreed price"] = (ReliefLines.Cash, (events, after) => Ended(events)
            ? after with { Loans = after.Loans.Map(l => l with { Rate = Rate.PerDay(100) }) } : after),
        ["a broken agreement goes on"] = (ReliefLines.Cash, (events, after) => Ended(events)
            ? Rows(after, r => r with { DueOn = r.DueOn.AddMonths(1) }) : after),
        ["use is not stopped by a new plan"] = (ReliefLines.Cash, (events, after) => events.Any(e => e is ReliefStarted)
            ? after with { Restrictions = after.Restrictions.Where(r => r.Reason != RestrictionReason.ReliefRuns) } : after),
        ["a waiver leaves a fen"] = (ReliefLines.Fees, (events, after) => events.Any(e => e is DebtWaived)
            ? after with { CreditBalance = after.CreditBalance + Sample.Fen(1) } : after),
        ["fixed charges are spread a fen high"] = (ReliefLines.Fees, (events, after) => events.Any(e => e is DebtReplanned)
            ? Rows(after, r => r with { Charge = r.Charge + Sample.Fen(1) }) : after),
        ["a moved bill still asks"] = (ReliefLines.Bills, (events, after) => events.Any(e => e is BillsMoved)
            ? after with { Bills = after.Bills.Map(b => b with { Minimum = b.Minimum + b.PaidSince + Sample.Fen(1) }) } : after),
        ["re-aged principal bears nothing"] = (ReliefLines.Bills, (events, after) => events.Any(e => e is BillsMoved { Revolves: true })
            ? after with { Items = after.Items.Map(i => i with { Bearing = Bearing.None }) } : after),
        ["a plan of bills loses a fen"] = (ReliefLines.Daily, (events, after) => events.Any(e => e is DebtReplanned)
            ? Rows(after, r => r with { Principal = r.Principal - Sample.Fen(1) }) : after),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_oracle_catches(string name)
    {
        (Line line, Func<ValueList<AccountEvent>, AccountState, AccountState> change) = All[name];
        for (int seed = 1; seed <= 80; seed++)
        {
            Script script = Generator.Make(seed, null, line);
            if (script.Difference(new StateBug(change)) is { } difference)
            {
                output.WriteLine($"caught by seed {seed} of {line.Name}: {difference.Split('\n')[0]}");
                Assert.Null(script.Difference());
                return;
            }
        }

        Assert.Fail($"80 histories and nobody noticed that {name}.");
    }

    [Theory]
    [InlineData("relief-cash-capped")]
    [InlineData("relief-fees-capped")]
    [InlineData("relief-bills-capped")]
    public void A_model_that_forgets_the_cap_of_agreements_differs(string name)
    {
        Line line = LendingLines.Named(name);
        Line blind = line with { Naive = line.Naive with { Relief = line.Naive.Relief! with { CapPpm = 1_000_000_000 } } };
        Assert.Contains(Enumerable.Range(1, 120), seed => !Generator.Compare(seed, null, blind).Equal);
    }

    [Fact]
    public void A_disputed_plan_that_goes_on_charging_is_caught()
    {
        StateBug asks = new((events, after) => events.Any(e => e is InstalmentDue { DisputeId: not null })
            ? after with { Items = after.Items.Map(i => i.Component == Component.Interest ? i with { Disputed = false } : i) } : after);
        Assert.Contains(Enumerable.Range(1, 120), seed => Generator.Make(
            seed, h => h with { WildDisputes = true, Disputes = 12 }, LendingLines.Plans).Difference(asks) is not null);
    }

    private static bool Deferred(ValueList<AccountEvent> events) => events.Any(e => e is ReliefStarted s
        && s.Agreement.Plan is { Kind: ReliefKind.Deferral, LoanId: not null });

    private static bool Ended(ValueList<AccountEvent> events) => events.Any(e => e is DebtReplanned) && events.Any(e => e is ReliefEnded);

    private static AccountState Rows(AccountState state, Func<LoanRow, LoanRow> change) =>
        state with { Loans = state.Loans.Map(l => l with { Rows = l.Rows.Map(change) }) };

    private sealed class StateBug(Func<ValueList<AccountEvent>, AccountState, AccountState> change) : PlantedBug
    {
        public override Decision? OnDecision(AccountState before, AccountCommand command, Decision decision) =>
            decision is Accepted accepted ? accepted with { After = change(accepted.Events, accepted.After) } : null;
    }
}
