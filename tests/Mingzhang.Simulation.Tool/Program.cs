using System.Globalization;
using Mingzhang.Simulation;

switch (args)
{
    case ["oracle", string months, string progress, .. string[] more]:
        TimeSpan longest = TimeSpan.FromMinutes(more is [string most, ..] ? Number(most) : 100_000);
        LongRun run = new(progress, longest, more is [_, string seed] ? Number(seed) : 1);
        return run.Play(Number(months), Console.WriteLine) ? 0 : 1;
    case ["seed", string line, string first, .. string[] count]:
        Campaign one = Campaign.Play(LendingLines.Named(line.Replace("+disputes", "", StringComparison.Ordinal)),
            line.EndsWith("+disputes", StringComparison.Ordinal), Number(first), count is [string many] ? Number(many) : 1);
        Console.WriteLine(one);
        Console.WriteLine(one.Failures(Knobs.Failures));
        if (Knobs.Trace)
        {
            Console.WriteLine(one.Traced());
        }

        return one.Differ.Count == 0 ? 0 : 1;
    default:
        Console.WriteLine("oracle <account-months> <progress file> [minutes [first seed]]   long run, goes on where the file ends");
        Console.WriteLine("seed <line[+disputes]> <first> [count]               some histories, the first differences made small");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
