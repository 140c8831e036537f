using System.Globalization;
using System.Text;
using Mingzhang.Oracle;

namespace Mingzhang.Simulation;

/// <summary>A command and the day it is booked.</summary>
public sealed record Step(DateOnly On, AccountCommand Command);

/// <summary>A history to play: steps in order, and the last day.</summary>
public sealed record Script(IReadOnlyList<Step> Steps, DateOnly Until)
{
    /// <summary>The product.</summary>
    public Line Line { get; init; } = LendingLines.PayLater;

    /// <summary>Calendar months from the first step to the end.</summary>
    public int Months => ((Until.Year - Steps[0].On.Year) * 12) + Until.Month - Steps[0].On.Month;

    /// <summary>Plays it on the core and on the oracle; null when they agree on every answer and every day.</summary>
    public string? Difference(PlantedBug? bug = null)
    {
        CoreAccount core = new() { Bug = bug, Line = Line };
        List<Figures> days = [];
        List<int> answers = [];
        try
        {
            PlayCore(core, days, answers, bug);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return $"{Steps[0].On.AddDays(days.Count):yyyy-MM-dd}: the core threw {problem.GetType().Name}: {problem.Message}";
        }

        Outcome outcome = Account.Run(Line.Naive, [.. Steps.Select(s => Neutral.Of(s.Command))], Until);
        for (int i = 0; i < Steps.Count; i++)
        {
            if (!Rival.Agree(outcome.Answers[i], answers[i]))
            {
                string wanted = string.Join(' ', outcome.Answers[i].DefaultIfEmpty(0));
                return Before(days, outcome, i) ?? string.Create(CultureInfo.InvariantCulture,
                    $"{Steps[i].On:yyyy-MM-dd} {Words.Of(Steps[i].Command)}\n  rules {wanted}, core {answers[i]} (0 = accepted)");
            }
        }

        return FirstDay(days, outcome, days.Count);
    }

    /// <summary>A day before step i on which figures already differ comes first.</summary>
    private string? Before(List<Figures> days, Outcome outcome, int i) =>
        FirstDay(days, outcome, Steps[i].On.DayNumber - Steps[0].On.DayNumber);

    private string? FirstDay(List<Figures> days, Outcome outcome, int count)
    {
        for (int d = 0; d < count; d++)
        {
            string difference = Figures.Of(outcome.Days[d], Line).Against(days[d]);
            if (difference.Length > 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{outcome.Days[d].Day:yyyy-MM-dd}\n{difference}");
            }
        }

        return null;
    }

    private void PlayCore(CoreAccount core, List<Figures> days, List<int> answers, PlantedBug? bug)
    {
        int at = 0;
        for (DateOnly day = Steps[0].On; day <= Until; day = day.AddDays(1))
        {
            core.PassTo(day);
            for (; at < Steps.Count && Steps[at].On == day; at++)
            {
                answers.Add(core.Decide(Steps[at].Command, day) is Refused no ? no.Reason.Code.Number : 0);
            }

            Figures figures = Figures.Of(core, day);
            days.Add(bug?.OnFigures(core.State, day, figures) ?? figures);
        }
    }

    /// <summary>Drops steps as long as some difference stays; at most so many tries.</summary>
    public Script Shrunk(PlantedBug? bug = null, int tries = 3000)
    {
        Script best = this;
        for (int size = Math.Max(1, best.Steps.Count / 2); size >= 1; size = size == 1 ? 0 : size / 2)
        {
            for (int from = 1; from < best.Steps.Count && tries > 0; tries--)
            {
                Script smaller = best with { Steps = [.. best.Steps.Take(from), .. best.Steps.Skip(from + size)] };
                if (smaller.Difference(bug) is not null)
                {
                    best = smaller;
                }
                else
                {
                    from += size;
                }
            }
        }

        if (best.Steps.Count < Steps.Count && tries > 0)
        {
            best = best.Shrunk(bug, tries);
        }

        while (best.Until > best.Steps[^1].On && (best with { Until = best.Until.AddDays(-1) }).Difference(bug) is not null)
        {
            best = best with { Until = best.Until.AddDays(-1) };
        }

        return best;
    }

    /// <summary>What the core did on the last days, for a failure message.</summary>
    public string LastEvents(int entries = 3)
    {
        CoreAccount core = new() { Line = Line };
        try
        {
            PlayCore(core, [], [], null);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return "the core threw\n";
        }

        return string.Concat(core.History.TakeLast(entries).Select(e => string.Create(
            CultureInfo.InvariantCulture, $"    core {e.BookedOn:yyyy-MM-dd}: {string.Join("; ", e.Events.Select(Words.Of))}\n")));
    }

    /// <summary>The core's figures of every day, as far as it came.</summary>
    public IReadOnlyList<Figures> Days()
    {
        List<Figures> days = [];
        try
        {
            PlayCore(new CoreAccount { Line = Line }, days, [], null);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // As far as it came.
        }

        return days;
    }

    public override string ToString()
    {
        StringBuilder text = new();
        foreach (Step step in Steps)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"{step.On:yyyy-MM-dd} {Words.Of(step.Command)}\n");
        }

        return $"{Line.Name}\n" + text.Append(CultureInfo.InvariantCulture, $"until {Until:yyyy-MM-dd}\n").ToString();
    }
}
