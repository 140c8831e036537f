using System.Globalization;
using System.Text.Json;
using Mingzhang.Domain.Products;

namespace Mingzhang.Services.Notifications;

/// <summary>Why a person may or may not be contacted now.</summary>
public enum ContactReason
{
    /// <summary>They may.</summary>
    Allowed,

    /// <summary>The same message was allowed earlier that day: trying it again is no new contact.</summary>
    SameMessage,

    /// <summary>It is night where they are.</summary>
    QuietHours,

    /// <summary>They were contacted often enough that day.</summary>
    TriesSpent,

    /// <summary>It is somebody else.</summary>
    ThirdParty,

    /// <summary>They have not agreed to this kind.</summary>
    NoConsent,
}

/// <summary>The answer to an ask.</summary>
/// <param name="Reason">Why.</param>
/// <param name="NextAt">When to ask again; null when it is allowed, or never will be.</param>
/// <param name="Source">Where the rule comes from.</param>
public sealed record ContactAnswer(ContactReason Reason, DateTimeOffset? NextAt, LocalText Source)
{
    /// <summary>Whether the person may be contacted now.</summary>
    public bool IsAllowed => Reason is ContactReason.Allowed or ContactReason.SameMessage;
}

/// <summary>How often a class may come in a day.</summary>
public sealed record ContactCount(int Most, LocalText Source);

/// <summary>A class that is not counted.</summary>
/// <param name="AnyTime">It comes at night too.</param>
/// <param name="Source">Where that comes from.</param>
public sealed record ContactException(bool AnyTime, LocalText Source);

/// <summary>The rules of contact (<c>data/notices/contact-rules.json</c>): pure, time comes in as data.</summary>
/// <example>22:00:00 and 07:59:59 in Shanghai are night, 21:59:59 and 08:00:00 are not. The seventh try of a day waits for 08:00 of the
/// next.</example>
public sealed record ContactRules(
    TimeSpan Offset, TimeOnly QuietFrom, TimeOnly QuietUntil, LocalText QuietSource, LocalText ThirdSource,
    IReadOnlyDictionary<NoticeClass, ContactCount> MostPerDay, IReadOnlyDictionary<NoticeClass, ContactException> Exceptions)
{
    private static readonly Lazy<ContactRules> Ours = new(() => Read(NoticeBook.ShippedFile("contact-rules.json")));

    /// <summary>The shipped rules.</summary>
    public static ContactRules Shipped => Ours.Value;

    /// <summary>Reads them; throws for a file that breaks their form.</summary>
    public static ContactRules Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var quiet = root.GetProperty("quiet");
        return new ContactRules(
            TimeSpan.FromMinutes(root.GetProperty("offsetMinutes").GetInt32()), Hour(quiet, "from"), Hour(quiet, "until"), Source(quiet),
            Source(root.GetProperty("thirdParties")),
            root.GetProperty("mostPerDay").EnumerateArray().ToDictionary(
                Class, one => new ContactCount(one.GetProperty("most").GetInt32(), Source(one))),
            root.GetProperty("exceptions").EnumerateArray().ToDictionary(
                Class, one => new ContactException(one.GetProperty("anyTime").GetBoolean(), Source(one))));
    }

    /// <summary>The day over which tries are counted.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>How many of a class may come in a day; null when they are not counted.</summary>
    public int? MostOf(NoticeClass purpose) => Exceptions.ContainsKey(purpose) ? null : MostPerDay[purpose].Most;

    /// <summary>Everything but the count: null when the clock, the party and the consent allow it.</summary>
    public ContactAnswer? Refuse(NoticeClass purpose, bool toThirdParty, DateTimeOffset at, bool agreedToNight, bool agreedToMarketing)
    {
        if (toThirdParty)
        {
            return new ContactAnswer(ContactReason.ThirdParty, null, ThirdSource);
        }

        if (purpose == NoticeClass.Marketing && !agreedToMarketing)
        {
            return new ContactAnswer(ContactReason.NoConsent, null, MostPerDay[purpose].Source);
        }

        return IsQuiet(at) && !agreedToNight && Exceptions.GetValueOrDefault(purpose) is not { AnyTime: true }
            ? new ContactAnswer(ContactReason.QuietHours, MorningAfter(at), QuietSource) : null;
    }

    /// <summary>The answer when the day's tries are spent.</summary>
    public ContactAnswer Spent(NoticeClass purpose, DateTimeOffset at) =>
        new(ContactReason.TriesSpent, At(DayOf(at).AddDays(1), QuietUntil), MostPerDay[purpose].Source);

    /// <summary>The answer when it is allowed.</summary>
    public ContactAnswer Allow(NoticeClass purpose, bool again) => new(
        again ? ContactReason.SameMessage : ContactReason.Allowed, null,
        Exceptions.GetValueOrDefault(purpose)?.Source ?? MostPerDay[purpose].Source);

    /// <summary>Whether it is night in Shanghai: from its first second, until the morning's first second.</summary>
    public bool IsQuiet(DateTimeOffset at)
    {
        var hour = TimeOnly.FromDateTime(at.ToOffset(Offset).DateTime);
        return hour >= QuietFrom || hour < QuietUntil;
    }

    private DateTimeOffset MorningAfter(DateTimeOffset at)
    {
        var local = at.ToOffset(Offset);
        var day = DateOnly.FromDateTime(local.DateTime);
        return At(TimeOnly.FromDateTime(local.DateTime) < QuietUntil ? day : day.AddDays(1), QuietUntil);
    }

    private DateTimeOffset At(DateOnly day, TimeOnly hour) => new(day, hour, Offset);

    private static TimeOnly Hour(JsonElement one, string name) =>
        TimeOnly.ParseExact(one.GetProperty(name).GetString()!, "HH:mm", CultureInfo.InvariantCulture);

    private static NoticeClass Class(JsonElement one) => Enum.Parse<NoticeClass>(one.GetProperty("class").GetString()!, ignoreCase: true);

    private static LocalText Source(JsonElement one) =>
        new(one.GetProperty("source").GetProperty("zh").GetString()!, one.GetProperty("source").GetProperty("en").GetString()!);
}
