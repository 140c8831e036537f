namespace Mingzhang.Simulation;

/// <summary>A fault in what only one kind of product does, put between the core and the comparison: each must be caught there.</summary>
public sealed class ProductPlantedBugTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, (string Line, Func<ValueList<AccountEvent>, AccountState, AccountState> Change)> All = new()
    {
        ["the posting day bears no interest"] = ("daily-interest", (events, after) =>
            events.OfType<PurchasePosted>().Aggregate(after, (s, e) => s with { RevolvingAccrual = Less(s.RevolvingAccrual, e.Amount) })),
        ["what rolled is due in full"] = ("daily-interest", (events, after) => events.Any(e => e is BillRolled)
            ? after with { Items = after.Items.Map(i => i with { Cyclable = false }) } : after),
        ["a row joins with a charge a fen high"] = ("plans", (events, after) => events.OfType<InstalmentDue>().Aggregate(after, (s, e) =>
            s with { Items = s.Items.Map(i => i.Id == e.ItemId ? i with { Amount = i.Amount + Sample.Fen(1) } : i) })),
        ["a plan forgets its last row"] = ("plans", (events, after) => events.Any(e => e is PlanStarted)
            ? Rows(after, rows => [.. rows.Take(rows.Count - 1)]) : after),
        ["a refund leaves the charges a fen high"] = ("plans-part", (events, after) =>
            events.Any(e => e is RefundReceived) && events.Any(e => e is LoanRescheduled)
                ? Rows(after, rows => rows.Map(r => r with { Charge = r.Charge + Sample.Fen(1) })) : after),
        ["a third draw in a month is paid out"] = ("reserve", (events, after) => events.Any(e => e is LoanDisbursed)
            ? after with { LoansInMonth = 0 } : after),
        ["a whole-only loan forgets its fee"] = ("cash-whole", (events, after) => events.Any(e => e is LoanDisbursed)
            ? Rows(after, rows => rows.Map(r => r with { Charge = Sample.Fen(0) })) : after),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_oracle_catches(string name)
    {
        (string product, Func<ValueList<AccountEvent>, AccountState, AccountState> change) = All[name];
        Line line = LendingLines.Named(product);
        for (int seed = 1; seed <= 60; seed++)
        {
            Script script = Generator.Make(seed, null, line);
            if (script.Difference(new StateBug(change)) is { } difference)
            {
                output.WriteLine($"caught by seed {seed} of {product}: {difference.Split('\n')[0]}");
                Assert.Null(script.Difference());
                return;
            }
        }

        Assert.Fail($"60 histories and nobody noticed that {name}.");
    }

    private static AccountState Rows(AccountState state, Func<ValueList<LoanRow>, ValueList<LoanRow>> change) =>
        state with { Loans = state.Loans.Map(l => l with { Rows = change(l.Rows) }) };

    private static Accrual Less(Accrual accrual, Money amount) =>
        new(accrual.Numerator - (amount.MinorUnits * 400), Math.Max(1_000_000, accrual.Denominator));

    private sealed class StateBug(Func<ValueList<AccountEvent>, AccountState, AccountState> change) : PlantedBug
    {
        public override Decision? OnDecision(AccountState before, AccountCommand command, Decision decision) =>
            decision is Accepted accepted ? accepted with { After = change(accepted.Events, accepted.After) } : null;
    }
}
