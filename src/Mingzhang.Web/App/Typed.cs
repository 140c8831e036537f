using System.Globalization;

namespace Mingzhang.Web.App;

/// <summary>Reads what people type.</summary>
public static class Typed
{
    private const long Most = 100_000_000_000;

    /// <summary>Yuan such as 1,234.5 in fen; null when it is no amount above zero with at most two digits.</summary>
    public static long? Fen(string? yuan)
    {
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands
            | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        return decimal.TryParse(yuan, Styles, CultureInfo.InvariantCulture, out var value) && value is > 0 and < Most / 100m
            && decimal.Truncate(value * 100) == value * 100
            ? (long)(value * 100)
            : null;
    }

    /// <summary>A date such as 2026-07-05; null when it is none.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Whether a form's field is left out or holds one of the values that its page offers.</summary>
    public static bool IsOffered(IFormCollection form, string field, params IReadOnlyList<string> values) =>
        !form.TryGetValue(field, out var sent) || values.Contains(sent.ToString());

    /// <summary>A whole number; null when it is none.</summary>
    public static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
