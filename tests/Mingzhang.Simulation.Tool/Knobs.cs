using System.Globalization;

namespace Mingzhang.Simulation;

/// <summary>What the environment may set: MZ_SEED replays one seed, MZ_SIM_SCALE multiplies the numbers of cases, MZ_FAILS prints
/// several failures.</summary>
public static class Knobs
{
    public static int FirstSeed => Number("MZ_SEED", 1);

    public static int Failures => Number("MZ_FAILS", 1);

    public static int Events => Number("MZ_EVENTS", 3);

    /// <summary>MZ_TRACE=1: figures day by day of the first difference.</summary>
    public static bool Trace => Number("MZ_TRACE", 0) == 1;

    public static int Scale => Number("MZ_SIM_SCALE", 1);

    public static int Seeds(int commitSize) => Environment.GetEnvironmentVariable("MZ_SEED") is null ? commitSize * Scale : 1;

    private static int Number(string name, int otherwise) =>
        int.Parse(Environment.GetEnvironmentVariable(name) ?? otherwise.ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
}
