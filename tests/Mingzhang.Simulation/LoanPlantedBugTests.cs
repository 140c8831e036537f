namespace Mingzhang.Simulation;

/// <summary>Faults in loans, put on purpose between the core and the comparison: each must be caught.</summary>
public sealed class LoanPlantedBugTests(ITestOutputHelper output)
{
    private static readonly Money Fen = Sample.Fen(1);

    private static readonly IReadOnlyDictionary<string, Func<ValueList<AccountEvent>, AccountState, AccountState>> All =
        new Dictionary<string, Func<ValueList<AccountEvent>, AccountState, AccountState>>
        {
            ["the penalty begins a day late"] = (events, after) => events.Any(e => e is LoanOverdue)
                ? Loans(after, l => l with { PrincipalPenalty = default }) : after,
            ["due principal keeps bearing interest"] = (events, after) => events.OfType<InstalmentDue>().Aggregate(after, (s, e) =>
                One(s, e.LoanId, l => l with { Interest = l.Interest.Plus(e.Principal, l.Rate, 1) })),
            ["interest is rounded again when money comes"] = (events, after) => events.Any(e => e is RepaymentReceived)
                ? Loans(after, l => l with { Interest = Cut(l.Interest) }) : after,
            ["the first day bears no interest"] = (events, after) => events.OfType<LoanDisbursed>().Aggregate(after, (s, e) =>
                One(s, e.Loan.Id, l => l with { Interest = new Accrual(-l.Principal.MinorUnits * l.Rate.Ppm, l.Rate.Denominator) })),
            ["rows are numbered anew after an early part"] = (events, after) => events.Any(e => e is LoanRescheduled)
                ? Loans(after, l => l with { Rows = [.. l.Rows.Select((r, n) => r with { Number = n + 1 })] }) : after,
            ["the early fee is posted a fen high"] = (events, after) => events.Any(e => e is EarlyFeePosted)
                ? after with { CreditBalance = after.CreditBalance + Fen } : after,
            ["the limit of a request is free at once"] = (events, after) => events.Any(e => e is LoanRequested)
                ? after with { LoanRequests = [] } : after,
            ["fixed charges do not shrink"] = (events, after) => events.Any(e => e is LoanRescheduled)
                ? Loans(after, l => l with { Rows = l.Rows.Map(r => r with { Charge = r.Charge + Fen }) }) : after,
            ["charges bear no penalty"] = (events, after) => Loans(after, l => l with { ChargePenalty = default }),
            ["a row is due a day late"] = (events, after) => events.Any(e => e is LoanDisbursed)
                ? Loans(after, l => l with { Rows = l.Rows.Map(r => r with { DueOn = r.DueOn.AddDays(1) }) }) : after,
        };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_oracle_catches(string name)
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            foreach (Line line in new[] { LendingLines.Shared, LendingLines.Percent })
            {
                Script script = Generator.Make(seed, null, line);
                if (script.Difference(new StateBug(All[name])) is { } difference)
                {
                    output.WriteLine($"caught by seed {seed} of {line.Name}: {difference.Split('\n')[0]}");
                    Assert.Null(script.Difference());
                    return;
                }
            }
        }

        Assert.Fail($"80 histories and nobody noticed that {name}.");
    }

    private static Accrual Cut(Accrual accrual) => accrual.Denominator == 0 ? accrual
        : accrual with { Numerator = accrual.Numerator - (accrual.Numerator % accrual.Denominator) };

    private static AccountState Loans(AccountState state, Func<Loan, Loan> change) => state with { Loans = state.Loans.Map(change) };

    private static AccountState One(AccountState state, string id, Func<Loan, Loan> change) =>
        Loans(state, l => l.Id == id ? change(l) : l);

    private sealed class StateBug(Func<ValueList<AccountEvent>, AccountState, AccountState> change) : PlantedBug
    {
        public override Decision? OnDecision(AccountState before, AccountCommand command, Decision decision) =>
            decision is Accepted accepted ? accepted with { After = change(accepted.Events, accepted.After) } : null;
    }
}
