using System.Text.RegularExpressions;

namespace Mingzhang.Tidy.Checks;

/// <summary>
/// What a distributed database of PostgreSQL's family (Citus, YugabyteDB) refuses or does otherwise, found by trying 83 statements on a
/// cluster of three (docs/decisions/0019).
/// </summary>
public static partial class PortableSql
{
    private static readonly (Regex Pattern, string Why)[] Forbidden =
    [
        (Plan(), "a generic plan cannot be distributed; leave plan_cache_mode alone"),
        (Advisory(), "an advisory lock does not reach across nodes; use a row"),
        (Channel(), "LISTEN and NOTIFY reach one node; ask a table"),
        (Deferred(), "deferrable and exclusion constraints are not supported; check in the transaction"),
        (Table(), "LOCK TABLE is not supported; lock a row"),
        (Trigger(), "triggers are not supported on distributed tables; the code keeps invariants"),
        (Merge(), "MERGE needs a distributed source; use INSERT … ON CONFLICT DO UPDATE"),
        (Sequence(), "a sequence is a bottleneck and has gaps; numbers come from a row"),
        (Moved(), "partition_id of a row cannot be changed; delete and insert"),
    ];

    /// <summary>Statements of one text that would not run, or run otherwise, on a distributed database.</summary>
    public static IEnumerable<Violation> Unportable(string where, int line, string text)
    {
        foreach (string statement in Comment().Replace(text, "").Split(';'))
        {
            foreach ((Regex pattern, string why) in Forbidden)
            {
                if (pattern.IsMatch(statement))
                {
                    yield return new(where, line, $"{why}: {Sql.Shorten(statement)}");
                }
            }

            string[] tables =
            [
                .. Named().Matches(statement).Select(m => m.Groups[1].Value).Where(t => !Sql.MetaTables.Contains(t)).Distinct(),
            ];
            if (tables.Length > 0 && ForUpdate().IsMatch(statement) && !Constant().IsMatch(statement))
            {
                yield return new(where, line, $"FOR UPDATE locks one partition, named by partition_id = @…: {Sql.Shorten(statement)}");
            }

            if (Joined().IsMatch(statement) && tables.Length > 1 && !SamePartition().IsMatch(statement))
            {
                yield return new(where, line, $"a join over partitions; compare partition_id of both sides: {Sql.Shorten(statement)}");
            }

            if (tables.Length > 0 && Volatile().IsMatch(statement))
            {
                yield return new(where, line, $"the time or chance of one node in a distributed write; bind it: {Sql.Shorten(statement)}");
            }

            if (Unique().Match(statement) is { Success: true } unique && !Sql.MetaTables.Contains(unique.Groups[1].Value)
                && !unique.Groups[2].Value.Contains("partition_id", StringComparison.Ordinal))
            {
                yield return new(where, line, $"a unique index needs partition_id: {Sql.Shorten(statement)}");
            }
        }
    }

    /// <summary>The same for the texts in code.</summary>
    public static IEnumerable<Violation> UnportableInCode(RepoFile file) =>
        Sql.Texts(CodeText.Parse(file.Text)).SelectMany(t => Unportable(file.Path, CodeText.LineOf(t.Node), t.Text));

    [GeneratedRegex(@"plan_cache_mode|force_generic_plan")]
    private static partial Regex Plan();

    [GeneratedRegex(@"\bpg_(?:try_)?advisory_")]
    private static partial Regex Advisory();

    [GeneratedRegex(@"^\s*(?:LISTEN|NOTIFY|UNLISTEN)\s+\w+|\bpg_notify\s*\(")]
    private static partial Regex Channel();

    [GeneratedRegex(@"\bDEFERRABLE\b|\bEXCLUDE\s+USING\b")]
    private static partial Regex Deferred();

    [GeneratedRegex(@"^\s*LOCK\s+(?:TABLE\s+)?\w+\s+IN\b|\bLOCK\s+TABLE\b")]
    private static partial Regex Table();

    [GeneratedRegex(@"\bCREATE\s+(?:CONSTRAINT\s+)?TRIGGER\b")]
    private static partial Regex Trigger();

    [GeneratedRegex(@"\bMERGE\s+INTO\b")]
    private static partial Regex Merge();

    [GeneratedRegex(@"\bnextval\s*\(|\b(?:BIG|SMALL)?SERIAL\b|\bCREATE\s+SEQUENCE\b")]
    private static partial Regex Sequence();

    [GeneratedRegex(@"\bSET\s(?:(?!\bWHERE\b|\bFROM\b).)*?\bpartition_id\s*=", RegexOptions.Singleline)]
    private static partial Regex Moved();

    [GeneratedRegex(@"\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b")]
    private static partial Regex ForUpdate();

    [GeneratedRegex(@"\bpartition_id\s*=\s*[@$]")]
    private static partial Regex Constant();

    [GeneratedRegex(@"\bJOIN\b")]
    private static partial Regex Joined();

    [GeneratedRegex(@"\bpartition_id\s*=\s*\w+\.partition_id|USING\s*\([^)]*partition_id")]
    private static partial Regex SamePartition();

    [GeneratedRegex(
        @"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b.*\b(?:clock_timestamp|now|random|gen_random_uuid)\s*\(|\bCURRENT_TIMESTAMP\b",
        RegexOptions.Singleline)]
    private static partial Regex Volatile();

    [GeneratedRegex(@"\bCREATE\s+UNIQUE\s+INDEX\s+(?:IF\s+NOT\s+EXISTS\s+)?\w+\s+ON\s+(\w+)\s*\(([^)]*)\)")]
    private static partial Regex Unique();

    [GeneratedRegex(@"(?:\bFROM|\bJOIN|\bINTO|\bUPDATE)\s+(?!SET\b)([A-Za-z_]\w*)")]
    private static partial Regex Named();

    [GeneratedRegex(@"--[^\n]*")]
    private static partial Regex Comment();
}
