namespace Mingzhang.Domain.Values;

/// <summary>Divides an amount into parts that always sum to the whole.</summary>
public static class Split
{
    /// <summary>Equal parts; the units left over go to the last part (Chinese instalment practice).</summary>
    /// <example>1,000.00 in 12: 11 × 83.33 + 83.37 (case T7).</example>
    public static Money[] Equally(Money whole, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts);
        var each = Money.Of(whole.MinorUnits / parts, whole.Currency);
        var result = new Money[parts];
        Array.Fill(result, each);
        result[^1] = Money.Of(whole.MinorUnits - (each.MinorUnits * (parts - 1)), whole.Currency);
        return result;
    }

    /// <summary>Parts in proportion to weights: each but the last rounded half-up, the last takes the rest.</summary>
    /// <example>1,000.01 by 30/70: 300.00 + 700.01 (case T18).</example>
    public static Money[] ByWeights(Money whole, ReadOnlySpan<long> weights)
    {
        Int128 total = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            total += weight;
        }

        ArgumentOutOfRangeException.ThrowIfZero((long)total, nameof(weights));
        var result = new Money[weights.Length];
        var left = whole;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            var part = Rounded.Divide((Int128)whole.MinorUnits * weights[i], total, Rounding.HalfUp);
            result[i] = Money.Of(part, whole.Currency);
            left -= result[i];
        }

        result[^1] = left;
        return result;
    }
}
