namespace Mingzhang.Domain.AnnualCost;

/// <summary>Values and yields of flows and rates that need no search.</summary>
public static class Yields
{
    /// <summary>Present value of flows one period apart, the first after <paramref name="firstAt"/> periods (NPV: 1).</summary>
    public static Figure PresentValue(double rate, ReadOnlySpan<double> flows, int firstAt = 1)
    {
        var value = 0.0;
        for (var i = 0; i < flows.Length; i++)
        {
            value += flows[i] / Math.Pow(1 + rate, i + firstAt);
        }

        return rate == -1 ? Figure.None(FigureKind.OutOfDomain) : Figure.Of(value);
    }

    /// <summary>Rate per period when outflows cost <paramref name="financing"/> and inflows earn <paramref name="reinvestment"/>
    /// (MIRR).</summary>
    public static Figure ModifiedInternalRate(ReadOnlySpan<double> flows, double financing, double reinvestment)
    {
        var (outflows, inflows) = (0.0, 0.0);
        for (var i = 0; i < flows.Length; i++)
        {
            outflows += flows[i] < 0 ? flows[i] / Math.Pow(1 + financing, i) : 0;
            inflows += flows[i] > 0 ? flows[i] * Math.Pow(1 + reinvestment, flows.Length - 1 - i) : 0;
        }

        return outflows == 0 || inflows == 0
            ? Figure.None(FigureKind.OneWay)
            : Figure.Of(Math.Pow(-inflows / outflows, 1.0 / (flows.Length - 1)) - 1);
    }

    /// <summary>The compound rate a year of a nominal one (EFFECT). 10 % in 4 parts → 10.3813 %.</summary>
    public static Figure Effective(double nominal, double perYear) => nominal > 0 && perYear >= 1
        ? Figure.Of(Math.Pow(1 + (nominal / Math.Floor(perYear)), Math.Floor(perYear)) - 1)
        : Figure.None(FigureKind.OutOfDomain);

    /// <summary>The nominal rate a year of a compound one (NOMINAL). 10 % in 4 parts → 9.6455 %.</summary>
    public static Figure Nominal(double effective, double perYear) => effective > 0 && perYear >= 1
        ? Figure.Of((Math.Pow(1 + effective, 1 / Math.Floor(perYear)) - 1) * Math.Floor(perYear))
        : Figure.None(FigureKind.OutOfDomain);

    /// <summary>Interest of a period when principal is paid in equal parts (ISPMT); periods count from 0.</summary>
    public static Figure InterestOfEqualPrincipal(double rate, double period, double periods, double presentValue) => periods == 0
        ? Figure.None(FigureKind.OutOfDomain)
        : Figure.Of(presentValue * rate * ((period / periods) - 1));

    /// <summary>Periods until a value has grown to another (PDURATION).</summary>
    public static Figure GrowthPeriods(double rate, double from, double to) => rate > 0 && from > 0 && to > 0
        ? Figure.Of((Math.Log(to) - Math.Log(from)) / Math.Log(1 + rate))
        : Figure.None(FigureKind.OutOfDomain);

    /// <summary>The rate per period at which a value grows to another (RRI).</summary>
    public static Figure GrowthRate(double periods, double from, double to) => periods > 0 && from != 0 && to / from >= 0
        ? Figure.Of(Math.Pow(to / from, 1 / periods) - 1)
        : Figure.None(FigureKind.OutOfDomain);
}
