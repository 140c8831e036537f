using System.Globalization;

namespace Mingzhang.Bench.Side;

/// <summary>A wrong argument: its name, the rule, what to do.</summary>
internal sealed record Wrong(string Name, string Rule, string Fix)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Rule}. {Fix}.";
}

/// <summary>How much is measured.</summary>
internal sealed record SideOptions
{
    /// <summary>The parts a run is made of.</summary>
    public static readonly string[] Parts = ["server", "file", "days", "http"];

    /// <summary>How often each figure is taken.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Accounts of the large house.</summary>
    public int Accounts { get; init; } = 1_000_000;

    /// <summary>Accounts of the day on which nothing is due.</summary>
    public int QuietAccounts { get; init; } = 1_000_000;

    /// <summary>Accounts of a day end and of the houses beside a server.</summary>
    public int DayAccounts { get; init; } = 100_000;

    /// <summary>Commands of one measurement at full load.</summary>
    public int Commands { get; init; } = 300_000;

    /// <summary>Seconds of one measurement over HTTP or of pgbench.</summary>
    public int Seconds { get; init; } = 8;

    /// <summary>A look that every part runs, not a measurement: one number of connections, one database, no warm-up to speak of.</summary>
    public bool Smallest { get; init; }

    /// <summary>Which parts run.</summary>
    public IReadOnlyList<string> Only { get; init; } = Parts;

    /// <summary>Where databases are written: the disk that is measured.</summary>
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "mz-bench");

    /// <summary>Where page and chart go; empty = nowhere.</summary>
    public string Out { get; init; } = "";

    /// <summary>As given.</summary>
    public string Line { get; init; } = "";

    /// <summary>Reads the arguments; the second says what is wrong.</summary>
    public static (SideOptions? Options, Wrong? Wrong) Parse(string[] args)
    {
        var options = args switch
        {
            _ when args.Contains("--smallest") => new SideOptions
            {
                Rounds = 1, Accounts = 1_000, QuietAccounts = 1_000, DayAccounts = 300, Commands = 1_000, Seconds = 1, Smallest = true,
            },
            _ when args.Contains("--quick") => new SideOptions
            {
                Rounds = 1, Accounts = 50_000, QuietAccounts = 50_000, DayAccounts = 10_000, Commands = 60_000, Seconds = 3,
            },
            _ when args.Contains("--long") => new SideOptions { QuietAccounts = 10_000_000 },
            _ => new SideOptions(),
        };
        options = options with { Line = string.Join(' ', args) };
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--quick" or "--long" or "--smallest")
            {
                continue;
            }

            var value = i + 1 < args.Length ? args[i + 1] : null;
            if (Take(options, args[i], value, out var wrong) is not { } taken)
            {
                return (null, wrong);
            }

            (options, i) = (taken, i + 1);
        }

        return (options, null);
    }

    private static SideOptions? Take(SideOptions options, string name, string? value, out Wrong? wrong)
    {
        wrong = null;
        switch (name)
        {
            case "--rounds" when Number(name, value, 1, 50, out wrong) is { } number:
                return options with { Rounds = number };
            case "--accounts" when Number(name, value, 100, 20_000_000, out wrong) is { } number:
                return options with { Accounts = number, QuietAccounts = number };
            case "--seconds" when Number(name, value, 1, 600, out wrong) is { } number:
                return options with { Seconds = number };
            case "--only" when value is not null && value.Split(',') is var parts && parts.All(Parts.Contains):
                return options with { Only = parts };
            case "--folder" when !string.IsNullOrWhiteSpace(value) && !value.StartsWith('-'):
                return options with { Folder = Path.GetFullPath(value) };
            case "--out" when !string.IsNullOrWhiteSpace(value) && !value.StartsWith('-'):
                return options with { Out = Path.GetFullPath(value) };
            // The rest: names that take no value here, and values that break a rule.
            default:
                wrong ??= name switch
                {
                    "--only" => new Wrong(name, $"parts out of {string.Join(", ", Parts)}, separated by commas", "Write --only file,http"),
                    "--folder" or "--out" => new Wrong(name, "a folder has to follow", $"Write {name} DIR"),
                    _ => new Wrong(name, "no such option",
                        "There are --quick, --long, --rounds, --accounts, --seconds, --only, --folder, --out"),
                };
                return null;
        }
    }

    private static int? Number(string name, string? value, int least, int most, out Wrong? wrong)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            wrong = null;
            return number;
        }

        wrong = new Wrong(name, $"a whole number from {least} to {most}, not '{value}'", $"Write {name} {Math.Max(least, 3)}");
        return null;
    }
}
