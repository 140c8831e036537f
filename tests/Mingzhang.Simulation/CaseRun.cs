namespace Mingzhang.Simulation;

/// <summary>Plays the lines of one golden case: accounts on the core, day by day; terms on their own.</summary>
internal sealed class CaseRun
{
    private readonly List<Step> _steps = [];
    private CoreAccount _core = new();

    /// <summary>The lines with the figures the core has.</summary>
    public List<string> Written { get; } = [];

    /// <summary>Lines whose figures differ.</summary>
    public List<string> Wrong { get; } = [];

    public void Play(string line)
    {
        if (line.StartsWith("product ", StringComparison.Ordinal))
        {
            _core = new CoreAccount { Line = CaseProducts.Named(line[8..].Trim()) };
            Written.Add(line);
        }
        else if (line.Length == 0 || line[0] == '#')
        {
            Written.Add(line);
        }
        else if (TermsLine.Is(line))
        {
            TermsLine terms = new(line.Split('|')[0].TrimEnd());
            Compare(line, terms.Figure);
        }
        else
        {
            OnAccount(line);
        }
    }

    /// <summary>The same history on the naive model; null when it agrees or has no such case.</summary>
    public string? Difference() =>
        _steps.Count > 0 && _steps.TrueForAll(s => s.Command.EffectiveOn == s.On && s.Command is not ReturnRepayment)
            ? new Script(_steps, _core.State.AsOf.AddDays(40)) { Line = _core.Line }.Difference()
            : null;

    private void OnAccount(string line)
    {
        CaseLine step = new(line.Split('|')[0].TrimEnd());
        _core.PassTo(step.Day);
        if (step.Command(_core) is { } command)
        {
            Decision decision = _core.Decide(command, step.Day);
            Assert.True(decision is Accepted, $"{line}: {decision}");
            _steps.Add(new Step(step.Day, command));
        }

        Compare(line, asked => CaseFigures.Of(asked, _core, step.Day));
    }

    private void Compare(string line, Func<string, string> figure)
    {
        string[] sides = line.Split('|');
        string expected = sides.Length < 2 ? "" : sides[1].Trim();
        string actual = string.Join(' ', expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(figure));
        Wrong.AddRange(expected == actual ? [] : [$"{sides[0].TrimEnd()}\n  case {expected}\n  core {actual}"]);
        Written.Add(sides.Length < 2 ? line : $"{sides[0]}| {actual}");
    }
}
