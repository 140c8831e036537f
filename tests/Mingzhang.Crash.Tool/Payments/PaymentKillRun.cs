using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Mingzhang.Crash.Tool.Payments;

/// <summary>
/// The house as it is sold and the sandbox bank, two processes with all faults on, killed at random while customers pay. Afterwards every
/// yuan is looked for in three places: what left the bank accounts, what the transfers say, and the cash of the ledger.
/// </summary>
/// <param name="kills">Of the two together.</param>
/// <param name="seed">Of all choices.</param>
/// <param name="daysOfReturns">Days that pass at the end; the bank takes debits back for three.</param>
public sealed class PaymentKillRun(int kills, int seed, int daysOfReturns = 4) : IDisposable
{
    private const int Customers = 40;
    private const int Payers = 6;
    private const int LeastPayments = 60;
    private const string Key = "mz_test_kills_0123456789abcdef0123456789";

    private const string Faults = """
        {"seed":1,"lostOrders":60,"lostAnswers":60,"slow":30,"slowFor":1500,"pending":120,"failsLater":250,"pendingFor":1200,
        "noticesTwice":200,"noticesLate":200,"noticesNever":80,"returned":40,"busy":40,"linesMissing":10,"linesWrong":10,"linesTwice":10,
        "linesInvented":10}
        """;

    private readonly Random _random = new(seed);
    private readonly string _folder = Directory.CreateTempSubdirectory("mz-paykill-").FullName;
    private readonly string _secret = new('s', 40);
    private readonly CancellationTokenSource _paying = new();
    private readonly List<string> _violations = [];
    private Killable _house = null!;
    private Killable _bank = null!;
    private HouseCaller _calls = null!;
    private int _payments;
    private int _days;
    private (int House, int Bank) _killed;
    private (TimeSpan House, TimeSpan Bank) _back;

    public async Task<PaymentKillReport> RunAsync()
    {
        Stopwatch watch = Stopwatch.StartNew();
        await OpenAsync();
        Task[] payers = [.. Enumerable.Range(0, Payers).Select(PayAsync)];
        for (int kill = 0; kill < kills; kill++)
        {
            await Task.Delay(300 + _random.Next(1_200));
            await KillAsync();
            if (_random.Next(12) == 0)
            {
                _ = await _calls.NextDayAsync($"day-{_days++}");
            }
        }

        while (_payments < LeastPayments && _violations.Count == 0)
        {
            await Task.Delay(100);
        }

        await _paying.CancelAsync();
        await Task.WhenAll(payers);
        await SettleAsync();
        IReadOnlyList<Told> every = await CheckAsync();
        int breaks = await _calls.BreaksAsync();
        _house.Kill();
        await VerifyAsync();
        return new PaymentKillReport(
            _killed.House, _killed.Bank, _payments, Count("done"), Count("failed"), Count("returned"), _days, breaks, _back.House,
            _back.Bank, watch.Elapsed, [.. _violations]);

        int Count(string state) => every.Count(one => one.State == state);
    }

    /// <summary>After a run: puts a fault in, each with another customer; whether something is found that was not said before.</summary>
    public async Task<bool> CatchesAsync(PaymentPlant plant)
    {
        HashSet<string> before = [.. _violations];
        await PlantAsync(plant);
        _violations.Clear();
        _ = await CheckAsync();
        return _violations.Exists(one => !before.Contains(one));
    }

