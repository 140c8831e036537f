namespace Mingzhang.Domain.Explaining;

/// <summary>Receives the steps of a decision. A struct, so that <see cref="NoTrace"/> costs nothing.</summary>
public interface ITrace
{
    /// <summary>Whether anybody listens; ask before making a text.</summary>
    bool Listens { get; }

    /// <summary>One step: the rule that was applied, what it looked at, what came out.</summary>
    void Step(string rule, string input, Money output);
}

/// <summary>Listens to nothing.</summary>
public readonly struct NoTrace : ITrace
{
    /// <inheritdoc/>
    public bool Listens => false;

    /// <inheritdoc/>
    public void Step(string rule, string input, Money output)
    {
    }
}

/// <summary>One recorded step.</summary>
/// <param name="Rule">Rule id, such as <c>limit.available</c>.</param>
/// <param name="Input">What it looked at.</param>
/// <param name="Output">What came out.</param>
public sealed record TraceStep(string Rule, string Input, Money Output);

/// <summary>Writes the steps down.</summary>
public readonly struct RecordingTrace(List<TraceStep> steps) : ITrace
{
    /// <inheritdoc/>
    public bool Listens => true;

    /// <inheritdoc/>
    public void Step(string rule, string input, Money output) => steps.Add(new TraceStep(rule, input, output));
}
