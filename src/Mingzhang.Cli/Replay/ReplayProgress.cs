using System.Diagnostics;
using System.Globalization;
using Mingzhang.Cli.Output;
using Spectre.Console;

namespace Mingzhang.Cli.Replay;

/// <summary>Hears how far a replay is.</summary>
public interface IReplayProgress
{
    /// <summary>A step begins.</summary>
    void Begin(string step, int total);

    /// <summary>So many more are done.</summary>
    void Advance(int done);

    /// <summary>The step is done.</summary>
    void End();
}

/// <summary>A bar on a terminal, a line for each step elsewhere; on standard error.</summary>
public sealed class ReplayProgress : IReplayProgress
{
    private readonly Screen _screen;
    private readonly ProgressContext? _bars;
    private readonly long _start = Stopwatch.GetTimestamp();
    private ProgressTask? _bar;
    private string _step = "";

    private ReplayProgress(Screen screen, ProgressContext? bars)
    {
        _screen = screen;
        _bars = bars;
    }

    /// <summary>Runs <paramref name="work"/> with progress on a screen.</summary>
    public static async Task<T> ShowAsync<T>(Screen screen, Func<IReplayProgress, Task<T>> work)
    {
        if (!screen.Progress.Profile.Out.IsTerminal || !screen.Progress.Profile.Capabilities.Interactive)
        {
            return await work(new ReplayProgress(screen, null));
        }

        return await screen.Progress.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(new ReplayProgress(screen, context)));
    }

    /// <inheritdoc/>
    public void Begin(string step, int total)
    {
        _step = step;
        _bar = _bars?.AddTask(step, maxValue: total);
    }

    /// <inheritdoc/>
    public void Advance(int done) => _bar?.Increment(done);

    /// <inheritdoc/>
    public void End()
    {
        if (_bar is { } bar)
        {
            bar.Value = bar.MaxValue;
            return;
        }

        var seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        _screen.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds,7:0.0} s  {_step}"));
    }
}
