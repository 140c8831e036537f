using System.Diagnostics;
using System.Globalization;
using System.Text;
using Mingzhang.Engine;

namespace Mingzhang.Crash.Tool.Disks;

/// <summary>What a sweep of I/O faults showed.</summary>
/// <param name="Strikes">Faults that struck, by what failed and how.</param>
/// <param name="Stopped">Of them: the house stopped, or did not open.</param>
public sealed record SweepReport(
    IReadOnlyDictionary<string, int> Strikes, int Stopped, int Reached, long Heard, IReadOnlyList<string> Violations, TimeSpan Took)
{
    /// <summary>For people and for the results folder.</summary>
    public string Text
    {
        get
        {
            CultureInfo plain = CultureInfo.InvariantCulture;
            StringBuilder text = new();
            string kinds = string.Join(", ", Strikes.Select(one => $"{one.Key} {one.Value}"));
            text.Append(plain, $"- faults that struck: {Strikes.Values.Sum()} ({kinds})\n");
            text.Append(plain, $"- the house stopped or did not open {Stopped} times, the other times it went on; answers heard {Heard}\n");
            text.Append(plain, $"- lost, double, answered differently, unsound, failed in another way than it may: {Violations.Count}\n");
            text.Append(plain, $"- took {Took.TotalSeconds:0.0} s\n");
            foreach (string violation in Violations.Take(20))
            {
                text.Append(plain, $"  - VIOLATION {violation}\n");
            }

            return text.ToString();
        }
    }
}

/// <summary>A fault put into the disk; it has to be found.</summary>
public enum SweepPlant
{
    None,

    /// <summary>A write that fails is taken for done.</summary>
    SwallowedWrite,

    /// <summary>A sync that fails is taken for done.</summary>
    SwallowedSync,
}

/// <summary>
/// T6: the k-th write, sync, truncation, opening, removal and read of a short day of a house fails, for k = 1 upwards until the day passes
/// untouched; once, or from there on. Whatever was heard must be there after opening again, and after a power cut at the end of the day.
/// </summary>
/// <param name="step">Every so manieth k.</param>
/// <param name="seed">Of the commands and of the first k.</param>
/// <param name="plant">A fault to be found.</param>
public sealed class SweepRun(int step, int seed, SweepPlant plant = SweepPlant.None)
{
    private const string Database = "house.db";
    private const int MostStrikes = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SortedDictionary<string, int> _strikes = new(StringComparer.Ordinal);
    private readonly List<string> _violations = [];
    private int _stopped;
    private int _reached;
    private long _heard;

    public async Task<SweepReport> RunAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        using TestFolder folder = new();
        Dictionary<string, byte[]> start = await StartAsync(folder);
        foreach ((DiskAct act, DiskAnswer answer) in Kinds())
        {
            foreach (bool lasting in (bool[])[true, false])
            {
                bool struck = true;
                for (int k = 1 + (seed % step); struck && k < MostStrikes && _violations.Count == 0; k += step)
                {
                    struck = await StrikeAsync(folder, start, act, answer, lasting, k);
                    _reached = Math.Max(_reached, k);
                }
            }
        }

