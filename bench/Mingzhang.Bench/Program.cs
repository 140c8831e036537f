using System.Globalization;
using Mingzhang.Bench;
using Mingzhang.Bench.Capacity;
using Mingzhang.Bench.Side;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
SQLitePCL.Batteries_V2.Init();
switch (args)
{
    case ["costs", ..]:
        CostBench.Run();
        return 0;
    case ["objects", ..]:
        KernelBench.Objects();
        return 0;
    case ["kernel", ..]:
        KernelBench.Run();
        return 0;
    case ["schedules", ..]:
        ScheduleBench.Run();
        return 0;
    case ["refold", .. var of]:
        await RefoldBench.RunAsync(new Arguments(of), of is [var file, ..] && !file.StartsWith('-') ? file : "");
        return Environment.ExitCode;
    case ["kestrel", var port]:
        await BareKestrel.RunAsync(port);
        return 0;
    case ["client", .. var of]:
        return await WireLoad.RunAsync(of);
    case ["side", .. var of]:
        var (options, wrong) = SideOptions.Parse(of);
        if (options is null)
        {
            await Console.Error.WriteLineAsync($"{wrong}");
            return 2;
        }

        return await new SideBySide(options).RunAsync();
    case ["capacity", .. var of]:
        var (capacity, mistake) = CapacityOptions.Parse(of);
        if (capacity is null)
        {
            await Console.Error.WriteLineAsync($"{mistake}");
            return 2;
        }

        return Country.Run(capacity);
    default:
        await new Report(new Arguments(args)).RunAsync();
        return 0;
}
