using System.Globalization;

namespace Mingzhang.Cli.Parity;

/// <summary>Collects what differs in one case; many values make one outcome.</summary>
public sealed class Comparison
{
    /// <summary>Differences told in full; the rest is counted.</summary>
    public const int MostTold = 4;

    private readonly List<(string Expected, string Actual)> _differences = [];

    /// <summary>The outcome: equal when nothing differed.</summary>
    public ParityOutcome Outcome => _differences.Count == 0
        ? new CaseEqual()
        : new CaseDiffers(Told(_differences.Select(d => d.Expected)), Told(_differences.Select(d => d.Actual)));

    /// <summary>Texts, amounts, days, flags: exactly the same.</summary>
    public Comparison Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            _differences.Add(($"{what} {Text(expected)}", $"{what} {Text(actual)}"));
        }

        return this;
    }

    /// <summary>Numbers: at most <paramref name="tolerance"/> apart. No number and infinity are never near anything.</summary>
    public Comparison Near(string what, double expected, double actual, double tolerance)
    {
        if (!(Math.Abs(expected - actual) <= tolerance))
        {
            _differences.Add(($"{what} {Text(expected)} ± {Text(tolerance)}", $"{what} {Text(actual)}"));
        }

        return this;
    }

    /// <summary>A difference of another kind.</summary>
    public Comparison Differs(string expected, string actual)
    {
        _differences.Add((expected, actual));
        return this;
    }

    private static string Told(IEnumerable<string> sides)
    {
        var all = sides.ToList();
        var told = string.Join("; ", all.Take(MostTold));
        return all.Count <= MostTold ? told : string.Create(CultureInfo.InvariantCulture, $"{told}; and {all.Count - MostTold} more");
    }

    private static string Text<T>(T value) => value switch
    {
        null => "nothing",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "nothing",
    };
}
