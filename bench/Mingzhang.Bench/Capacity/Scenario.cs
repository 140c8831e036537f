namespace Mingzhang.Bench.Capacity;

/// <summary>A night of the festival.</summary>
/// <param name="Name">For the table.</param>
/// <param name="CommandsPerOrder">1 = authorise; 2 = authorise and capture at once.</param>
/// <param name="DayEndBeside">Whether the day end of the same midnight runs beside it, with half of what a house does.</param>
/// <param name="NodeDies">Whether the committing of one house stands still for a takeover in the peak minute.</param>
/// <param name="Skew">How uneven customers buy: the spread (sigma) of the logarithm of a partition's share.</param>
internal sealed record Scenario(string Name, int CommandsPerOrder, bool DayEndBeside, bool NodeDies, double Skew)
{
    /// <summary>Orders a second in the peak minute, of the whole country; the published figure of one festival.</summary>
    public const double Peak = 583_000;

    /// <summary>What is played.</summary>
    public static readonly Scenario[] All =
    [
        new("orders authorised, captured later", 1, false, false, 0.1),
        new("the same, uneven customers", 1, false, false, 1.0),
        new("the same, a node dies in the peak minute", 1, false, true, 0.1),
        new("the same, the day end beside it", 1, true, false, 0.1),
        new("orders authorised and captured at once", 2, false, false, 0.1),
        new("at once, uneven, a node dies, the day end beside it", 2, true, true, 1.0),
    ];

    /// <summary>Orders a second at a moment: a quiet minute, the peak minute, then half of it every two minutes.</summary>
    public static double Orders(double second) => second switch
    {
        < 60 => Peak / 10,
        < 120 => Peak,
        _ => Math.Max(Peak / 10, Peak * Math.Pow(0.5, (second - 120) / 120)),
    };
}
