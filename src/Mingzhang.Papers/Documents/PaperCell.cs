using System.Globalization;

namespace Mingzhang.Papers.Documents;

/// <summary>A value on a paper: how it is written, and what it is for a spreadsheet.</summary>
/// <param name="Text">As printed.</param>
/// <param name="Number">The number it is, or null.</param>
/// <param name="Day">The day it is, or null.</param>
public readonly record struct PaperCell(string Text, decimal? Number = null, DateOnly? Day = null)
{
    /// <summary>A text.</summary>
    public static implicit operator PaperCell(string text) => Of(text);

    /// <summary>A text.</summary>
    public static PaperCell Of(string text) => new(text);

    /// <summary>A day, 2026-07-05.</summary>
    public static PaperCell Of(DateOnly day) => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null, day);

    /// <summary>An amount in minor units of a currency with two digits.</summary>
    /// <example>-123450 → −1,234.50.</example>
    public static PaperCell OfMinor(long minor)
    {
        var number = minor / 100m;
        var text = Math.Abs(number).ToString("#,##0.00", CultureInfo.InvariantCulture);
        return new(minor < 0 ? "-" + text : text, number);
    }
}
