using Mingzhang.Domain.Products;

namespace Mingzhang.Cli;

/// <summary>Something a person has to put right: where it is, which rule it breaks, what to do; in both languages.</summary>
/// <param name="File">The file, or null.</param>
/// <param name="Line">Its line from 1, or null.</param>
/// <param name="Field">Column, option, JSON path or thing.</param>
/// <param name="Rule">What holds.</param>
/// <param name="Fix">What to do.</param>
/// <param name="RuleZh">What holds, in Chinese.</param>
/// <param name="FixZh">What to do, in Chinese.</param>
public sealed record Problem(string? File, long? Line, string Field, string Rule, string Fix, string RuleZh, string FixZh)
{
    /// <summary>A problem that is in no file.</summary>
    public static Problem Of(string field, string rule, string fix, string ruleZh, string fixZh) =>
        new(null, null, field, rule, fix, ruleZh, fixZh);

    /// <summary>A broken rule of a product file.</summary>
    public static Problem Of(ProductError e) => new(e.File, null, e.Field, e.Rule, e.Fix, e.RuleZh, e.FixZh);
}

/// <summary>Ends a command: what is wrong, and with which exit code.</summary>
public sealed class ProblemException : Exception
{
    /// <summary>Without details.</summary>
    public ProblemException()
        : this(ExitCode.House, [])
    {
    }

    /// <summary>With a message only.</summary>
    public ProblemException(string message)
        : this(ExitCode.House, [Problem.Of("mz", message, "Report it.", message, "请报告此问题。")])
    {
    }

    /// <summary>With a message and a cause.</summary>
    public ProblemException(string message, Exception inner)
        : base(message, inner) => Problems = [];

    /// <summary>With the problems.</summary>
    public ProblemException(ExitCode code, params IReadOnlyList<Problem> problems)
        : base(problems.Count > 0 ? problems[0].Rule : "")
    {
        Code = code;
        Problems = problems;
    }

    /// <summary>What the process returns.</summary>
    public ExitCode Code { get; } = ExitCode.House;

    /// <summary>All of them.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