    public void Dispose()
    {
        _calls?.Dispose();
        _house?.Dispose();
        _bank?.Dispose();
        _paying.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The built program of a project in <c>src</c>, of the same configuration as this one.</summary>
    private static string ProgramOf(string project)
    {
        DirectoryInfo here = new(AppContext.BaseDirectory);
        string path = Path.Combine(here.Parent!.Parent!.FullName, "Mingzhang.Web", here.Name, project + ".dll");
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is not there: build the solution first");
    }

    private async Task OpenAsync()
    {
        int port = Killable.FreePort();
        _bank = new Killable(ProgramOf("Mingzhang.SandboxBank"), port, new Dictionary<string, string>
        {
            ["MZ_BANK_BOOK"] = Path.Combine(_folder, "bank.db"), ["MZ_BANK_SECRET"] = _secret,
        });
        await _bank.StartAsync();
        int own = Killable.FreePort();
        _house = new Killable(ProgramOf("Mingzhang.Web"), own, new Dictionary<string, string>
        {
            ["MZ_DB"] = Path.Combine(_folder, "house.db"), ["MZ_BANK"] = _bank.Address.ToString(), ["MZ_BANK_SECRET"] = _secret,
            ["MZ_BANK_NOTICES"] = $"http://127.0.0.1:{own}", ["MZ_API_KEY"] = Key, ["MZ_RATE"] = "100000", ["MZ_CANARY"] = "false",
        });
        await _house.StartAsync();
        _calls = new HouseCaller(_house.Address, Key);
        for (int customer = 1; customer <= Customers; customer++)
        {
            await _calls.OpenAsync(customer, TokenOf(customer));
        }

        using BankCaller bank = new(_bank.Address, _secret);
        await bank.PlanAsync(Faults);
    }

    private async Task PayAsync(int payer)
    {
        Random random = new(seed + payer);
        for (int number = 0; !_paying.IsCancellationRequested; number++)
        {
            int customer = 1 + random.Next(Customers);
            try
            {
                await _calls.PayAsync(customer, $"p{payer}-{number}", random.Next(1, 900));
                _ = Interlocked.Increment(ref _payments);
            }
            catch (InvalidOperationException problem)
            {
                Say(problem.Message);
                return;
            }

            await Task.Delay(random.Next(60), CancellationToken.None);
        }
    }

    /// <summary>One of the two, now and then both; what was dead starts again.</summary>
    private async Task KillAsync()
    {
        int dice = _random.Next(10);
        if (dice < 6)
        {
            _bank.Kill();
            _killed.Bank++;
            _ = dice == 0 ? _killed.House++ : 0;
        }

        if (dice is 0 or > 5)
        {
            _house.Kill();
            _killed.House += dice == 0 ? 0 : 1;
            await _house.StartAsync();
            _back.House = Max(_back.House, _house.Recovery);
        }

        if (dice < 6)
        {
            await Task.Delay(_random.Next(400));
            await _bank.StartAsync();
            _back.Bank = Max(_back.Bank, _bank.Recovery);
        }
    }

    /// <summary>Nothing goes wrong any more: everything has to come to its end, also what goes back days later.</summary>
    private async Task SettleAsync()
    {
        using BankCaller bank = new(_bank.Address, _secret);
        await bank.PlanAsync(null);
        await AllOverAsync();
        for (int day = 0; day < daysOfReturns; day++)
        {
            _ = await _calls.NextDayAsync($"last-{day}");
            _days++;
            await Task.Delay(TimeSpan.FromSeconds(7));
            await AllOverAsync();
        }
    }

    private async Task AllOverAsync()
    {
        for (int tried = 0; tried < 120; tried++)
        {
            List<Told> open = [.. (await AllAsync()).SelectMany(one => one.Told).Where(told => !told.Over)];
            if (open.Count == 0)
            {
                return;
            }

            if (tried == 119)
            {
                Say($"{open.Count} transfers have no end, such as {open[0]}");
            }

            await Task.Delay(500);
        }
    }

    private async Task<List<(int Customer, IReadOnlyList<Told> Told)>> AllAsync()
    {
        List<(int, IReadOnlyList<Told>)> all = [];
        for (int customer = 1; customer <= Customers; customer++)
        {
            all.Add((customer, await _calls.TransfersAsync(customer)));
        }

        return all;
    }

    private async Task PlantAsync(PaymentPlant plant)
    {
        if (plant == PaymentPlant.BookWithoutMoney)
        {
            await _house.StartAsync();
            await _calls.BookAsync(1, "out-of-nothing", 100);
            return;
        }

        (string file, string sql) = plant == PaymentPlant.BankTakesMore
            ? ("bank.db", """
                UPDATE account SET balance = balance - 100 WHERE token = (SELECT min(token) FROM account WHERE token > 'card-1')
                """)
            : ("house.db", """
                DELETE FROM transfer WHERE transfer_id IN (
                    SELECT transfer_id FROM transfer WHERE state = 'done' AND token LIKE 'card-%' ORDER BY token DESC LIMIT 1)
                """);
        _house.Kill();
        _bank.Kill();
        using (SqliteConnection connection = new($"Data Source={Path.Combine(_folder, file)};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            if (command.ExecuteNonQuery() != 1)
            {
                throw new InvalidOperationException("nothing was planted");
            }
        }

        await _bank.StartAsync();
        await _house.StartAsync();
    }

    /// <summary>Bank accounts, transfers and ledger, customer by customer; all transfers.</summary>
    private async Task<IReadOnlyList<Told>> CheckAsync()
    {
        using BankCaller bank = new(_bank.Address, _secret);
        Dictionary<string, long> spent = await bank.SpentAsync();
        List<(int Customer, IReadOnlyList<Told> Told)> all = await AllAsync();
        foreach ((int customer, IReadOnlyList<Told> told) in all)
        {
            long moved = told.Where(one => one.State == "done").Sum(one => one.MovedMinor);
            long left = spent.GetValueOrDefault(TokenOf(customer));
            IReadOnlyList<(string Key, long Minor)> journal = await _calls.JournalAsync(customer);
            long booked = journal.Sum(row => row.Minor);
            if (moved != left || moved != booked)
            {
                Say($"customer {customer}: transfers {moved}, bank account {left}, ledger {booked}");
            }

            Say(journal.GroupBy(row => row.Key).Where(rows => rows.Count() > 1).Select(rows => $"{rows.Key} is booked twice"));
        }

        return [.. all.SelectMany(one => one.Told)];
    }

    private async Task VerifyAsync()
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string web = Path.GetDirectoryName(ProgramOf("Mingzhang.Web"))!;
        string cli = Path.Combine(web.Replace("Mingzhang.Web", "Mingzhang.Cli", StringComparison.Ordinal), "mz.dll");
        Array.ForEach([cli, "verify", "--db", Path.Combine(_folder, "house.db")], start.ArgumentList.Add);
        using Process verify = Process.Start(start)!;
        string said = await verify.StandardOutput.ReadToEndAsync() + await verify.StandardError.ReadToEndAsync();
        await verify.WaitForExitAsync();
        if (verify.ExitCode != 0)
        {
            Say("verify: " + said);
        }
    }

    private static string TokenOf(int customer) => string.Create(CultureInfo.InvariantCulture,
        $"{(customer % 13 == 0 ? "empty" : customer % 17 == 0 ? "closed" : "card")}-{customer}");

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Say(IEnumerable<string> violations) => _violations.AddRange(violations);

    private void Say(string violation)
    {
        lock (_violations)
        {
            _violations.Add(violation);
        }
    }
}
