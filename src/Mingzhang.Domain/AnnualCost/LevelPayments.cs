namespace Mingzhang.Domain.AnnualCost;

/// <summary>Level payments: any of present value, future value, payment, number of payments and rate from the other four.</summary>
/// <remarks>
/// Signs are those of spreadsheets: what comes in is above zero, what goes out below, so a loan of 100,000 is paid with −4,614.49.
/// They fulfil pv × (1 + r)ⁿ + pmt × (1 + r × type) × ((1 + r)ⁿ − 1) / r + fv = 0; with r = 0, pv + pmt × n + fv = 0.
/// <c>inAdvance</c>: payments fall at the beginning of a period (type 1).
/// </remarks>
public static class LevelPayments
{
    /// <summary>The value at the end (FV).</summary>
    /// <example>0.5 % a month, 10 × −200 in advance, −500 now → 2,581.40.</example>
    public static Figure FutureValue(double rate, double periods, double payment, double presentValue, bool inAdvance = false) =>
        Growth(rate, periods) is { } growth
            ? Figure.Of(-((presentValue * growth) + (payment * Due(rate, inAdvance) * Sum(rate, periods, growth))))
            : Figure.None(FigureKind.OutOfDomain);

    /// <summary>The value now (PV).</summary>
    public static Figure PresentValue(double rate, double periods, double payment, double futureValue = 0, bool inAdvance = false) =>
        Growth(rate, periods) is { } growth && growth != 0
            ? Figure.Of(-(futureValue + (payment * Due(rate, inAdvance) * Sum(rate, periods, growth))) / growth)
            : Figure.None(FigureKind.OutOfDomain);

    /// <summary>The level payment (PMT).</summary>
    /// <example>0.8333 % a month, 24 payments, 100,000 now → −4,614.49.</example>
    public static Figure Payment(double rate, double periods, double presentValue, double futureValue = 0, bool inAdvance = false) =>
        periods != 0 && Growth(rate, periods) is { } growth && Due(rate, inAdvance) * Sum(rate, periods, growth) is var factor and not 0
            ? Figure.Of(-((presentValue * growth) + futureValue) / factor)
            : Figure.None(FigureKind.OutOfDomain);

    /// <summary>The number of payments (NPER); it need not be whole.</summary>
    public static Figure Periods(double rate, double payment, double presentValue, double futureValue = 0, bool inAdvance = false)
    {
        if (rate == 0)
        {
            return payment == 0 ? Figure.None(FigureKind.OutOfDomain) : Figure.Of(-(presentValue + futureValue) / payment);
        }

        var level = payment * Due(rate, inAdvance);
        var ratio = (level - (futureValue * rate)) / (level + (presentValue * rate));
        return rate > -1 && ratio > 0 ? Figure.Of(Math.Log(ratio) / Math.Log(1 + rate)) : Figure.None(FigureKind.OutOfDomain);
    }

    /// <summary>The interest in payment number <paramref name="period"/> (IPMT), from 1.</summary>
    public static Figure Interest(
        double rate, double period, double periods, double presentValue, double futureValue = 0, bool inAdvance = false)
    {
        if (!(period >= 1 && period < periods + 1))
        {
            return Figure.None(FigureKind.OutOfDomain);
        }

        if (inAdvance && period == 1)
        {
            return Figure.Of(0); // nothing has grown yet
        }

        return Payment(rate, periods, presentValue, futureValue, inAdvance) is { IsFound: true } payment
            && FutureValue(rate, period - 1, payment.Value, presentValue, inAdvance) is { IsFound: true } owed
            ? Figure.Of(owed.Value * rate / Due(rate, inAdvance))
            : Figure.None(FigureKind.OutOfDomain);
    }

    /// <summary>The principal in payment number <paramref name="period"/> (PPMT), from 1.</summary>
    public static Figure Principal(
        double rate, double period, double periods, double presentValue, double futureValue = 0, bool inAdvance = false) =>
        Payment(rate, periods, presentValue, futureValue, inAdvance) is { IsFound: true } payment
        && Interest(rate, period, periods, presentValue, futureValue, inAdvance) is { IsFound: true } interest
            ? Figure.Of(payment.Value - interest.Value)
            : Figure.None(FigureKind.OutOfDomain);

    // (1 + r)ⁿ, or null where it means nothing.
    internal static double? Growth(double rate, double periods) =>
        rate > -1 && Math.Pow(1 + rate, periods) is var growth && double.IsFinite(growth) ? growth : null;

    // What n payments of 1 in arrear are worth at the end.
    internal static double Sum(double rate, double periods, double growth) => rate == 0 ? periods : (growth - 1) / rate;

    internal static double Due(double rate, bool inAdvance) => inAdvance ? 1 + rate : 1;
}
