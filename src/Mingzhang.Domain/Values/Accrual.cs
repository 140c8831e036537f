namespace Mingzhang.Domain.Values;

/// <summary>Interest that has grown but is not posted: the exact, undivided numerator. It cannot be posted; <see cref="RoundToMoney"/>
/// is the only bridge.</summary>
/// <remarks>
/// Because nothing is divided, n days at once equals day by day exactly (case T15: 90,000 fen × 500 ppm × 20 days = 900,000,000 /
/// 1,000,000 = 900 fen).
/// <c>default</c> is nothing accrued.
/// </remarks>
/// <param name="Numerator">Minor units × ppm × days.</param>
/// <param name="Denominator">The rate's denominator; 0 while nothing has accrued.</param>
public readonly record struct Accrual(long Numerator, long Denominator)
{
    /// <summary>True while nothing has accrued.</summary>
    public bool IsZero => Numerator == 0;

    /// <summary>This accrual plus <paramref name="days"/> days of <paramref name="principal"/> at <paramref name="rate"/>; throws on
    /// overflow and on a rate of another day count.</summary>
    public Accrual Plus(Money principal, Rate rate, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        if (days == 0 || principal.IsZero || rate.Ppm == 0)
        {
            return this;
        }

        if (Denominator != 0 && Denominator != rate.Denominator)
        {
            throw new InvalidOperationException("An accrual cannot change its day count; post it first.");
        }

        return new Accrual(checked(Numerator + checked(checked(principal.MinorUnits * rate.Ppm) * days)), rate.Denominator);
    }

    /// <summary>This accrual without <paramref name="days"/> days of <paramref name="principal"/>; unchanged when so much has not grown
    /// since it was last posted.</summary>
    public Accrual Less(Money principal, Rate rate, int days)
    {
        var grown = default(Accrual).Plus(principal, rate, days);
        return grown.Numerator > Numerator || grown.Numerator == 0 ? this
            : grown.Numerator == Numerator ? default
            : this with { Numerator = Numerator - grown.Numerator };
    }

    /// <summary>The accrual in whole minor units, rounded once.</summary>
    public Money RoundToMoney(Currency currency, Rounding rounding) => Denominator == 0
        ? Money.Zero(currency)
        : Money.Of(Rounded.Divide(Numerator, Denominator, rounding), currency);
}
