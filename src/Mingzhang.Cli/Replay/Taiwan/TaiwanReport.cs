using System.Globalization;
using Mingzhang.Engine.Verification;

namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary>Times since the start of the program's work.</summary>
/// <param name="Read">The file was read and checked.</param>
/// <param name="Driven">The last statement was on disk.</param>
/// <param name="DrivenCpu">Processor time used until then, over all cores.</param>
/// <param name="All">The journal was read back and verified.</param>
public sealed record ReplayTimes(TimeSpan Read, TimeSpan Driven, TimeSpan DrivenCpu, TimeSpan All);

/// <summary>What a replay came to. Figures of the accounts are from the journal, not from memory.</summary>
public sealed class TaiwanReport
{
    /// <summary>Statements that differ which are named one by one.</summary>
    public const int MostNamed = 20;

    /// <summary>Puts the figures together.</summary>
    public TaiwanReport(
        string database, IReadOnlyList<TaiwanClient> clients, JournalReading reading, ReplayCounts counts, VerifyReport verification,
            ReplayTimes times)
    {
        Database = database;
        Clients = clients.Count;
        Reading = reading;
        Counts = counts;
        Verification = verification;
        Times = times;
        Bytes = new FileInfo(database).Length + (File.Exists(database + "-wal") ? new FileInfo(database + "-wal").Length : 0);
        foreach (var client in reading.Clients)
        {
            Count(client);
        }
    }

    /// <summary>The database file.</summary>
    public string Database { get; }

    /// <summary>Clients replayed.</summary>
    public int Clients { get; }

    /// <summary>Statements the data hold for them.</summary>
    public long Statements => (long)Clients * TaiwanColumns.Months;

    /// <summary>Statements that equal the data to the unit.</summary>
    public long StatementsEqual { get; private set; }

    /// <summary>Statements that differ, with the reason; the first <see cref="MostNamed"/>.</summary>
    public IReadOnlyList<string> Differing => _differing;

    /// <summary>Standing against PAY, May to September.</summary>
    public PayMatrix Matrix { get; } = new();

    /// <summary>PAY_6 against our April: there is no bill before it.</summary>
    public PayMatrix April { get; } = new();

    /// <summary>What was read back.</summary>
    public JournalReading Reading { get; }

    /// <summary>What was sent.</summary>
    public ReplayCounts Counts { get; }

    /// <summary>What verification found.</summary>
    public VerifyReport Verification { get; }

    /// <summary>Times.</summary>
    public ReplayTimes Times { get; }

    /// <summary>Size of the database.</summary>
    public long Bytes { get; }

    /// <summary>Payments of April that belong to March's bill, in whole dollars: not replayed.</summary>
    public long AprilPaymentsLeftOut { get; private set; }

    /// <summary>Sum of all postings; 0 in sound books.</summary>
    public long TrialBalanceMinor => Reading.Balances.Values.Sum();

    /// <summary>Seconds from opening the file to the last statement on disk.</summary>
    public double Seconds => Times.Driven.TotalSeconds;

    /// <summary>Commands answered and days passed, through the lanes, by <see cref="Seconds"/>.</summary>
    public double CommandsPerSecond => (Counts.Commands + Counts.DaysPassed) / Seconds;

    /// <summary>Bytes on disk for each event.</summary>
    public double BytesPerEvent => Reading.Events == 0 ? 0 : (double)Bytes / Reading.Events;

    /// <summary>True when every statement is equal, the books are sound and nobody else is in them.</summary>
    public bool IsGood => StatementsEqual == Statements && TrialBalanceMinor == 0 && Verification.IsSound && Reading.Strangers == 0;

    private readonly List<string> _differing = [];

    /// <summary>The answer for machines.</summary>
    public object ToJson() => new
    {
        clients = Clients,
        statements = Statements,
        statementsEqual = StatementsEqual,
        differing = Differing,
        forcedPostings = Reading.Forced,
        authorisationsRefused = Counts.AuthorisationsRefused,
        trialBalanceMinor = TrialBalanceMinor,
        verified = Verification.IsSound,
        firstDifference = Verification.First?.ToString(),
        commands = Counts.Commands,
        commandsReplayed = Counts.Replayed,
        daysPassed = Counts.DaysPassed,
        seconds = Math.Round(Seconds, 3),
        cpuSeconds = Math.Round(Times.DrivenCpu.TotalSeconds, 3),
        secondsAll = Math.Round(Times.All.TotalSeconds, 3),
        commandsPerSecond = Math.Round(CommandsPerSecond),
        journalRows = Reading.Rows,
        events = Reading.Events,
        bytes = Bytes,
        bytesPerEvent = Math.Round(BytesPerEvent, 1),
        strangers = Reading.Strangers,
        aprilPaymentsLeftOut = AprilPaymentsLeftOut,
        payMatrix = new { columns = Standing.Names, rows = Named(Matrix), april = Named(April) },
        database = Database,
    };

    private static Dictionary<string, long[]> Named(PayMatrix matrix) =>
        matrix.Rows.ToDictionary(row => row.Key.ToString(CultureInfo.InvariantCulture), row => row.Value);

    private void Count(ClientReading client)
    {
        AprilPaymentsLeftOut += client.Client.Payments[0];
        for (var month = 0; month < TaiwanColumns.Months; month++)
        {
            (month == 0 ? April : Matrix).Add(client.Client.Status[month], client.StandingOf(month));
            if (client.Equal(month))
            {
                StatementsEqual++;
            }
            else if (_differing.Count < MostNamed)
            {
                _differing.Add(Why(client, month));
            }
        }
    }

    private static string Why(ClientReading client, int month)
    {
        var (column, wanted) = (TaiwanColumns.Bills[month], TaiwanPlan.Dollars(client.Client.Bills[month]));
        var found = client.BillOf(month) is { } bill ? $"the statement says {bill}" : "there is no statement";
        return $"client {client.Client.Id} {column}: {found}, the data say {wanted}";
    }
}
