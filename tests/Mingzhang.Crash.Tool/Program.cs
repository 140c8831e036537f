using System.Globalization;
using Mingzhang.Crash.Tool;

switch (args)
{
    case ["serve", string path, string plant, string dieAt]:
        await Server.RunAsync(path, Enum.Parse<Plant>(plant), int.Parse(dieAt, CultureInfo.InvariantCulture));
        return 0;
    case ["kills", string count, .. string[] rest]:
        KillReport report = new KillRun(int.Parse(count, CultureInfo.InvariantCulture), seed: 20261122, verifyEvery: 10).Run();
        string text = Report.Of(report);
        Console.WriteLine(text);
        if (rest is [string file])
        {
            await File.WriteAllTextAsync(file, text);
        }

        return report.Violations.Count == 0 ? 0 : 1;
    default:
        Console.WriteLine("kills <count> [report.md]");
        return 2;
}
