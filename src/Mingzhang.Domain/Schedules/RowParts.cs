namespace Mingzhang.Domain.Schedules;

/// <summary>Equal parts of a whole in minor units; a stated row takes what they leave over, so the parts sum to the whole.</summary>
/// <param name="Whole">What is divided; 0 or more.</param>
/// <param name="Rows">Into how many.</param>
/// <param name="Part">A usual part.</param>
/// <param name="Remainder">Who takes the rest.</param>
/// <example>105,600 in 12 → 8,800 each; 78,000 in 9 → 8 × 8,666 + 8,672 (cases T1, T4).</example>
internal readonly record struct RowParts(long Whole, int Rows, long Part, Remainder Remainder)
{
    /// <summary>A whole divided into rows, each part rounded to a multiple.</summary>
    public static RowParts Of(long whole, int rows, long multiple, Rounding rounding, Remainder remainder) =>
        new(whole, rows, multiple == 1
            ? Rounded.Divide(whole, rows, rounding)
            : checked(Rounded.Divide(whole, (Int128)rows * multiple, rounding) * multiple), remainder);

    /// <summary>The part of row <paramref name="k"/> (0-based) when <paramref name="left"/> is not yet placed. Never above it.</summary>
    public long At(int k, long left) =>
        k == Rows - 1 ? left
        : k == 0 && Remainder == Remainder.FirstRow ? Math.Max(0, Whole - (Part * (Rows - 1)))
        : Math.Min(Part, left);

    /// <summary>An amount rounded to a multiple of so many minor units.</summary>
    public static long ToMultiple(long amount, long multiple, Rounding rounding) =>
        multiple == 1 ? amount : checked(Rounded.Divide(amount, multiple, rounding) * multiple);
}
