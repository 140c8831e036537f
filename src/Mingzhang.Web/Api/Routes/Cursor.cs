using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Mingzhang.Web.Api.Routes;

/// <summary>A place in a list, given out as a text that means nothing to callers.</summary>
internal static class Cursor
{
    /// <summary>Largest page.</summary>
    public const int LargestPage = 200;

    /// <summary>Page size when none is asked for.</summary>
    public const int UsualPage = 50;

    /// <summary>The text of a place.</summary>
    public static string Of(string list, long place) =>
        WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{list}:{place}")));

    /// <summary>The place of a text that this list gave out; null for any other.</summary>
    public static long? Read(string list, string text)
    {
        try
        {
            var plain = Encoding.ASCII.GetString(WebEncoders.Base64UrlDecode(text));
            return plain.StartsWith(list + ":", StringComparison.Ordinal)
                && long.TryParse(plain[(list.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                && Of(list, place) == text ? place : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Next">Cursor of the next page; absent on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page is asked for.</summary>
/// <param name="After">The place after which it begins; 0 = at the start.</param>
/// <param name="Limit">At most so many.</param>
internal readonly record struct PageQuery(long After, int Limit)
{
    /// <summary>Reads cursor and limit of a list.</summary>
    public static PageQuery Read(Fields.FieldReader query, string list)
    {
        var text = query.OptionalText("cursor", "Next of the page before.", 100);
        var limit = query.OptionalWhole("limit", "At most so many; default 50.", 1, Cursor.LargestPage) ?? Cursor.UsualPage;
        var after = text is null ? 0 : Cursor.Read(list, text);
        if (after is null)
        {
            query.Add(Fields.Rules.Cursor());
        }

        return new PageQuery(after ?? 0, (int)limit);
    }
}
