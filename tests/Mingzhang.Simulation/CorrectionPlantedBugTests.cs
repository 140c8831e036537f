namespace Mingzhang.Simulation;

/// <summary>Faults put on purpose into corrections: the comparison of corrected and right histories must catch each.</summary>
public sealed class CorrectionPlantedBugTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Func<AccountState, AccountCorrected, Accepted, Accepted>> Faults = new()
    {
        ["the correction is lost"] = (before, _, accepted) => accepted with { After = before with { Version = accepted.After.Version } },
        ["its differences are not posted"] = (_, corrected, accepted) => accepted with { Events = [corrected with { Lines = [] }] },
        ["its differences are posted twice"] = (_, corrected, accepted) =>
            accepted with { Events = [corrected with { Lines = [.. corrected.Lines, .. corrected.Lines] }] },
        ["one line of it is dropped"] = (_, corrected, accepted) =>
            accepted with { Events = [corrected with { Lines = [.. corrected.Lines.Skip(1)] }] },
        ["interest that grew is kept"] = (before, _, accepted) => accepted with
        {
            After = accepted.After with
            {
                RevolvingAccrual = before.AccruedTo(accepted.After.AsOf).RevolvingAccrual,
                OverdueAccrual = before.AccruedTo(accepted.After.AsOf).OverdueAccrual,
            },
        },
        ["bills keep what was paid on them"] = (before, _, accepted) => accepted with
        {
            After = accepted.After with { Bills = accepted.After.Bills.Map(b => before.Bills.Find(o => o.IssuedOn == b.IssuedOn) ?? b) },
        },
        ["the suspension is not looked at again"] = (before, _, accepted) =>
            accepted with { After = accepted.After with { Restrictions = before.Restrictions } },
        ["the credit balance is kept"] = (before, _, accepted) =>
            accepted with { After = accepted.After with { CreditBalance = before.CreditBalance } },
        ["the fact itself is forgotten"] = (_, corrected, accepted) =>
            accepted with { Events = [corrected with { Late = null, Withdrawn = 0 }] },
        ["a replaced fact is not withdrawn"] = (_, corrected, accepted) =>
            accepted with { Events = [corrected.Late is null ? corrected : corrected with { Withdrawn = 0 }] },
        ["the price is not kept"] = (before, _, accepted) =>
            accepted with { After = accepted.After with { Terms = before.Terms } },
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_comparison_catches(string name)
    {
        CorrectionRun run = new(LendingLines.PayLater, new CorrectionBug(Faults[name]));
        for (int seed = 1; seed <= 60; seed++)
        {
            if (run.Play(seed) is { } difference)
            {
                output.WriteLine($"caught by seed {seed} after {run.Compared} cases: {difference.Split('\n')[^2]}");
                return;
            }
        }

        Assert.Fail($"{run.Compared} cases and nobody noticed that {name}.");
    }

    [Fact]
    public void Rows_of_a_loan_that_are_not_worked_out_again_are_caught()
    {
        CorrectionRun run = new(LendingLines.Shared, new CorrectionBug((before, _, accepted) =>
            accepted with { After = accepted.After with { Loans = before.Loans } }));
        Assert.Contains(Enumerable.Range(1, 60), seed => run.Play(seed) is not null);
    }

    [Fact]
    public void An_agreement_that_is_not_looked_at_again_is_caught()
    {
        CorrectionRun run = new(ReliefLines.Cash, new CorrectionBug((before, _, accepted) =>
            accepted with { After = accepted.After with { Reliefs = before.Reliefs } }));
        Assert.Contains(Enumerable.Range(1, 120), seed => run.Play(seed) is not null);
    }

    private sealed class CorrectionBug(Func<AccountState, AccountCorrected, Accepted, Accepted> fault) : PlantedBug
    {
        public override Decision? OnDecision(AccountState before, AccountCommand command, Decision decision) =>
            decision is Accepted { Events: [AccountCorrected corrected] } accepted ? fault(before, corrected, accepted) : null;
    }
}
