namespace Mingzhang.Domain.AnnualCost;

/// <summary>Interest and principal over several payments of a loan with level payments.</summary>
public static class LevelPaymentTotals
{
    private const double MostPeriods = 1_000_000;

    /// <summary>Interest from payment <paramref name="first"/> to <paramref name="last"/> (CUMIPMT).</summary>
    /// <example>0.8333 % a month, 360 payments, 100,000, payments 13 to 24 → −9,916.77.</example>
    public static Figure Interest(double rate, double periods, double presentValue, double first, double last, bool inAdvance) =>
        Total(LevelPayments.Interest, rate, periods, presentValue, first, last, inAdvance);

    /// <summary>Principal from payment <paramref name="first"/> to <paramref name="last"/> (CUMPRINC).</summary>
    public static Figure Principal(double rate, double periods, double presentValue, double first, double last, bool inAdvance) =>
        Total(LevelPayments.Principal, rate, periods, presentValue, first, last, inAdvance);

    private delegate Figure Part(double rate, double period, double periods, double presentValue, double futureValue, bool inAdvance);

    private static Figure Total(
        Part part, double rate, double periods, double presentValue, double first, double last, bool inAdvance)
    {
        var isLoan = rate > 0 && periods > 0 && presentValue > 0;
        if (!isLoan || !(first >= 1 && last >= first && last <= periods && periods <= MostPeriods))
        {
            return Figure.None(FigureKind.OutOfDomain);
        }

        var sum = 0.0;
        for (var period = Math.Ceiling(first); period <= last; period++)
        {
            var one = part(rate, period, periods, presentValue, 0, inAdvance);
            if (!one.IsFound)
            {
                return one;
            }

            sum += one.Value;
        }

        return Figure.Of(sum);
    }
}
