using Mingzhang.Crash.Tool.Payments;

namespace Mingzhang.Crash;

/// <summary>House and bank killed while money moves, with MZ_LONG=1. More: `dotnet run --project tests/Mingzhang.Crash.Tool -- payments
/// 120`.</summary>
public sealed class PaymentKillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_yuan_is_lost_or_doubled_when_house_or_bank_die_and_every_planted_fault_is_found()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MZ_LONG") is null, "takes minutes: set MZ_LONG=1");
        using PaymentKillRun run = new(kills: 4, seed: 5, daysOfReturns: 3);
        PaymentKillReport report = await run.RunAsync();
        output.WriteLine(report.Text);
        Assert.Empty(report.Violations);
        Assert.True(report.HouseKills > 0 && report.BankKills > 0 && report.Done > 20, "hardly anything happened; the run proves nothing");
        foreach (PaymentPlant plant in Enum.GetValues<PaymentPlant>().OrderByDescending(one => one == PaymentPlant.BookWithoutMoney))
        {
            Assert.True(await run.CatchesAsync(plant), $"{plant} was not noticed");
        }
    }
}
