using System.Globalization;
using Mingzhang.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["costs", ..])
{
    CostBench.Run();
    return;
}

if (args is ["kernel", ..])
{
    KernelBench.Run();
    return;
}

if (args is ["schedules", ..])
{
    ScheduleBench.Run();
    return;
}

SQLitePCL.Batteries_V2.Init();
await new Report(new Arguments(args)).RunAsync();
