using System.Globalization;
using System.Text.RegularExpressions;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Wording;

namespace Mingzhang.Services.Notifications;

/// <summary>What a text may call things by, beside the notice's own fields.</summary>
/// <param name="Product">The product's name.</param>
/// <param name="Tail">Last four digits of the card; never more of it.</param>
/// <param name="Name">The person's masked name.</param>
public sealed record NoticeNames(string Product, string Tail, string Name);

/// <summary>A notice in words.</summary>
/// <param name="Title">One line.</param>
/// <param name="Body">The whole of it.</param>
/// <param name="Sms">Short; null when it never goes by SMS.</param>
/// <param name="Link">The page of this host that explains it.</param>
public sealed record NoticeSaid(string Title, string Body, string? Sms, string Link);

/// <summary>Puts a notice's fields into the texts of its kind.</summary>
public static partial class NoticeWords
{
    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Hole { get; }

    /// <summary>The notice in one language. A kind this program no longer knows is told by its name.</summary>
    public static NoticeSaid Say(NoticeBook book, Notice notice, NoticeNames names, bool chinese)
    {
        if (book.Find(notice.Kind) is not { } kind)
        {
            return new NoticeSaid(notice.Kind, "", null, "/app/activity");
        }

        var text = book.Text(notice.Kind, chinese);
        string Fill(string template) => Hole.Replace(
            template, match => Value(book, kind, notice, names, match.Groups[1].Value, chinese));
        var link = Hole.Replace(kind.Link, match => Uri.EscapeDataString(notice.Fields.GetValueOrDefault(match.Groups[1].Value, "")));
        return new NoticeSaid(Fill(text.Title), Fill(text.Body), text.Sms is { } sms ? Fill(sms) : null, link);
    }

    /// <summary>The name as others see it: 林晓雨 → 林**.</summary>
    public static string Masked(string name) => name.Length == 0 ? "" : name[..1] + new string('*', name.Length - 1);

    private static string Value(NoticeBook book, NoticeKind kind, Notice notice, NoticeNames names, string hole, bool chinese)
    {
        if (!notice.Fields.TryGetValue(hole, out var value))
        {
            return hole switch
            {
                "product" => names.Product,
                "tail" => names.Tail,
                "name" => names.Name,
                // The rest: a field the notice was made without, by an older program.
                _ => "–",
            };
        }

        var field = kind.Fields.FirstOrDefault(one => one.Name == hole);
        return field?.Form switch
        {
            FieldForm.Money => Money.TryParse(value, out var amount) ? RefusalText.Yuan(amount) : value,
            FieldForm.Day => Day(value, chinese),
            FieldForm.Month => Month(value, chinese),
            FieldForm.Price => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var ppm)
                ? (ppm / 10_000m).ToString("0.####", CultureInfo.InvariantCulture) + "%" : value,
            FieldForm.Word => book.Word(field.Family, value, chinese),
            FieldForm.Number or FieldForm.Text or null => value,
            _ => throw new InvalidOperationException("An eighth form of a field."),
        };
    }

    private static string Day(string value, bool chinese) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString(chinese ? "M月d日" : "d MMM", CultureInfo.InvariantCulture) : value;

    private static string Month(string value, bool chinese) =>
        DateOnly.TryParseExact(value + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.ToString(chinese ? "yyyy年M月" : "MMM yyyy", CultureInfo.InvariantCulture) : value;
}
