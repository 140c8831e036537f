using System.Diagnostics;
using System.Globalization;
using Mingzhang.Engine;
using Mingzhang.Engine.Verification;

namespace Mingzhang.Crash.Tool.Days;

/// <summary>What a run of killed day ends showed.</summary>
public sealed record DayKillReport(
    int Accounts, int Days, int Kills, long Rows, TimeSpan Straight, TimeSpan Killed, IReadOnlyList<string> Violations)
{
    /// <summary>For people and for the results folder.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        - accounts: {Accounts}; business days passed: {Days}; rows in the journal: {Rows}
        - day ends killed with SIGKILL and continued: {Kills}
        - without kills {Straight.TotalSeconds:0.0} s, with kills and restarts {Killed.TotalSeconds:0.0} s
        - accounts that differ from the twin that was never killed, unsound books: {Violations.Count}
        {string.Concat(Violations.Take(20).Select(one => $"  - VIOLATION {one}\n"))}
        """);
}

/// <summary>A fault put between two lives of the process that is killed; it has to be found.</summary>
public enum DayPlant
{
    None,

    /// <summary>A journal row is left out now and then.</summary>
    DropRow,

    /// <summary>A posting is changed now and then.</summary>
    ChangePosting,

    /// <summary>An account's next day is lost.</summary>
    ForgetAccount,

    /// <summary>What an interrupted day booked is booked again.</summary>
    BookAgain,
}

/// <summary>T12: a month of day ends over many accounts, killed again and again, against a twin that was never killed.</summary>
public sealed class DayRun(int accounts, int days, int kills, int seed, DayPlant plant = DayPlant.None)
{
    private readonly Random _random = new(seed);
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-days-").FullName;
    private readonly List<string> _violations = [];

    private string Twin => Path.Combine(_folder, "twin.db");

    private string Struck => Path.Combine(_folder, "struck.db");

    private DateOnly Last => House.Start.AddDays(days);

    public async Task<DayKillReport> RunAsync()
    {
        try
        {
            int commits = await MakeAsync();
            Stopwatch watch = Stopwatch.StartNew();
            using (CreditHouse twin = House.Open(Twin, beforeCommit: _ => commits++))
            {
                _ = await twin.AdvanceToAsync(Last);
            }

            TimeSpan straight = watch.Elapsed;
            watch.Restart();
            int killed = await StrikeAsync(Math.Max(2, commits / Math.Max(1, kills)), straight);
            TimeSpan struck = watch.Elapsed;
            long rows = await CompareAsync();
            return new DayKillReport(accounts, days, killed, rows, straight, struck, _violations);
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Accounts with a purchase each; some pay, some pay late. Then the same file twice.</summary>
    private async Task<int> MakeAsync()
    {
        using (CreditHouse house = House.Open(Twin))
        {
            for (int from = 0; from < accounts; from += 5_000)
            {
                await Task.WhenAll(Enumerable.Range(from, Math.Min(5_000, accounts - from)).Select(async n =>
                {
                    long customer = 10_000 + n;
                    _ = await house.SubmitAsync(new Request(customer, "open", House.Start, "open", "-", 500_000).Envelope());
                    _ = await house.SubmitAsync(
                        new Request(customer, "buy", House.Start, "offline", "buy", 1_000 + (n % 90_000)).Envelope());
                }));
            }

            await house.SettleAsync();
        }

        File.Copy(Twin, Struck);
        return 0;
    }

    /// <summary>Lives of the child until it reaches the last day; the last ones are left alone.</summary>
    private async Task<int> StrikeAsync(int commitsALife, TimeSpan straight)
    {
        int killed = 0;
        for (int life = 0; life < kills * 5; life++)
        {
            bool spare = killed >= kills;

            // A kill by the clock may come too late where the machine's speed changes; half of them do not depend on it.
            bool byCommit = _random.Next(2) == 0 || killed < kills / 2;
            int dieAt = spare || !byCommit ? 0 : 1 + _random.Next(2 * commitsALife);
            using Process child = Begin(dieAt);
            if (!spare && !byCommit)
            {
                string? ready = await child.StandardOutput.ReadLineAsync();
                await Task.Delay(_random.Next(1 + (int)(2 * straight.TotalMilliseconds / kills)));
                if (ready is "ready")
                {
                    child.Kill();
                }
            }

            string rest = await child.StandardOutput.ReadToEndAsync();
            await child.WaitForExitAsync();
            if (rest.Contains("done", StringComparison.Ordinal) || child.ExitCode == 0)
            {
                return killed;
            }

            if (spare || (child.ExitCode != 137 && rest.Contains("error", StringComparison.Ordinal)))
            {
                _violations.Add("the day could not be continued: " + rest);
                return killed;
            }

            DayTampering.After(plant, Struck, killed++);
        }

        _violations.Add("the last day was not reached");
        return killed;
    }

    private Process Begin(int dieAt)
    {
        ProcessStartInfo info = new("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string word in (string[])[typeof(DayRun).Assembly.Location, "eod", Struck, $"{Last:yyyy-MM-dd}", $"{dieAt}", $"{plant}"])
        {
            info.ArgumentList.Add(word);
        }

        return Process.Start(info)!;
    }

    /// <summary>Every account's version and hash, the date and the trial balance.</summary>
    private async Task<long> CompareAsync()
    {
        if (_violations.Count > 0)
        {
            return 0;
        }

        using CreditHouse twin = House.Open(Twin);
        using CreditHouse struck = House.Open(Struck);
        await struck.SettleAsync();
        if (twin.BusinessDate != struck.BusinessDate)
        {
            _violations.Add($"the twin is on {twin.BusinessDate:yyyy-MM-dd}, the killed one on {struck.BusinessDate:yyyy-MM-dd}");
        }

        _violations.AddRange(HeadLines.Differences(twin, struck).Take(5));
        VerifyReport report = await struck.VerifyAsync();
        if (!report.IsSound || report.TrialBalanceMinor != 0)
        {
            _violations.Add("verify: " + report.First);
        }

        return report.Rows;
    }
}
