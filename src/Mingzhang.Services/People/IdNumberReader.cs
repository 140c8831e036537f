using System.Globalization;

namespace Mingzhang.Services.People;

/// <summary>The answer to reading an identity number. Closed.</summary>
public /*closed*/ abstract record IdNumberAnswer
{
    private protected IdNumberAnswer()
    {
    }
}

/// <summary>It fulfils every rule of form; whether the person has it is another question.</summary>
public sealed record IdNumberRead(IdNumber Id) : IdNumberAnswer;

/// <summary>It breaks a rule; the first in the order of <see cref="IdNumberRule"/>.</summary>
public sealed record IdNumberRejected(IdNumberRule Rule) : IdNumberAnswer;

/// <summary>The rules of an identity number, in the order in which they are checked.</summary>
public enum IdNumberRule
{
    /// <summary>15 or 18 characters.</summary>
    Length,

    /// <summary>Digits; the last of 18 may be X.</summary>
    Characters,

    /// <summary>The first two digits are a province or region.</summary>
    Province,

    /// <summary>The day of birth exists.</summary>
    BirthDay,

    /// <summary>The day of birth lies between 1850 and today.</summary>
    BirthRange,

    /// <summary>The last character is the check digit of the others.</summary>
    CheckDigit,
}

/// <summary>Reads identity numbers.</summary>
public static class IdNumberReader
{
    private const int FirstYear = 1850;

    /// <summary>Reads a number as it was typed; a small x counts as X.</summary>
    /// <param name="text">15 or 18 characters, nothing around them.</param>
    /// <param name="today">Nobody is born after it.</param>
    public static IdNumberAnswer Read(string text, DateOnly today)
    {
        if (text.Length is not (15 or 18))
        {
            return new IdNumberRejected(IdNumberRule.Length);
        }

        var number = text.EndsWith('x') ? text[..^1] + "X" : text;
        var digits = number.AsSpan(0, number.Length == 18 ? 17 : 15);
        if (digits.ContainsAnyExceptInRange('0', '9') || !(char.IsAsciiDigit(number[^1]) || (number.Length == 18 && number[^1] == 'X')))
        {
            return new IdNumberRejected(IdNumberRule.Characters);
        }

        var area = int.Parse(digits[..6], CultureInfo.InvariantCulture);
        if (AreaCodes.Find(area / 10_000 * 10_000) is not { } province)
        {
            return new IdNumberRejected(IdNumberRule.Province);
        }

        var birth = number.Length == 18 ? number[6..14] : "19" + number[6..12];
        if (!DateOnly.TryParseExact(birth, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born))
        {
            return new IdNumberRejected(IdNumberRule.BirthDay);
        }

        if (born.Year < FirstYear || born > today)
        {
            return new IdNumberRejected(IdNumberRule.BirthRange);
        }

        return number.Length == 18 && IdNumber.CheckDigit(number) != number[^1]
            ? new IdNumberRejected(IdNumberRule.CheckDigit)
            : new IdNumberRead(new IdNumber(number, born, AreaCodes.Find(area), province));
    }
}
