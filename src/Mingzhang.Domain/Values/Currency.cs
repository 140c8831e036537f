namespace Mingzhang.Domain.Values;

/// <summary>An ISO 4217 currency by its three letters, packed into one integer. <c>default</c> is "none" and prints "???".</summary>
/// <remarks>All currencies the books use here have two minor digits (1 yuan = 100 fen).</remarks>
public readonly record struct Currency
{
    private readonly int _packed;

    private Currency(int packed) => _packed = packed;

    /// <summary>Renminbi yuan, 100 fen.</summary>
    public static Currency Cny { get; } = Parse("CNY");

    /// <summary>New Taiwan dollar, 100 cents.</summary>
    public static Currency Twd { get; } = Parse("TWD");

    /// <summary>True for <c>default(Currency)</c>, which no amount may have.</summary>
    public bool IsNone => _packed == 0;

    /// <summary>Reads three upper-case ASCII letters. Throws <see cref="FormatException"/> for anything else.</summary>
    public static Currency Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var currency) ? currency : throw new FormatException("A currency is three letters A to Z, such as CNY.");

    /// <summary>Reads three upper-case ASCII letters; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Currency currency)
    {
        currency = default;
        if (text.Length != 3 || !IsUpper(text[0]) || !IsUpper(text[1]) || !IsUpper(text[2]))
        {
            return false;
        }

        currency = new Currency((text[0] << 16) | (text[1] << 8) | text[2]);
        return true;
    }

    /// <summary>The three letters.</summary>
    public override string ToString() => string.Create(3, this, static (span, currency) => currency.CopyTo(span));

    /// <summary>Writes the three letters, or three question marks when it is none.</summary>
    public void CopyTo(Span<char> target)
    {
        target[0] = IsNone ? '?' : (char)((_packed >> 16) & 0xFF);
        target[1] = IsNone ? '?' : (char)((_packed >> 8) & 0xFF);
        target[2] = IsNone ? '?' : (char)(_packed & 0xFF);
    }

    private static bool IsUpper(char c) => c is >= 'A' and <= 'Z';
}
