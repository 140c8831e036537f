using System.Globalization;
using Mingzhang.Crash.Tool;
using Mingzhang.Crash.Tool.Cuts;
using Mingzhang.Crash.Tool.Days;
using Mingzhang.Crash.Tool.Payments;
using Mingzhang.Store.Postgres;

switch (args)
{
    case ["serve", string path, string plant, string dieAt]:
        await Server.RunAsync(path, Enum.Parse<Plant>(plant), int.Parse(dieAt, CultureInfo.InvariantCulture));
        return 0;
    case ["kills", string count, .. string[] rest]:
        using (PrivateServer? server = rest is ["--postgres", ..] ? PrivateServer.Start() : null)
        {
            string? file = rest is [.., string last] && last[0] != '-' ? last : null;
            return await KillAsync(int.Parse(count, CultureInfo.InvariantCulture), server, file);
        }

    case ["eod", string path, string last, string dieAt, string plant]:
        await DayChild.RunAsync(path, last, int.Parse(dieAt, CultureInfo.InvariantCulture), Enum.Parse<DayPlant>(plant));
        return 0;
    case ["days", string accounts, string count, .. string[] rest]:
        return await DaysAsync(int.Parse(accounts, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture),
            rest.FirstOrDefault());
    case ["cuts" or "reconnects", string count, .. string[] rest]:
        return await CutAsync(int.Parse(count, CultureInfo.InvariantCulture), args[0] == "reconnects", rest.FirstOrDefault());
    case ["payments", string count, .. string[] rest]:
        using (PaymentKillRun run = new(int.Parse(count, CultureInfo.InvariantCulture), seed: 20261123))
        {
            PaymentKillReport report = await run.RunAsync();
            return await TellAsync(report.Text, report.Violations.Count, rest.FirstOrDefault());
        }

    case ["sweep" or "power" or "powercuts" or "full" or "failovers" or "clocks" or "upgrade", ..]:
        return await DiskCommands.RunAsync(args);
    default:
        Console.WriteLine("payments <kills> [report.md] | kills <count> [--postgres] [report.md] | cuts|reconnects <count> [report.md]");
        Console.WriteLine("days <accounts> <kills> [report.md]");
        Console.WriteLine(DiskCommands.Usage);
        return 2;
}

static async Task<int> DaysAsync(int accounts, int count, string? file)
{
    DayKillReport report = await new DayRun(accounts, days: 75, count, seed: 20261122).RunAsync();
    return await TellAsync(report.Text, report.Violations.Count, file);
}

static async Task<int> CutAsync(int count, bool outlives, string? file)
{
    using PrivateServer server = PrivateServer.Start() ?? throw new InvalidOperationException("PostgreSQL is not installed");
    using CutRun run = new(server, count, seed: 20261122, outlives: outlives);
    CutReport report = await run.RunAsync();
    return await TellAsync(report.Text, report.Violations.Count, file);
}

static async Task<int> TellAsync(string text, int violations, string? file)
{
    Console.WriteLine(text);
    if (file is not null)
    {
        await File.WriteAllTextAsync(file, text);
    }

    return violations == 0 ? 0 : 1;
}

static async Task<int> KillAsync(int count, PrivateServer? server, string? file)
{
    KillReport report = new KillRun(count, seed: 20261122, verifyEvery: 10, database: server?.NewDatabase()).Run();
    return await TellAsync(Report.Of(report), report.Violations.Count, file);
}
