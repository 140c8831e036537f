namespace Mingzhang.Domain.AnnualCost;

/// <summary>The present value of flows as a curve over the force of interest x = ln(1 + rate). Its zeros are the rates.</summary>
/// <param name="years">Rising, the first 0.</param>
/// <param name="amounts">None of them 0, at least two.</param>
internal readonly ref struct FlowCurve(ReadOnlySpan<double> years, ReadOnlySpan<double> amounts)
{
    private readonly ReadOnlySpan<double> _years = years;
    private readonly ReadOnlySpan<double> _amounts = amounts;

    /// <summary>Years from the first flow to the last; above 0.</summary>
    public double Span => _years[^1];

    /// <summary>Whether the last flow goes out.</summary>
    public bool EndsBelowZero => _amounts[^1] < 0;

    /// <summary>The sum of all flows: a gain above 0.</summary>
    public double Gain
    {
        get
        {
            var sum = 0.0;
            foreach (var amount in _amounts)
            {
                sum += amount;
            }

            return sum;
        }
    }

    /// <summary>How often the sign changes in the order of time. With one change there is exactly one rate (Descartes).</summary>
    public int SignChanges
    {
        get
        {
            var changes = 0;
            for (var i = 1; i < _amounts.Length; i++)
            {
                changes += _amounts[i] < 0 != _amounts[i - 1] < 0 ? 1 : 0;
            }

            return changes;
        }
    }

    /// <summary>The present value as a share of all amounts that make it up, −1 to 1, and the Newton step towards zero. Both are free
    /// of the scale, so no rate makes them overflow.</summary>
    public (double Share, double Step) At(double x)
    {
        var top = Math.Max(0, -x * Span);
        var (value, slope, whole) = (0.0, 0.0, 0.0);
        for (var i = 0; i < _years.Length; i++)
        {
            var term = _amounts[i] * Math.Exp((-x * _years[i]) - top);
            value += term;
            slope -= term * _years[i];
            whole += Math.Abs(term);
        }

        return (value / whole, -value / slope);
    }

    /// <summary>The present value as a share only.</summary>
    public double Share(double x) => At(x).Share;

    /// <summary>How many times larger the present values at x are than the flows themselves.</summary>
    public double Magnification(double x)
    {
        var (present, plain) = (0.0, 0.0);
        for (var i = 0; i < _years.Length; i++)
        {
            present += Math.Abs(_amounts[i]) * Math.Exp(-x * _years[i]);
            plain += Math.Abs(_amounts[i]);
        }

        return present / plain;
    }
}
