using System.Globalization;
using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>The naive model beside the core while a history is made: every answer and every day's end are compared at once.</summary>
public sealed class Rival(Line line)
{
    private readonly Account _account = new(line.Naive);

    /// <summary>Whether anything differed so far.</summary>
    public bool Differs { get; private set; }

    /// <summary>A day begins.</summary>
    public void Open(DateOnly day) => _account.OpenDay(day);

    /// <summary>A command was decided by the core.</summary>
    public void Tell(AccountCommand command, Decision decision) =>
        Differs |= !Agree(_account.Tell(Neutral.Of(command)), decision is Refused no ? no.Reason.Code.Number : 0);

    /// <summary>A day ends. The numbers are compared every day, the words of a failure report on the first of each month as well.</summary>
    public void Close(CoreAccount core, DateOnly day)
    {
        DayFigures figures = _account.Figures();
        Differs |= !QuickFigures.Same(figures, core, day)
            || (day.Day == 1 && Figures.Of(figures, line).Against(Figures.Of(core, day)).Length > 0);
    }

    /// <summary>The smallest code is given; where the thing is unknown (211, 250) that may come first as well.</summary>
    /// <param name="rules">The codes that apply by the page; none = accepted.</param>
    /// <param name="core">The code the core gave; 0 = accepted.</param>
    public static bool Agree(IReadOnlyList<int> rules, int core) =>
        core == (rules.Count == 0 ? 0 : rules[0]) || ((rules.Contains(211) || rules.Contains(250)) && rules.Contains(core));
}
