namespace Mingzhang.Tidy;

/// <summary>One place where the house rules are broken, and what to do about it.</summary>
public sealed record Violation(string Where, int Line, string What)
{
    public override string ToString() => Line > 0 ? $"{Where}({Line}): {What}" : $"{Where}: {What}";
}

public static class Tidy
{
    /// <summary>Fails with every violation, one a line, so that one run shows all of them.</summary>
    public static void None(IEnumerable<Violation> violations)
    {
        string[] found = [.. violations.Select(v => v.ToString()).Distinct().Order(StringComparer.Ordinal)];
        if (found.Length > 0)
        {
            Assert.Fail($"{found.Length} found:\n  " + string.Join("\n  ", found));
        }
    }

    /// <summary>Asserts that a planted violation is caught: exactly one, naming what was planted.</summary>
    public static void Caught(IEnumerable<Violation> violations, string mentioning)
    {
        Violation violation = Assert.Single(violations);
        Assert.Contains(mentioning, violation.ToString(), StringComparison.Ordinal);
    }
}
