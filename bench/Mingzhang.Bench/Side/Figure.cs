using System.Globalization;

namespace Mingzhang.Bench.Side;

/// <summary>What a figure shall be: at least or at most a bound.</summary>
internal sealed record Goal(double Bound, bool AtLeast)
{
    /// <summary>At least this.</summary>
    public static Goal Least(double bound) => new(bound, true);

    /// <summary>At most this.</summary>
    public static Goal Most(double bound) => new(bound, false);

    /// <summary>How far a value is: 1 = just reached, 2 = twice as good, 0.5 = half way.</summary>
    public double Reached(double value) => AtLeast ? value / Bound : value <= 0 ? 1 : Bound / value;

    /// <inheritdoc/>
    public override string ToString() => (AtLeast ? ">= " : "<= ") + Figure.Say(Bound);
}

/// <summary>One line of the table: what was measured in each round.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Unit">Of the values.</param>
/// <param name="Goal">What it shall be; null = a yardstick.</param>
internal sealed record Figure(string Name, string Unit, Goal? Goal)
{
    /// <summary>One value a round.</summary>
    public List<double> Values { get; } = [];

    /// <summary>What belongs to it, or why there is no value.</summary>
    public string Note { get; set; } = "";

    /// <summary>The middle one; of an even number the lower of the two.</summary>
    public double Median => Values.Order().ElementAt((Values.Count - 1) / 2);

    /// <summary>reached, missed, a yardstick, or not run.</summary>
    public string Verdict => Values.Count == 0 ? "not run" : Goal is null ? "" : Goal.Reached(Median) >= 1 ? "reached" : "missed";

    /// <summary>Median and, with more rounds, the least and the most.</summary>
    public string Shown => Values.Count == 0 ? "-" : Values.Count == 1 ? Say(Median)
        : $"{Say(Median)} ({Say(Values.Min())} to {Say(Values.Max())})";

    /// <summary>A number in as many digits as say something.</summary>
    public static string Say(double value) => Math.Abs(value) switch
    {
        >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}

/// <summary>All figures of a run, in the order they were first named.</summary>
internal sealed class Board
{
    private readonly List<Figure> _figures = [];

    /// <summary>In order.</summary>
    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>Told when a value came.</summary>
    public Action<Figure>? OnValue { get; init; }

    /// <summary>Adds a round's value.</summary>
    public void Add(string name, string unit, double value, Goal? goal = null, string note = "")
    {
        var figure = Of(name, unit, goal);
        figure.Values.Add(value);
        figure.Note = note;
        OnValue?.Invoke(figure);
    }

    /// <summary>Says why a figure has no value.</summary>
    public void Skip(string name, string why) => Of(name, "", null).Note = why;

    /// <summary>The median of a figure; null when it was not measured.</summary>
    public double? Median(string name) => _figures.Find(one => one.Name == name) is { Values.Count: > 0 } found ? found.Median : null;

    private Figure Of(string name, string unit, Goal? goal)
    {
        if (_figures.Find(one => one.Name == name) is { } found)
        {
            return found;
        }

        var figure = new Figure(name, unit, goal);
        _figures.Add(figure);
        return figure;
    }
}
