using System.Globalization;
using System.Text;

namespace Mingzhang.Bench.Capacity;

/// <summary>What a night did to the house that fared worst.</summary>
/// <param name="Load">Commands that came in the peak minute to what it commits.</param>
/// <param name="Wait">Seconds the 99th of a hundred commands waited, over the night and all houses.</param>
/// <param name="Worst">Seconds the last command of the longest queue waited.</param>
/// <param name="Behind">Seconds after midnight at which its queue is empty again.</param>
internal sealed record Night(double Load, double Wait, double Worst, double Behind);

/// <summary>
/// From the measured figures of one house to a country of 100 million accounts and 583,000 orders a second: houses with a queue each, fed
/// by the partitions that lie in them, in steps of a tenth of a second. Arrivals and service have chances of their own; the same seed
/// gives the same page.
/// </summary>
internal static class Country
{
    private const double Accounts = 100_000_000;
    private const int Partitions = 1024;
    private const double Step = 0.1;
    private const double Length = 900;
    private const double Patience = 2;

    private static readonly int[] Houses = [25, 40, 50, 64, 80, 128];

    /// <summary>Plays every night with every number of houses and writes the page.</summary>
    public static int Run(CapacityOptions options)
    {
        var text = Page(options.Seed);
        Console.WriteLine(text);
        if (options.Out.Length > 0)
        {
            Directory.CreateDirectory(options.Out);
            File.WriteAllText(Path.Combine(options.Out, "capacity-simulation.md"), text);
        }

        return 0;
    }

    /// <summary>The page; equal for equal seeds.</summary>
    public static string Page(int seed)
    {
        var text = new StringBuilder("# A country, simulated\n\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            `mz bench capacity --seed {seed}`. 100 million accounts; {Scenario.Peak:#,0} orders a second in the peak minute, a tenth before,
            half of it every two minutes after. Each house commits what was measured on two cores; partitions are dealt to houses in turn.
            A night holds when the 99th of a hundred commands waits less than {Patience:0} s in its queue. Nothing of it was run.

            """);
        text.AppendLine("| input | value |").AppendLine("|---|--:|");
        foreach (var (name, value) in Inputs())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {value:#,0} |");
        }

        foreach (var scenario in Scenario.All)
        {
            text.AppendLine().AppendLine($"## {char.ToUpperInvariant(scenario.Name[0])}{scenario.Name[1..]}").AppendLine();
            text.AppendLine("| houses | load of the worst in the peak | 99 % wait less | longest wait | in time, from the peak | |")
                .AppendLine("|--:|--:|--:|--:|--:|---|");
            foreach (var houses in Houses)
            {
                text.AppendLine(Row(houses, Play(houses, scenario, new Random(seed))));
            }
        }

        return text.Append('\n').Append(Breaks()).ToString();
    }

    /// <summary>Plays one night.</summary>
    public static Night Play(int houses, Scenario scenario, Random random)
    {
        var shares = Shares(houses, scenario.Skew, random);
        var (queues, waits) = (new double[houses], new SortedDictionary<int, double>());
        var (load, worst, behind) = (0.0, 0.0, 0.0);
        var dead = random.Next(houses);
        for (var second = 0.0; second < Length; second += Step)
        {
            var orders = Scenario.Orders(second);
            for (var house = 0; house < houses; house++)
            {
                var mean = orders * scenario.CommandsPerOrder * shares[house] * Step;
                var came = Math.Max(0, mean + (Normal(random) * Math.Sqrt(mean)));
                var stands = scenario.NodeDies && house == dead && second is >= 90 && second < 90 + Measured.Takeover;
                var serves = Measured.Commits * (scenario.DayEndBeside ? 0.5 : 1);
                var served = stands ? 0 : serves * Step * (1 + (0.1 * Normal(random)));
                var wait = (queues[house] / serves) + (stands ? 90 + Measured.Takeover - second : 0) + (Measured.Answer / 1000);
                queues[house] = Math.Max(0, queues[house] + came - Math.Max(0, served));
                waits[(int)(wait * 100)] = waits.GetValueOrDefault((int)(wait * 100)) + came;
                worst = Math.Max(worst, wait);
                load = second is >= 60 and < 120 ? Math.Max(load, mean / Step / serves) : load;
                behind = wait > Patience ? second : behind;
            }
        }

        return new Night(load, Percentile(waits, 0.99), worst, behind);
    }

    private static double[] Shares(int houses, double skew, Random random)
    {
        var shares = new double[houses];
        for (var partition = 0; partition < Partitions; partition++)
        {
            shares[partition % houses] += Math.Exp(skew * Normal(random));
        }

        var all = shares.Sum();
        return Array.ConvertAll(shares, share => share / all);
    }

    private static double Percentile(SortedDictionary<int, double> waits, double part)
    {
        var (left, found) = (waits.Values.Sum() * part, 0);
        foreach (var (wait, commands) in waits)
        {
            found = wait;
            left -= commands;
            if (left <= 0)
            {
                break;
            }
        }

        return found / 100.0;
    }

    // Two chances make a bell of unit width.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static string Row(int houses, Night night) => string.Create(CultureInfo.InvariantCulture,
        $"| {houses} | {night.Load * 100:0} % | {night.Wait:0.00} s | {night.Worst:0.0} s | "
        + $"{(night.Behind > 0 ? $"{night.Behind - 60:0} s" : "at once")} | {(night.Wait < Patience ? "holds" : "does not hold")} |");

    private static IEnumerable<(string Name, double Value)> Inputs() =>
    [
        ("commands a second a house commits", Measured.Commits), ("milliseconds to an answer under that load", Measured.Answer),
        ("commands a second a node takes over HTTP", Measured.HttpNode), ("accounts a second of a day end", Measured.DayEnd),
        ("seconds until another node leads", Measured.Takeover), ("bytes of memory of an account kept", Measured.AccountBytes),
        ("bytes on disk of a command", Measured.CommandBytes),
    ];

    /// <summary>Which resource of a house is used up first, by plain division.</summary>
    private static string Breaks()
    {
        var text = new StringBuilder("## What breaks first\n\n");
        text.AppendLine("Houses that each resource alone asks for, at the peak with one command an order:").AppendLine();
        text.AppendLine("| resource | houses, or nodes | from |").AppendLine("|---|--:|---|");
        foreach (var (name, needed, from) in new[]
        {
            ("committing", Scenario.Peak / Measured.Commits, "peak / commits"),
            ("nodes for HTTP, one command a request", Scenario.Peak / Measured.HttpNode, "peak / node, all houses together"),
            ("accounts in memory", Accounts / Measured.AccountsOfAHouse, "accounts / accounts of a house, 4 GB each"),
            ("all bills in ten minutes", Accounts / (Measured.DayEnd * 600), "accounts / (day end x 600 s)"),
            ("a year of ten commands a month in 1 TB", Accounts * 120 * Measured.CommandBytes / 1e12, "bytes / 1 TB"),
        }.OrderByDescending(one => one.Item2))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {Math.Ceiling(needed):0} | {from} |");
        }

        return text.ToString();
    }
}
