using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mingzhang.Tidy.Checks;

/// <summary>Every statement names its partition, and no statement is glued together from values.</summary>
public static partial class Sql
{
    /// <summary>Tables that belong to the whole database and not to a partition. A new name here needs a reason beside it.</summary>
    public static readonly IReadOnlySet<string> MetaTables = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "schema_version", // which migrations this database has seen
        "lender_day", // one row per day written, and per day compared with a lender's statement
        "settlement_day", // one row per day compared with the bank's file
        "access_rules", // one row per version of the conditions of use
        "incident", // one row per disturbance of the service
        "campaign_stop", // one row per campaign that staff stopped
        "shadow_run", // one row per version that staff tried
        "merchant", // one row per shop that may be paid
        "house", // one row: business clock, sandbox or not
        "settled", // one row: how far the journal is indexed
        "follower", // one row per follower: its checkpoint in the journal of all partitions
        "webhook", // one row per subscriber
        "api_key", // one row per key of the HTTP API
        "api_answer", // answers of API writes that are no commands on an account, by key
        "product_version", // one row per product version published here
        "journal_head", // PostgreSQL only, one row: the end of the journal
        "node", // PostgreSQL only, one row per process that runs the house
        "leader", // PostgreSQL only, one row: which of them leads
        "certificate_key", // one row per key that signs certificates
        "people_secret", // one row: what the search hashes of people are derived from, wrapped
        "web_login", // one row per login, found by its name before anybody knows whose it is
        "web_setting", // one row per setting of the web host
        "door_staff", // one row per member of staff
        "playbook_read", // one row per member of staff and version of a playbook they have read
        "door_attempt", // wrong passwords by name, counted before anybody knows whose it is
        "door_once", // single-use codes by name, kept before anybody knows whose it is
        "unnest", // not a table: the rows a statement brings
        "information_schema", // PostgreSQL's own catalogue
        "pg_indexes", // same
        "pg_stat_activity", // same
        "pg_stat_replication", // same
        "pg_stat_wal_receiver", // same
        "sqlite_master", // SQLite's own catalogue
        "sqlite_schema", // same, newer name
        "pragma_table_info", // same, as a function
    };

    /// <summary>Indexes over all partitions; on a distributed database each shard has its part of it.</summary>
    private static readonly IReadOnlySet<string> WholeIndexes = new HashSet<string>(StringComparer.Ordinal)
    {
        "journal_position", // the order of the whole house
    };

    [GeneratedRegex(
        @"\b(?:SELECT\b.+?\bFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|"
        + @"CREATE\s+(?:TABLE|(?:UNIQUE\s+)?INDEX))\b",
        RegexOptions.Singleline)]
    private static partial Regex Statement { get; }

    [GeneratedRegex(
        @"(?:\bFROM|\bJOIN|\bINTO|\bUPDATE|\bCREATE\s+TABLE(?:\s+IF\s+NOT\s+EXISTS)?|\bINDEX\b[^(]*?\bON)\s+(?!SET\b)([A-Za-z_]\w*)")]
    private static partial Regex Table { get; }

    [GeneratedRegex(@"\bCREATE\s+INDEX\s+(\w+)")]
    private static partial Regex Index { get; }

    [GeneratedRegex(@"\bWITH\s+(?:RECURSIVE\s+)?(\w+)\s*(?:\([^)]*\)\s*)?AS\s*\(|\)\s*,\s*(\w+)\s*(?:\([^)]*\)\s*)?AS\s*\(")]
    private static partial Regex CommonTable { get; }

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex LineComment { get; }

    /// <summary>Statements of one text, checked for their partition. Keywords in capitals are SQL; in lower case they are prose.</summary>
    public static IEnumerable<Violation> Unpartitioned(string where, int line, string text)
    {
        foreach (string statement in LineComment.Replace(text, "").Split(';'))
        {
            if (!Statement.IsMatch(statement) || statement.Contains("partition_id", StringComparison.Ordinal)
                || WholeIndexes.Contains(Index.Match(statement).Groups[1].Value))
            {
                continue;
            }

            HashSet<string> known = new(MetaTables, StringComparer.OrdinalIgnoreCase);
            known.UnionWith(CommonTable.Matches(statement).SelectMany(m => m.Groups.Values.Skip(1)).Select(g => g.Value));
            string[] tables = [.. Table.Matches(statement).Select(m => m.Groups[1].Value).Where(t => !known.Contains(t))];
            if (tables.Length > 0)
            {
                yield return new(where, line, $"touches {string.Join(", ", tables)} without partition_id: {Shorten(statement)}");
            }
        }
    }

    public static IEnumerable<Violation> UnpartitionedInCode(RepoFile file) =>
        Texts(CodeText.Parse(file.Text)).SelectMany(t => Unpartitioned(file.Path, CodeText.LineOf(t.Node), t.Text));

    /// <summary>An interpolated SQL text may only insert constants of its own file; everything else is a parameter.</summary>
    public static IEnumerable<Violation> Built(RepoFile file)
    {
        SyntaxNode root = CodeText.Parse(file.Text);
        HashSet<string> constants =
        [
            .. root.DescendantNodes().OfType<FieldDeclarationSyntax>().Where(f => f.Modifiers.Any(SyntaxKind.ConstKeyword))
                .SelectMany(f => f.Declaration.Variables).Select(v => v.Identifier.Text),
            .. root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>().Where(l => l.IsConst)
                .SelectMany(l => l.Declaration.Variables).Select(v => v.Identifier.Text),
        ];
        foreach (InterpolatedStringExpressionSyntax text in root.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>())
        {
            string fixedParts = string.Join(' ', text.Contents.OfType<InterpolatedStringTextSyntax>().Select(t => t.TextToken.ValueText));
            string[] holes =
            [
                .. text.Contents.OfType<InterpolationSyntax>().Select(h => h.Expression.ToString()).Where(h => !constants.Contains(h)),
            ];
            if (holes.Length > 0 && Statement.IsMatch(fixedParts))
            {
                yield return new(file.Path, CodeText.LineOf(text), $"SQL with {holes[0]} glued in; bind it as a parameter.");
            }
        }
    }

    /// <summary>The texts in code, those added together as one.</summary>
    internal static IEnumerable<(SyntaxNode Node, string Text)> Texts(SyntaxNode root)
    {
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            bool isWholeSum = node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }
                && node.Parent is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression };
            bool isAlone = node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax
                && node.Parent is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression };
            if (isWholeSum || isAlone)
            {
                yield return (node, TextOf(node));
            }
        }
    }

    private static string TextOf(SyntaxNode node) => string.Concat(node.DescendantTokens()
        .Where(t => t.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringTextToken)
        .Select(t => t.ValueText));

    /// <summary>A statement on one line, cut.</summary>
    internal static string Shorten(string statement)
    {
        string oneLine = string.Join(' ', statement.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return oneLine.Length <= 80 ? oneLine : oneLine[..80] + "…";
    }
}
