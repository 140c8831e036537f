using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Opening;
using Mingzhang.Store;

namespace Mingzhang.Engine.Tests;

public sealed class DayTests
{
    [Fact]
    public async Task A_command_catches_its_account_up_first()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitManyAsync([Sample.Open(7), Sample.Buy(7, "p1", 50_000, Sample.Start)]);
        var (report, refusal) = await house.AdvanceToAsync(new DateOnly(2026, 4, 15));
        Assert.Null(refusal);
        Assert.True(report!.Accounts > 5);
        var state = await house.ReadAsync(Sample.Account(7));
        Assert.True(state!.NextDate > house.BusinessDate);
        Assert.Contains(house.History(Sample.Account(7)).SelectMany(entry => entry.Events), happened => happened is StatementIssued);
        Assert.All(house.Rows(Sample.Account(7))
            .Where(row => row.Kind == RowKind.Day), row => Assert.Equal($"day:{row.BookedOn:yyyy-MM-dd}", row.Key));
    }

    [Fact]
    public async Task Day_by_day_with_crashes_between_equals_one_jump()
    {
        using var one = new HouseFixture();
        using var straight = one.Open();
        await straight.SubmitManyAsync([Sample.Open(7), Sample.Open(8), Sample.Buy(7, "p1", 50_000, Sample.Start)]);
        await straight.AdvanceToAsync(new DateOnly(2026, 3, 20));

        using var two = new HouseFixture();
        using (var first = two.Open())
        {
            await first.SubmitManyAsync([Sample.Open(7), Sample.Open(8), Sample.Buy(7, "p1", 50_000, Sample.Start)]);
        }

        for (var day = Sample.Start; day < new DateOnly(2026, 3, 20); day = day.AddDays(1))
        {
            using var house = two.Open();
            using var cut = new CancellationTokenSource();
            await house.AdvanceDayAsync(cancel: cut.Token);
            two.Crash();
            using var again = two.Open();
            await again.ResumeDayAsync();
            await again.ResumeDayAsync();
        }

        using var end = two.Open();
        foreach (var customer in (long[])[7, 8])
        {
            Assert.Equal(await straight.ReadAsync(Sample.Account(customer)), await end.ReadAsync(Sample.Account(customer)));
            Assert.Equal(straight.Rows(Sample.Account(customer))[^1].Hash, end.Rows(Sample.Account(customer))[^1].Hash);
        }
    }

    [Fact]
    public async Task A_late_fact_reads_the_committed_history()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitManyAsync([Sample.Open(7), Sample.Buy(7, "p1", 50_000, Sample.Start)]);
        await house.AdvanceToAsync(new DateOnly(2026, 2, 20));
        var results = await house.SubmitManyAsync(
            [Sample.Buy(7, "p2", 1_000, house.BusinessDate), Sample.Pay(7, "r1", 20_000, new DateOnly(2026, 2, 3))]);
        Assert.Null(results[1].Refusal);
        Assert.IsType<AccountCorrected>(Assert.Single(results[1].Events));
    }

    [Fact]
    public async Task A_fork_runs_years_ahead_and_the_origin_stays()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitManyAsync([Sample.Open(7), Sample.Buy(7, "p1", 50_000, Sample.Start)]);
        var before = await house.ReadAsync(Sample.Account(7));
        var (fork, refusal) = await house.ForkAsync(Sample.Account(7), "test");
        Assert.Null(refusal);
        var (state, none) = await house.AdvanceForkAsync(fork!.Value, new DateOnly(2029, 1, 1));
        Assert.Null(none);
        Assert.True(state!.NextDate > new DateOnly(2029, 1, 1));
        Assert.Equal(Sample.Start, house.BusinessDate);
        Assert.Equal(before, await house.ReadAsync(Sample.Account(7)));

        fixture.Crash();
        using var again = fixture.Open();
        Assert.Equal(new DateOnly(2029, 1, 1), again.BusinessDateOf(fork.Value));
        Assert.Equal(state, await again.ReadAsync(fork.Value));
        await again.AdvanceDayAsync();
        Assert.Equal(state, await again.ReadAsync(fork.Value));
    }

    [Fact]
    public async Task Only_a_sandbox_forks_or_moves_the_clock_freely()
    {
        using var fixture = new HouseFixture(sandbox: false);
        using var house = fixture.Open();
        await house.SubmitAsync(Sample.Open(7));
        Assert.IsType<SandboxOnly>((await house.ForkAsync(Sample.Account(7), "test")).Refusal);
        Assert.IsType<SandboxOnly>((await house.AdvanceToAsync(Sample.Start.AddDays(5))).Refusal);
        await house.AdvanceDayAsync();
        Assert.Equal(Sample.Start.AddDays(1), house.BusinessDate);
    }

    [Fact]
    public async Task Keys_of_passed_days_are_the_clocks_own()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        var result = await house.SubmitAsync(Sample.Open(7) with { Key = "day:2026-02-01" });
        Assert.IsType<InvalidCommand>(result.Refusal);
    }
}
