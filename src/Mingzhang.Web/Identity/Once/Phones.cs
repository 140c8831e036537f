using System.Text.RegularExpressions;

namespace Mingzhang.Web.Identity.Once;

/// <summary>Mobile numbers of mainland China.</summary>
internal static partial class Phones
{
    [GeneratedRegex("^1[3-9][0-9]{9}$", RegexOptions.ECMAScript)]
    private static partial Regex Mobile { get; }

    /// <summary>Eleven digits beginning with 13 to 19.</summary>
    public static bool IsMobile(string text) => Mobile.IsMatch(text);
}
