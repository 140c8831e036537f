using System.Globalization;

namespace Mingzhang.Domain.Values;

/// <summary>An amount in whole minor units of one currency: 12.34 yuan is <c>Money.Of(1234, Currency.Cny)</c>.</summary>
/// <remarks>
/// <c>default(Money)</c> has no currency and throws on any arithmetic, so that a forgotten amount is loud.
/// There is no multiplication by a fraction: scaling goes through <see cref="Rate"/>, <see cref="Accrual"/> or <see cref="Split"/>.
/// </remarks>
public readonly record struct Money : IComparable<Money>
{
    private Money(long minorUnits, Currency currency)
    {
        MinorUnits = minorUnits;
        Currency = currency;
    }

    /// <summary>Whole minor units (fen, cents); negative means the other direction.</summary>
    public long MinorUnits { get; }

    /// <summary>The currency; amounts of two currencies never mix.</summary>
    public Currency Currency { get; }

    /// <summary>True for zero minor units of a real currency.</summary>
    public bool IsZero => MinorUnits == 0;

    /// <summary>True above zero.</summary>
    public bool IsPositive => MinorUnits > 0;

    /// <summary>True below zero.</summary>
    public bool IsNegative => MinorUnits < 0;

    /// <summary>An amount of <paramref name="minorUnits"/> minor units. Throws when the currency is none.</summary>
    public static Money Of(long minorUnits, Currency currency) => currency.IsNone
        ? throw new ArgumentException("An amount needs a currency.", nameof(currency))
        : new Money(minorUnits, currency);

    /// <summary>Zero of a currency.</summary>
    public static Money Zero(Currency currency) => Of(0, currency);

    /// <summary>The smaller of two amounts.</summary>
    public static Money Min(Money a, Money b) => a <= b ? a : b;

    /// <summary>The larger of two amounts.</summary>
    public static Money Max(Money a, Money b) => a >= b ? a : b;

    /// <summary>This amount, or zero when it is negative.</summary>
    public Money OrZeroIfNegative() => MinorUnits < 0 ? new Money(0, Currency) : this;

    /// <summary>Sum; throws on overflow or on two currencies.</summary>
    public static Money operator +(Money a, Money b) => new(checked(a.MinorUnits + b.MinorUnits), Same(a, b));

    /// <summary>Difference; throws on overflow or on two currencies.</summary>
    public static Money operator -(Money a, Money b) => new(checked(a.MinorUnits - b.MinorUnits), Same(a, b));

    /// <summary>The other direction.</summary>
    public static Money operator -(Money a) => new(checked(-a.MinorUnits), Same(a, a));

    /// <summary>Order within one currency.</summary>
    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;

    /// <summary>Order within one currency.</summary>
    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;

    /// <summary>Order within one currency.</summary>
    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;

    /// <summary>Order within one currency.</summary>
    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    /// <inheritdoc/>
    public int CompareTo(Money other)
    {
        _ = Same(this, other);
        return MinorUnits.CompareTo(other.MinorUnits);
    }

    /// <summary>Reads the stored form, such as <c>CNY1234</c> (minor units). Throws <see cref="FormatException"/> otherwise.</summary>
    public static Money Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var money) ? money : throw new FormatException("An amount is written as CNY1234, currency then minor units.");

    /// <summary>Reads the stored form <c>CNY1234</c>; false otherwise.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Money money)
    {
        money = default;
        if (text.Length < 4 || !Currency.TryParse(text[..3], out var currency)
            || !long.TryParse(text[3..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var minor))
        {
            return false;
        }

        money = new Money(minor, currency);
        return true;
    }

    /// <summary>The stored form, <c>CNY1234</c>: exact, culture-free, for logs and events. Screens use their own format.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Currency}{MinorUnits}");

    private static Currency Same(Money a, Money b)
    {
        if (a.Currency != b.Currency || a.Currency.IsNone)
        {
            throw new InvalidOperationException($"Amounts of two currencies, or of none, met: {a} and {b}.");
        }

        return a.Currency;
    }
}
