namespace Mingzhang.Services.People;

/// <summary>A resident identity number (公民身份号码, GB 11643-1999) that fulfils every rule of form.</summary>
/// <remarks>It is personal data: <see cref="ToString"/> shows neither the day of birth nor the person.</remarks>
public sealed record IdNumber
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    internal IdNumber(string number, DateOnly birth, Area? county, Area province) =>
        (Number, Birth, County, Province) = (number, birth, county, province);

    /// <summary>18 characters with a capital X, or the 15 digits of the old form.</summary>
    public string Number { get; }

    /// <summary>Day of birth; the old form lacks the century, which is 19.</summary>
    public DateOnly Birth { get; }

    /// <summary>The area of the first six digits; null when the table does not know it, as with some withdrawn counties.</summary>
    public Area? County { get; }

    /// <summary>The province, or the region of a residence permit (81 Hong Kong, 82 Macao, 83 Taiwan).</summary>
    public Area Province { get; }

    /// <summary>Whether the order code, the last digit before the check digit, is odd: a man.</summary>
    public bool IsMale => (Number[IsOldForm ? 14 : 16] - '0') % 2 == 1;

    /// <summary>Whether it is the form of before 1999: 15 digits, no century, no check digit.</summary>
    public bool IsOldForm => Number.Length == 15;

    /// <summary>Whether it belongs to a residence permit for people of Hong Kong, Macao or Taiwan.</summary>
    public bool IsResidencePermit => Number[0] == '8';

    /// <summary>Whether the area code was given out by the year of birth. When it was not, the number may still be right (areas are
    /// renumbered), but a person looks at it.</summary>
    public bool AreaFitsBirth => County is { } county && county.WasIssuedBy(Birth.Year);

    /// <summary>The number in 18 characters.</summary>
    /// <example>610104620927690 → 610104196209276908.</example>
    public string InFull => IsOldForm ? Number[..6] + "19" + Number[6..] + CheckDigit(Number[..6] + "19" + Number[6..]) : Number;

    /// <summary>The check digit of 17 digits: their weighted sum modulo 11, read from 10X98765432.</summary>
    /// <example>11010519491231002 → X, the specimen of the standard.</example>
    public static char CheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
        {
            sum += Weights[i] * (digits[i] - '0');
        }

        return "10X98765432"[sum % 11];
    }

    /// <summary>The area and stars; never the person.</summary>
    public override string ToString() => Number[..2] + new string('*', Number.Length - 2);
}