        return new SweepReport(_strikes, _stopped, _reached, _heard, _violations, watch.Elapsed);
    }

    private async Task<Dictionary<string, byte[]>> StartAsync(TestFolder folder)
    {
        string path = Path.Combine(folder.New(), Database);
        using (CreditHouse house = House.Open(path))
        {
            await new Callers(seed).OpenAccountsAsync(house);
        }

        return TestFolder.FilesIn(Path.GetDirectoryName(path)!);
    }

    private IEnumerable<(DiskAct Act, DiskAnswer Answer)> Kinds() => plant switch
    {
        SweepPlant.SwallowedWrite => [(DiskAct.Write, DiskAnswer.Swallows)],
        SweepPlant.SwallowedSync => [(DiskAct.Sync, DiskAnswer.Swallows)],
        _ =>
        [
            (DiskAct.Write, DiskAnswer.Fails), (DiskAct.Write, DiskAnswer.IsFull), (DiskAct.Write, DiskAnswer.TearsOff),
            (DiskAct.Sync, DiskAnswer.Fails), (DiskAct.Truncate, DiskAnswer.Fails), (DiskAct.Delete, DiskAnswer.Fails),
            (DiskAct.Open, DiskAnswer.Fails), (DiskAct.Open, DiskAnswer.IsFull), (DiskAct.Read, DiskAnswer.Fails),
        ],
    };

    /// <summary>One day with one fault; false when the day was over before it struck.</summary>
    private async Task<bool> StrikeAsync(
        TestFolder folder, IReadOnlyDictionary<string, byte[]> start, DiskAct act, DiskAnswer answer, bool lasting, int k)
    {
        string where = $"{act} {k} {answer}{(lasting ? " and all after it" : "")}";
        string path = Path.Combine(folder.New(start), Database);
        DiskRecord record = new(start);
        Callers callers = new(seed) { Record = record };
        _ = callers.Openings();
        (int asked, bool struck) = (0, false);
        using (WatchedDisk disk = new(Path.GetDirectoryName(path)!) { Record = record })
        {
            disk.Plan = ask =>
            {
                asked += ask.Act == act ? 1 : 0;
                struck = struck || asked == k;
                return ask.Act == act && (asked == k || (lasting && asked > k)) ? answer : DiskAnswer.Does;
            };
            bool stopped = await DayAsync(path, callers, where);
            disk.Plan = null;
            _stopped += struck && stopped ? 1 : 0;
            if (struck)
            {
                string kind = $"{act} {answer}";
                _strikes[kind] = _strikes.GetValueOrDefault(kind) + 1;
                string after = folder.New(record.CutBefore(record.Count, Unsynced.Lost, new Random(k)));
                await AfterAsync(Path.Combine(after, Database), callers, where + ", then a power cut", again: false);
                await AfterAsync(path, callers, where + ", then opened again", again: true);
                Directory.Delete(after, recursive: true);
            }
        }

        _heard += callers.Heard.Count;
        _violations.AddRange(callers.Violations);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return struck;
    }

    /// <summary>Everything a house does with its disk, once; true when it stopped or did not open.</summary>
    private static async Task<bool> DayAsync(string path, Callers callers, string where)
    {
        try
        {
            using CreditHouse house = House.Open(path, lanes: 1, checkpointMegabytes: 1);
            await callers.OpenAccountsAsync(house);
            await callers.LoadAsync(house, 8, atOnce: 1);
            await callers.BulkAsync(house, 10);
            await TryAsync(house.AdvanceDayAsync());
            await callers.LoadAsync(house, 8, atOnce: 4);
            await TryAsync(house.BackupAsync(path + ".copy"));
            await TryAsync(house.WriteAsync((connection, transaction) => 1));
            await TryAsync(house.ScrubAsync());
            await callers.LoadAsync(house, 2, atOnce: 1);
            return house.Fault is not null;
        }
        catch (Exception cause) when (Callers.IsHonest(cause))
        {
            return true;
        }
        catch (Exception cause)
        {
            callers.Accuse($"{where}: {cause.GetType().Name}: {cause.Message} {cause.StackTrace}");
            return true;
        }
    }

    private static async Task TryAsync(Task task)
    {
        try
        {
            await task.WaitAsync(Patience);
        }
        catch (Exception cause) when (Callers.IsHonest(cause) || cause is IOException)
        {
            return;
        }
    }

    private static async Task AfterAsync(string path, Callers callers, string where, bool again)
    {
        try
        {
            if (File.Exists(path + ".copy"))
            {
                using CreditHouse copy = House.Open(path + ".copy");
                await callers.CheckAsync(copy, where + ", the backup", new Dictionary<string, string>());
            }

            using CreditHouse house = House.Open(path);
            if (again)
            {
                await callers.AskAgainAsync(house);
            }

            await callers.CheckAsync(house, where);
        }
        catch (Exception cause) when (Callers.IsHonest(cause))
        {
            callers.Accuse($"{where}: {cause.Message}");
        }
    }
}
