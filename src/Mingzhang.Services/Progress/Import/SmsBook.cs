using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mingzhang.Domain.Progress;
using Mingzhang.Services.Progress.Spend;

namespace Mingzhang.Services.Progress.Import;

/// <summary>A pattern of a bank's messages.</summary>
/// <param name="Says">spend, back, or other (income, balance: understood and left out).</param>
/// <param name="Body">Regular expression with the groups amount, and where there are any: month, day, tail, merchant.</param>
public sealed record SmsPattern(string Says, string Body);

/// <summary>A bank whose messages are read.</summary>
/// <param name="Code">Its letters.</param>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
/// <param name="Sign">What its messages carry in brackets.</param>
/// <param name="Patterns">Tried in order.</param>
/// <param name="Samples">A message for each pattern, which a test reads.</param>
public sealed record SmsBank(
    string Code, string Zh, string En, IReadOnlyList<string> Sign, IReadOnlyList<SmsPattern> Patterns, IReadOnlyList<string> Samples);

/// <summary>
/// Reads pasted bank messages (R032) by the patterns of <c>data/progress/sms-banks.json</c>, a labelled sample. What no pattern fits is
/// listed, not guessed.
/// </summary>
public sealed class SmsBook
{
    /// <summary>Most messages at once.</summary>
    public const int Most = 200;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Lazy<SmsBook> Ours = new(() => Parse(MerchantTypes.ShippedFile("sms-banks.json")));
    private readonly IReadOnlyList<(SmsBank Bank, IReadOnlyList<(string Says, Regex Body)> Patterns)> _banks;

    private SmsBook(IReadOnlyList<SmsBank> banks)
    {
        Banks = banks;
        // Linear in the length of the text, whatever somebody pastes.
        _banks = [.. banks.Select(bank => (bank, (IReadOnlyList<(string, Regex)>)
            [.. bank.Patterns.Select(one => (one.Says, new Regex(one.Body, Linear)))]))];
    }

    /// <summary>The shipped sample.</summary>
    public static SmsBook Shipped => Ours.Value;

    /// <summary>The banks whose messages are read.</summary>
    public IReadOnlyList<SmsBank> Banks { get; }

    /// <summary>A file of patterns; throws <see cref="JsonException"/> for what is none.</summary>
    public static SmsBook Parse(string json) => new(
        JsonSerializer.Deserialize<IReadOnlyList<SmsBank>>(json, JsonSerializerOptions.Web) ?? throw new JsonException("no banks"));

    /// <summary>Reads messages, one a line. Refused (897) when none is understood.</summary>
    /// <param name="text">As pasted.</param>
    /// <param name="today">Messages name no year: the latest day that is not after this one.</param>
    public ImportRead Read(string text, DateOnly today)
    {
        var (lines, unknown, others) = (new List<ImportedLine>(), new List<string>(), 0);
        foreach (var message in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(Most))
        {
            var (says, line) = One(message, today);
            if (line is not null)
            {
                lines.Add(line);
            }
            else if (says == "other")
            {
                others++;
            }
            else
            {
                unknown.Add(message);
            }
        }

        return new ImportRead(lines, others, unknown, lines.Count == 0 && others == 0 ? new SmsNotUnderstood() : null);
    }

    private (string Says, ImportedLine? Line) One(string message, DateOnly today)
    {
        foreach (var (bank, patterns) in _banks.Where(one => one.Bank.Sign.Any(sign => message.Contains(sign, StringComparison.Ordinal))))
        {
            foreach (var (says, body) in patterns)
            {
                if (body.Match(message) is { Success: true } match)
                {
                    return says == "other" ? (says, null) : (says, Line(bank, says, match, message, today));
                }
            }
        }

        return ("", null);
    }

    private static ImportedLine? Line(SmsBank bank, string says, Match match, string message, DateOnly today)
    {
        var amount = match.Groups["amount"].Value.Replace(",", "", StringComparison.Ordinal);
        if (!decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
            || yuan * 100 != decimal.Truncate(yuan * 100) || yuan > 100_000_000 || DayOf(match, today) is not { } day)
        {
            return null;
        }

        var (tail, merchant) = (match.Groups["tail"].Value, match.Groups["merchant"].Value.Trim());
        return new ImportedLine(
            day, merchant.Length > 100 ? merchant[..100] : merchant, "", (long)(yuan * 100) * (says == "spend" ? 1 : -1), bank.Zh + tail,
            NumberOf(message), "sms-" + bank.Code);
    }

    // The message itself is its number: the same one pasted twice is one.
    private static string NumberOf(string message) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(message)))[..32];

    private static DateOnly? DayOf(Match match, DateOnly today)
    {
        if (!match.Groups["month"].Success)
        {
            return today;
        }

        var month = int.Parse(match.Groups["month"].Value, CultureInfo.InvariantCulture);
        var day = int.Parse(match.Groups["day"].Value, CultureInfo.InvariantCulture);
        for (var year = today.Year; year >= today.Year - 4; year--)
        {
            if (month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && new DateOnly(year, month, day) <= today)
            {
                return new DateOnly(year, month, day);
            }
        }

        return null;
    }
}
