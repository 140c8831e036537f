using System.Globalization;

namespace Mingzhang.Web.Console;

/// <summary>Where a list of accounts goes on.</summary>
public static class ListCursor
{
    /// <summary>After a row.</summary>
    public static string Of(ShelfRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Partition}.{row.AccountId}");

    /// <summary>The place of a cursor; the start for anything else.</summary>
    public static (long Partition, long Account) Read(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var account)
            ? (partition, account)
            : (-1, -1);
    }
}
