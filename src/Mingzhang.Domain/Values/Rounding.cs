namespace Mingzhang.Domain.Values;

/// <summary>How an exact fraction becomes whole minor units. Always an explicit argument, never a default.</summary>
public enum Rounding
{
    /// <summary>To the nearest unit, halves away from zero (四舍五入): 0.5 → 1, -0.5 → -1.</summary>
    HalfUp,

    /// <summary>To the nearest unit, halves to the even one: 0.5 → 0, 1.5 → 2.</summary>
    HalfEven,

    /// <summary>Towards zero: 0.9 → 0.</summary>
    Down,

    /// <summary>Away from zero: 0.1 → 1.</summary>
    Up,
}

/// <summary>Exact integer division with a stated rounding.</summary>
public static class Rounded
{
    /// <summary>Divides <paramref name="numerator"/> by a positive <paramref name="denominator"/> and rounds once.</summary>
    /// <example>Divide(125, 100, HalfUp) = 1; Divide(150, 100, HalfUp) = 2; Divide(-150, 100, HalfUp) = -2.</example>
    public static long Divide(Int128 numerator, Int128 denominator, Rounding rounding)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var quotient = numerator / denominator;
        var remainder = Int128.Abs(numerator % denominator);
        var away = numerator < 0 ? Int128.NegativeOne : Int128.One;
        var doubled = remainder * 2;
        var step = rounding switch
        {
            Rounding.HalfUp => doubled >= denominator,
            Rounding.HalfEven => doubled > denominator || (doubled == denominator && Int128.IsOddInteger(quotient)),
            Rounding.Down => false,
            Rounding.Up => remainder != 0,
        };
        return checked((long)(step ? quotient + away : quotient));
    }
}
