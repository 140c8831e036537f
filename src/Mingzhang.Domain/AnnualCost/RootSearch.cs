namespace Mingzhang.Domain.AnnualCost;

/// <summary>Finds the zeros of a present-value curve and chooses one. Every loop is bounded.</summary>
internal static class RootSearch
{
    // Present values a million million times the flows leave four digits of a double: such a rate says nothing.
    private const double MostMagnification = 1e12;
    private const double HighestForce = 14; // 120,000,000 % a year
    private const int MostRoots = 64;

    /// <summary>The rate of a curve.</summary>
    /// <param name="curve">The flows.</param>
    /// <param name="guess">Of several rates, the one nearest to it; NaN: by <see cref="ByGain"/>.</param>
    public static Figure Solve(FlowCurve curve, double guess)
    {
        var changes = curve.SignChanges;
        if (changes == 0)
        {
            return Figure.None(FigureKind.OneWay);
        }

        Span<double> roots = stackalloc double[MostRoots];
        var count = changes == 1 ? Only(curve, roots) : All(curve, roots);
        count = Countable(curve, roots[..count]);
        return count == 0
            ? Figure.None(FigureKind.NoneSolves)
            : Figure.Of(double.IsNaN(guess) ? ByGain(roots[..count], curve.Gain) : Nearest(roots[..count], guess));
    }

    // One sign change: one zero. The bracket doubles outwards from 0 until the sign has changed.
    private static int Only(FlowCurve curve, Span<double> roots)
    {
        var atZero = curve.Share(0);
        if (atZero == 0)
        {
            roots[0] = 0;
            return 1;
        }

        var direction = atZero < 0 == curve.EndsBelowZero ? 1 : -1; // the last flow decides the sign at very low rates
        var (near, far) = (0.0, direction / Math.Max(curve.Span, 1));
        for (var i = 0; i < 64 && curve.Share(far) < 0 == atZero < 0; i++)
        {
            (near, far) = (far, far * 2);
        }

        roots[0] = Bracket.Zero(curve, Math.Min(near, far), Math.Max(near, far));
        return curve.Share(far) < 0 == atZero < 0 ? 0 : 1;
    }

    // Several sign changes: walk over all forces of interest that are countable, in steps small against the length of the flows.
    private static int All(FlowCurve curve, Span<double> roots)
    {
        var span = curve.Span;
        var step = 0.1 / Math.Max(span, 0.01);
        var (low, high) = (-30 / span, Math.Max(HighestForce, 40 / span));
        var steps = (int)Math.Min(Math.Ceiling((high - low) / step), 200_000);
        step = (high - low) / steps;
        var count = 0;
        var (x0, y0) = (low, curve.Share(low));
        var (x1, y1) = (low + step, curve.Share(low + step));
        count += Crossing(curve, (x0, y0), (x1, y1), roots[count..]);
        for (var i = 2; i <= steps && count < MostRoots - 2; i++)
        {
            var x2 = low + (i * step);
            var y2 = curve.Share(x2);
            count += Crossing(curve, (x1, y1), (x2, y2), roots[count..]);
            count += Dip(curve, (x0, y0), (x1, y1), (x2, y2), roots[count..]);
            (x0, y0, x1, y1) = (x1, y1, x2, y2);
        }

        return count;
    }

    private static int Crossing(FlowCurve curve, (double X, double Y) from, (double X, double Y) to, Span<double> roots)
    {
        if (to.Y == 0 || from.Y == 0 || from.Y < 0 == to.Y < 0)
        {
            roots[0] = to.X;
            return to.Y == 0 ? 1 : 0;
        }

        roots[0] = Bracket.Zero(curve, from.X, to.X);
        return 1;
    }

    // Three values of one sign, the middle nearest to zero: there may be two zeros between them.
    private static int Dip(FlowCurve curve, (double X, double Y) a, (double X, double Y) b, (double X, double Y) c, Span<double> roots)
    {
        var sign = b.Y < 0 ? -1 : 1;
        if (a.Y * sign <= b.Y * sign || c.Y * sign <= b.Y * sign || a.Y * sign <= 0 || c.Y * sign <= 0)
        {
            return 0;
        }

        var (low, high) = (a.X, c.X);
        for (var i = 0; i < 60; i++)
        {
            var (left, right) = (low + ((high - low) / 3), high - ((high - low) / 3));
            var (atLeft, atRight) = (curve.Share(left) * sign, curve.Share(right) * sign);
            if (atLeft <= 0 || atRight <= 0)
            {
                var inside = atLeft <= 0 ? left : right;
                roots[0] = Bracket.Zero(curve, a.X, inside);
                roots[1] = Bracket.Zero(curve, inside, c.X);
                return 2;
            }

            (low, high) = atLeft < atRight ? (low, right) : (left, high);
        }

        return 0;
    }

    private static int Countable(FlowCurve curve, Span<double> roots)
    {
        var kept = 0;
        foreach (var root in roots)
        {
            if (curve.Magnification(root) <= MostMagnification)
            {
                roots[kept++] = root;
            }
        }

        return kept;
    }

    /// <summary>Of several rates: up to 10,000 % before more; then a gain before a loss when the flows sum to a gain, a loss before a
    /// gain when they sum to a loss; then the one nearest to 0.</summary>
    private static double ByGain(ReadOnlySpan<double> forces, double gain)
    {
        var best = Math.Exp(forces[0]) - 1;
        foreach (var force in forces[1..])
        {
            var rate = Math.Exp(force) - 1;
            best = Rank(rate, gain).CompareTo(Rank(best, gain)) < 0 ? rate : best;
        }

        return best;
    }

    private static (bool IsHuge, bool IsAgainstGain, double Distance) Rank(double rate, double gain) =>
        (rate > 100, rate < 0 != gain < 0, Math.Abs(rate));

    private static double Nearest(ReadOnlySpan<double> forces, double guess)
    {
        var best = Math.Exp(forces[0]) - 1;
        foreach (var force in forces[1..])
        {
            var rate = Math.Exp(force) - 1;
            best = Math.Abs(rate - guess) < Math.Abs(best - guess) ? rate : best;
        }

        return best;
    }
}
