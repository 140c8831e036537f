namespace Mingzhang.Services.People;

/// <summary>The number of a bank card that fulfils the rules of ISO/IEC 7812: digits, length, check digit.</summary>
/// <remarks>It is personal data: <see cref="ToString"/> shows the last four digits only.</remarks>
public sealed record BankCardNumber
{
    /// <summary>Fewest digits.</summary>
    public const int Shortest = 12;

    /// <summary>Most digits.</summary>
    public const int Longest = 19;

    private BankCardNumber(string digits) => Digits = digits;

    /// <summary>12 to 19 digits.</summary>
    public string Digits { get; }

    /// <summary>The last four digits (尾号), by which people know a card.</summary>
    public string Tail => Digits[^4..];

    /// <summary>Who issues it, by the shipped table; null when that does not know it.</summary>
    public CardIssuer? Issuer => CardIssuers.Shipped.Find(Digits);

    /// <summary>Reads a number as it was typed; spaces between groups of digits are dropped.</summary>
    public static BankCardAnswer Read(string text)
    {
        var digits = text.Trim().Replace(" ", "", StringComparison.Ordinal);
        return digits.AsSpan().ContainsAnyExceptInRange('0', '9') ? new BankCardRejected(BankCardRule.Characters)
            : digits.Length is < Shortest or > Longest ? new BankCardRejected(BankCardRule.Length)
            : !IsLuhn(digits) ? new BankCardRejected(BankCardRule.CheckDigit)
            : new BankCardRead(new BankCardNumber(digits));
    }

    /// <summary>The check of Luhn: from the right every second digit doubled, less 9 above 9; the sum ends in 0.</summary>
    public static bool IsLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit;
        }

        return sum % 10 == 0;
    }

    /// <summary>Stars and the last four digits.</summary>
    public override string ToString() => new string('*', Digits.Length - 4) + Tail;
}

/// <summary>The answer to reading a card number. Closed.</summary>
public /*closed*/ abstract record BankCardAnswer
{
    private protected BankCardAnswer()
    {
    }
}

/// <summary>It fulfils every rule of form.</summary>
public sealed record BankCardRead(BankCardNumber Card) : BankCardAnswer;

/// <summary>It breaks a rule; no issuer is looked up for it.</summary>
public sealed record BankCardRejected(BankCardRule Rule) : BankCardAnswer;

/// <summary>The rules of a card number, in the order in which they are checked.</summary>
public enum BankCardRule
{
    /// <summary>Digits only.</summary>
    Characters,

    /// <summary>12 to 19 digits.</summary>
    Length,

    /// <summary>The last digit is the check digit of the others.</summary>
    CheckDigit,
}
