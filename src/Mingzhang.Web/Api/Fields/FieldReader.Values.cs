using System.Globalization;
using System.Text.Json;

namespace Mingzhang.Web.Api.Fields;

/// <content>Single values: what each kind of field accepts, and what is said when it does not. Static, so that a request makes no
/// delegates.</content>
internal partial class FieldReader
{
    /// <summary>The words of an enumeration.</summary>
    public static IReadOnlyList<string> WordsOf<T>()
        where T : struct, Enum => EnumWords<T>.All;

    private static string? IdIn(FieldReader reader, JsonElement e, FieldSpec spec) =>
        ReadText(e, 64) is { } text && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 ? text : null;

    private static FieldError BrokenId(string field, FieldSpec spec) => Rules.Id(field);

    private static string? TextIn(FieldReader reader, JsonElement e, FieldSpec spec) => ReadText(e, (int)spec.Most!.Value);

    private static FieldError BrokenText(string field, FieldSpec spec) => Rules.Text(field, (int)spec.Most!.Value);

    private static long? WholeIn(FieldReader reader, JsonElement e, FieldSpec spec) => e.ValueKind switch
    {
        JsonValueKind.Number when e.TryGetInt64(out var number) && number >= spec.Least && number <= spec.Most => number,
        JsonValueKind.String when reader._isQuery
            && long.TryParse(e.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= spec.Least && number <= spec.Most => number,
        // The rest: fractions, texts, numbers out of range.
        _ => null,
    };

    private static FieldError BrokenAmount(string field, FieldSpec spec) => Rules.Amount(field, spec.Least!.Value);

    private static FieldError BrokenWhole(string field, FieldSpec spec) => Rules.Whole(field, spec.Least!.Value, spec.Most!.Value);

    private static bool? YesNoIn(FieldReader reader, JsonElement e, FieldSpec spec) => e.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when reader._isQuery && e.GetString() is "true" => true,
        JsonValueKind.String when reader._isQuery && e.GetString() is "false" => false,
        // The rest: texts, numbers.
        _ => null,
    };

    private static FieldError BrokenYesNo(string field, FieldSpec spec) => Rules.YesNo(field);

    private static DateOnly? DateIn(FieldReader reader, JsonElement e, FieldSpec spec) => e.ValueKind == JsonValueKind.String
        && DateOnly.TryParseExact(e.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static FieldError BrokenDate(string field, FieldSpec spec) => Rules.Date(field);

    private static string? ReadText(JsonElement e, int most)
    {
        if (e.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = e.GetString()!;
        return text.Length > 0 && text.Length <= most && !string.IsNullOrWhiteSpace(text) && !HasControl(text) ? text : null;
    }

    private static bool HasControl(string text)
    {
        foreach (var sign in text)
        {
            if (char.IsControl(sign))
            {
                return true;
            }
        }

        return false;
    }

    private static T? ReadWord<T>(JsonElement e)
        where T : struct, Enum
    {
        if (e.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var at = EnumWords<T>.All.IndexOf(e.GetString()!);
        return at < 0 ? null : EnumWords<T>.Values[at];
    }

    /// <summary>Made once for each enumeration.</summary>
    private static class EnumWords<T>
        where T : struct, Enum
    {
        public static readonly List<string> All = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

        public static readonly T[] Values = Enum.GetValues<T>();
    }
}
