using System.Diagnostics;
using System.Diagnostics.Metrics;
using Mingzhang.Domain.Accounts;

namespace Mingzhang.Engine.Observing;

/// <summary>What happens in a house, as instruments of the meter <c>Mingzhang</c>; docs/operations.md lists them.</summary>
/// <remarks>
/// While nobody listens, each place asks one flag and allocates nothing. No instrument carries an account, a customer or a text of
/// theirs: tags are kinds of commands, outcomes, reason codes and numbers of invariants.
/// </remarks>
public static class HouseMetrics
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "Mingzhang";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Commands =
        Meter.CreateCounter<long>("mingzhang.commands", "{command}", "Commands answered, by kind, outcome and reason code.");

    private static readonly Histogram<double> Answer =
        Seconds("mingzhang.command.duration", "From asking to the answer, which stands on disk then.");

    private static readonly Histogram<double> Decision = Seconds("mingzhang.decision.duration", "Deciding, with refolding.");

    private static readonly Histogram<double> Commit =
        Seconds("mingzhang.commit.duration", "From handing a batch over until its COMMIT returned.");

    private static readonly Histogram<long> Batch =
        Meter.CreateHistogram<long>("mingzhang.batch.rows", "{row}", "Journal rows a lane decided in one go.");

    private static readonly Histogram<long> Rows =
        Meter.CreateHistogram<long>("mingzhang.transaction.rows", "{row}", "Journal rows in one transaction.");

    private static readonly Counter<long> DayAccounts =
        Meter.CreateCounter<long>("mingzhang.day.accounts", "{account}", "Accounts that passed a day.");

    private static readonly Histogram<double> DaySeconds = Seconds("mingzhang.day.duration", "A day end.");

    private static readonly Counter<long> Violations =
        Meter.CreateCounter<long>("mingzhang.integrity.violations", "{violation}", "Broken invariants, by number.");

    /// <summary>Rows of a transaction about to be committed; fits <see cref="Store.StoreOptions.BeforeCommit"/>.</summary>
    public static void Transaction(int rows) => Rows.Record(rows);

    /// <summary>An invariant was found broken.</summary>
    public static void Violation(string invariant) => Violations.Add(1, new KeyValuePair<string, object?>("invariant", invariant));

    /// <summary>Now, for <see cref="Decided"/>, <see cref="Committed"/> and <see cref="Answered"/>; 0 while nobody listens.</summary>
    internal static long Stamp() => Answer.Enabled || Decision.Enabled || Commit.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>A command was decided; once more when another node came first.</summary>
    internal static void Decided(long began) => Record(Decision, began);

    /// <summary>A batch stands on disk.</summary>
    internal static void Committed(int rows, long handedOver)
    {
        Record(Commit, handedOver);
        Batch.Record(rows);
    }

    /// <summary>A command is answered.</summary>
    internal static void Answered(AccountCommand command, CommandResult result, long asked)
    {
        Record(Answer, asked);
        if (Commands.Enabled)
        {
            Commands.Add(1, new("kind", command.GetType().Name), new("outcome", OutcomeOf(result)), new("code", CodeOf(result)));
        }
    }

    /// <summary>A day end is over.</summary>
    internal static void Day(double seconds, long accounts, bool failed)
    {
        DaySeconds.Record(seconds, new KeyValuePair<string, object?>("outcome", failed ? "failed" : "done"));
        DayAccounts.Add(accounts);
    }

    /// <summary>accepted, refused, or replayed: a known key got its first answer.</summary>
    internal static string OutcomeOf(CommandResult result) => result.Replayed ? "replayed" : result.IsAccepted ? "accepted" : "refused";

    /// <summary>The reason code of a fresh refusal, else none. A replayed answer is not decoded for it.</summary>
    internal static string CodeOf(CommandResult result) => result is { Replayed: false, Refusal: { } refusal } ? refusal.Code.Name : "none";

    private static void Record(Histogram<double> into, long since)
    {
        if (since != 0)
        {
            into.Record(Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
    }

    private static Histogram<double> Seconds(string name, string about) => Meter.CreateHistogram(
        name, "s", about, tags: null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.. Enumerable.Range(-5, 8).SelectMany(_ => (double[])[1, 3], (ten, by) => by * Math.Pow(10, ten))],
        });
}
