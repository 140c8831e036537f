using System.Text.RegularExpressions;

namespace Mingzhang.Store.Postgres;

/// <summary>Turns the table definitions, which are written once, into PostgreSQL's words.</summary>
/// <remarks>Statements need no turning: they keep to what both databases understand, with parameters named <c>@name</c>.</remarks>
internal static partial class PostgresSql
{
    /// <summary>Whole numbers of 64 bits, byte strings, and no tables without row ids.</summary>
    public static string Of(string definition)
    {
        var text = Integer().Replace(definition, "BIGINT");
        text = Blob().Replace(text, "BYTEA");
        return WithoutRowId().Replace(text, ")");
    }

    [GeneratedRegex(@"\bINTEGER\b")]
    private static partial Regex Integer();

    [GeneratedRegex(@"\bBLOB\b")]
    private static partial Regex Blob();

    [GeneratedRegex(@"\)\s*WITHOUT\s+ROWID")]
    private static partial Regex WithoutRowId();
}
