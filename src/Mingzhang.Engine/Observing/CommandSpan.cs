using System.Diagnostics;

namespace Mingzhang.Engine.Observing;

/// <summary>One span for each command, when somebody listens: asked, decided, committed. It names no account and no customer.</summary>
internal static class CommandSpan
{
    private static readonly ActivitySource Source = new(HouseMetrics.Name);

    /// <summary>Begins a span below the caller's; null while nobody listens. The caller's own span stays the current one.</summary>
    public static Activity? Begin(CommandEnvelope envelope)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var current = Activity.Current;
        var span = Source.StartActivity("command " + envelope.Command.GetType().Name);
        Activity.Current = current;
        span?.SetTag("mingzhang.command", envelope.Command.GetType().Name).SetTag("mingzhang.partition", envelope.Account.PartitionId);
        return span;
    }

    /// <summary>A stage was reached.</summary>
    public static void Stage(Activity? span, string stage) => span?.AddEvent(new ActivityEvent(stage));

    /// <summary>The answer stands on disk.</summary>
    public static void End(Activity? span, CommandResult result)
    {
        if (span is not null)
        {
            Stage(span, "committed");
            span.SetTag("mingzhang.outcome", HouseMetrics.OutcomeOf(result)).SetTag("mingzhang.code", HouseMetrics.CodeOf(result));
            Stop(span);
        }
    }

    /// <summary>The outcome is unknown: the house has stopped.</summary>
    public static void Fail(Activity? span)
    {
        if (span is not null)
        {
            span.SetStatus(ActivityStatusCode.Error, "the house has stopped");
            Stop(span);
        }
    }

    // Stopping makes a span's parent the current one of this thread, which is not the caller's.
    private static void Stop(Activity span)
    {
        var current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }
}
