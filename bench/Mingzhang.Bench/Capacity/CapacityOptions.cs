using System.Globalization;
using Mingzhang.Bench.Side;

namespace Mingzhang.Bench.Capacity;

/// <summary>How the simulation runs.</summary>
internal sealed record CapacityOptions(int Seed, string Out)
{
    /// <summary>Reads the arguments; the second says what is wrong.</summary>
    public static (CapacityOptions? Options, Wrong? Wrong) Parse(string[] args)
    {
        var options = new CapacityOptions(1, "");
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    break;
                case "--seed":
                    return (null, new Wrong("--seed", $"a whole number from 0, not '{value}'", "Write --seed 1"));
                case "--out" when value.Length > 0:
                    options = options with { Out = value };
                    break;
                // The rest: unknown names.
                default:
                    return (null, new Wrong(args[i], "no such option", "There are --seed and --out"));
            }
        }

        return (options, null);
    }
}
