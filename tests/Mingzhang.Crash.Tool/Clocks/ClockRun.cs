using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mingzhang.Crash.Tool.Disks;
using Mingzhang.Engine;

namespace Mingzhang.Crash.Tool.Clocks;

/// <summary>What a run of twins showed, one with a clock that goes as it should and others whose clock jumps.</summary>
public sealed record ClockReport(int Twins, int Jumps, long Rows, string Book, IReadOnlyList<string> Violations, TimeSpan Took)
{
    /// <summary>For people and for the results folder.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        - twins of one history whose machine time jumps or stands still: {Twins}; jumps: {Jumps}; rows of the history: {Rows}
        - hash over every account's version and head: {Book}
        - twins that differ: {Violations.Count}
        - took {Took.TotalSeconds:0.0} s
        {string.Concat(Violations.Take(20).Select(one => $"  - VIOLATION {one}\n"))}
        """);
}

/// <summary>A fault put into the history; it has to be found.</summary>
public enum ClockPlant
{
    None,

    /// <summary>A caller takes the day of a command from the machine instead of the house.</summary>
    DayOfTheMachine,
}

/// <summary>
/// T11: one history again and again while machine time jumps by hours, days and years, stands still, or jumps in the middle of a day end.
/// The books must not know.
/// </summary>
public sealed class ClockRun(int twins, int seed, ClockPlant plant = ClockPlant.None)
{
    private const int Days = 75;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(366), TimeSpan.FromDays(-366), TimeSpan.FromDays(1),
        TimeSpan.FromDays(-1), TimeSpan.FromMinutes(10), TimeSpan.FromDays(-3_650), TimeSpan.Zero,
    ];

    private int _jumps;
    private long _rows;

    public async Task<ClockReport> RunAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        List<string> violations = [];
        using TestFolder folder = new();
        string straight = await BookAsync(folder, jumping: null);
        for (int twin = 1; twin <= twins; twin++)
        {
            string book = await BookAsync(folder, new Random(seed + twin));
            if (book != straight)
            {
                violations.Add($"twin {twin}: {book} instead of {straight}");
            }
        }

        return new ClockReport(twins, _jumps, _rows, straight, violations, watch.Elapsed);
    }

    private async Task<string> BookAsync(TestFolder folder, Random? jumping)
    {
        JumpingTime time = new(House.Start, jumping);
        using CreditHouse house = House.Open(Path.Combine(folder.New(), "house.db"), lanes: 1, time: time);
        Random random = new(seed);
        for (int day = 0, number = 0; day < Days; day++)
        {
            for (int i = 0; i < 6; i++, number++)
            {
                time.Jump();
                DateOnly today = plant == ClockPlant.DayOfTheMachine ? time.Today : house.BusinessDate;
                _ = await house.SubmitAsync(One(random, number, today).Envelope());
            }

            time.JumpsAtEveryQuestion = random.Next(4) == 0;
            _ = await house.AdvanceDayAsync();
            time.JumpsAtEveryQuestion = false;
        }

        await house.SettleAsync();
        _jumps += time.Jumps;
        List<string> lines = [.. HeadLines.Of(house).Select(one => one.Line)];
        _rows = house.LastPosition;
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))).AsSpan(0, 12));
    }

    private static Request One(Random random, int number, DateOnly today)
    {
        string key = "c" + number.ToString(CultureInfo.InvariantCulture);
        if (number < 20)
        {
            return new Request(3_000 + number, key, today, "open", "-", 500_000);
        }

        int dice = random.Next(10);
        string verb = dice < 4 ? "offline" : dice < 6 ? "authorise" : dice < 9 ? "repay" : "refund";
        return new Request(3_000 + random.Next(20), key, today, verb, verb + key, 1 + random.Next(60_000));
    }

    /// <summary>Machine time that stands until it jumps.</summary>
    private sealed class JumpingTime(DateOnly from, Random? random) : TimeProvider
    {
        private readonly Lock _gate = new();
        private DateTimeOffset _now = new(from.AddYears(20), new TimeOnly(12, 0), TimeSpan.Zero);

        public int Jumps { get; private set; }

        public bool JumpsAtEveryQuestion { get; set; }

        public DateOnly Today => DateOnly.FromDateTime(_now.Date.AddYears(-20));

        public void Jump()
        {
            lock (_gate)
            {
                if (random is not null && random.Next(3) == 0)
                {
                    TimeSpan step = Steps[random.Next(Steps.Length)];
                    _now = _now.Year + (step.Days / 366) is < 1990 or > 2200 ? _now : _now + step;
                    Jumps++;
                }
            }
        }

        public override DateTimeOffset GetUtcNow()
        {
            if (JumpsAtEveryQuestion)
            {
                Jump();
            }

            lock (_gate)
            {
                return _now;
            }
        }
    }
}
