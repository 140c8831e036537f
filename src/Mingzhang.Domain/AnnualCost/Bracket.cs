namespace Mingzhang.Domain.AnnualCost;

/// <summary>The zero between two points of different sign: Newton steps while they stay inside, else halving.</summary>
internal static class Bracket
{
    private const int MostSteps = 200;

    /// <summary>The zero; the signs at both ends differ, or one of them is zero.</summary>
    public static double Zero(FlowCurve curve, double low, double high)
    {
        var lowIsNegative = curve.Share(low) < 0;
        var x = low + ((high - low) / 2);
        var before = high - low;
        for (var i = 0; i < MostSteps; i++)
        {
            var (share, step) = curve.At(x);
            if (share == 0)
            {
                return x;
            }

            (low, high) = share < 0 == lowIsNegative ? (x, high) : (low, x);
            var next = x + step;
            var isGood = next > low && next < high && Math.Abs(step) < before / 2;
            (before, next) = isGood ? (Math.Abs(step), next) : (high - low, low + ((high - low) / 2));
            if (Math.Abs(next - x) <= 1e-16 + (Math.Abs(x) * 1e-15))
            {
                return next;
            }

            x = next;
        }

        return x;
    }
}
