using System.Globalization;
using Mingzhang.Mutants.Tool;

if (args is not [string minutes, string seed, .. string[] folders])
{
    Console.WriteLine("<minutes> <seed> [folder of the domain ...]");
    Console.WriteLine("build tests/Mingzhang.Domain.Tests and tests/Mingzhang.Simulation before");
    return 2;
}

MutantRun run = new(folders, int.Parse(seed, CultureInfo.InvariantCulture));
return await run.RunAsync(TimeSpan.FromMinutes(int.Parse(minutes, CultureInfo.InvariantCulture)), Console.WriteLine);
