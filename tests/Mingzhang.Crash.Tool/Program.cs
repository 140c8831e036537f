using System.Globalization;
using Mingzhang.Crash.Tool;
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

    default:
        Console.WriteLine("kills <count> [--postgres] [report.md]");
        return 2;
}

static async Task<int> KillAsync(int count, PrivateServer? server, string? file)
{
    KillReport report = new KillRun(count, seed: 20261122, verifyEvery: 10, database: server?.NewDatabase()).Run();
    string text = Report.Of(report);
    Console.WriteLine(text);
    if (file is not null)
    {
        await File.WriteAllTextAsync(file, text);
    }

    return report.Violations.Count == 0 ? 0 : 1;
}
