namespace Mingzhang.Simulation;

/// <summary>Each planted fault must be caught; a harness that misses one is broken.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. PlantedBugs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_oracle_catches(string name)
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            Script script = Generator.Make(seed);
            if (script.Difference(PlantedBugs.All[name]()) is { } difference)
            {
                output.WriteLine($"caught by seed {seed}: {difference.Split('\n')[0]}");
                Assert.Null(script.Difference());
                return;
            }
        }

        Assert.Fail($"60 histories and nobody noticed that {name}.");
    }

    [Fact]
    public void A_lost_correction_is_caught()
    {
        DateOnly start = new(2024, 1, 5);
        CoreAccount straight = Played(start, null, late: false);
        CoreAccount late = Played(start, null, late: true);
        CoreAccount lost = Played(start, new LostCorrection(), late: true);
        Assert.Equal(straight.State.PostedBalance(), late.State.PostedBalance());
        Assert.NotEqual(straight.State.PostedBalance(), lost.State.PostedBalance());
        Assert.Equal(straight.Ledger, late.Ledger);
        Assert.NotEqual(straight.Ledger, Played(start, new UnpostedCorrection(), late: true).Ledger);
    }

    private static CoreAccount Played(DateOnly start, PlantedBug? bug, bool late)
    {
        CoreAccount core = new() { Bug = bug };
        _ = core.Decide(Sample.Open(start, 1_000_000, 10), start);
        _ = core.Decide(new PostOfflinePurchase("p1", Sample.Yuan(1000), "store", "m") { EffectiveOn = start }, start);
        DateOnly paid = new(2024, 2, 20);
        DateOnly booked = late ? new DateOnly(2024, 3, 15) : paid;
        core.PassTo(booked);
        _ = core.Decide(
            new ReceiveRepayment("r1", [new RepaymentSource("card", Sample.Yuan(500))], null, Actor.Channel) { EffectiveOn = paid },
                booked);
        core.PassTo(new DateOnly(2024, 4, 2));
        return core;
    }

    private sealed class LostCorrection : PlantedBug
    {
        public override Decision? OnDecision(AccountState before, AccountCommand command, Decision decision) =>
            decision is Accepted accepted && accepted.Events.Any(e => e is AccountCorrected)
                ? accepted with { After = before with { Version = accepted.After.Version } } : null;
    }

    private sealed class UnpostedCorrection : PlantedBug
    {
        public override Decision? OnDecision(AccountState before, AccountCommand command, Decision decision) =>
            decision is Accepted { Events: [AccountCorrected corrected] } accepted
                ? accepted with { Events = [corrected with { Lines = [] }] } : null;
    }
}
