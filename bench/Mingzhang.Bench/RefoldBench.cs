using System.Diagnostics;
using Mingzhang.Engine.Verification;

namespace Mingzhang.Bench;

/// <summary>What <c>mz verify</c> costs an event: <c>refold</c>, on a file of its own or on the one given.</summary>
internal static class RefoldBench
{
    public static async Task RunAsync(Arguments arguments, string file)
    {
        if (file.Length > 0)
        {
            if (!File.Exists(file))
            {
                await Console.Error.WriteLineAsync($"{file}: a ledger's database file. Name one that exists, or none to make one.");
                Environment.ExitCode = 2;
                return;
            }

            Verify(file, arguments.Rounds);
            return;
        }

        using var house = await House.CreateAsync(arguments, arguments.Accounts);
        _ = await Measures.ManyAsync(house, arguments.Accounts, arguments.Callers, arguments.Commands, 1);
        Verify(house.File, arguments.Rounds);
    }

    private static void Verify(string file, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var allocated = GC.GetTotalAllocatedBytes();
            var watch = Stopwatch.StartNew();
            var report = Verifier.Run(file, Load.Book);
            var seconds = watch.Elapsed.TotalSeconds;
            var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            Console.WriteLine(
                $"{report.Rows / seconds:#,0} events/s, {report.Rows:#,0} rows of {report.Accounts:#,0} accounts in {seconds:0.0} s, "
                + $"{used.TotalMicroseconds / report.Rows:0.00} µs of processor and "
                + $"{(GC.GetTotalAllocatedBytes() - allocated) / report.Rows:#,0} bytes an event; "
                + (report.IsSound ? "sound" : $"NOT SOUND: {report.First}"));
        }
    }
}
