using System.Text.Json;

namespace Mingzhang.Cli.Tests;

/// <summary>Each command answers people and machines, and says what is wrong in both languages.</summary>
public sealed class CommandTests : IAsyncLifetime
{
    /// <summary>The demo is told once; each test has a copy of it.</summary>
    private static readonly Lazy<Task<byte[]>> Demo = new(async () =>
    {
        using var mz = new Mz();
        Assert.Equal(ExitCode.Done, (await mz.RunAsync("demo")).Code);
        return await File.ReadAllBytesAsync(mz.Database);
    });

    private readonly Mz _mz = new();

    public static TheoryData<string> Answers { get; } =
    [
        "tickets list", "tickets clock complaint 2026-09-20", "tickets clock privacy-limit 2026-11-23",
        "demo", "clock show", "verify", "lenders", "lenders --tier1 5000000000", "bureau 2026-06",
            "explain limit 1000002-01", "explain limit 1000002-01 --scene groceries",
            "explain use 1000004-01 --amount 12.50",
        "explain bill 1000002-01", "explain closing 1000005-01", "explain payment 1000008-01 --amount 100", "as-of 1000006-01",
        "as-of 1000006-01 --on 2026-06-01 --known 2026-06-30",
        "correct preview 1000002-01 --price 400 --on 2026-06-11", "correct preview 1000002-01 --repay --amount 100 --on 2026-06-11",
        "quote --product cash-loan --offer equal --count 12 --amount 10000.00 --on 2026-11-22",
        "relief show 1000015-01", "relief quote 1000012-01 --kind deferral --months 1",
        "relief quote 1000010-02 --kind replan --loan loan-20260312-01002 --count 24 --price 200 --first-due 2026-08-12",
    ];

    public static TheoryData<string, ExitCode, string> Problems { get; } = new()
    {
        { "tickets show T0577-00001-3", ExitCode.Refused, "no such ticket" },
        { "tickets list --queue nowhere", ExitCode.Refused, "no such queue" },
        { "tickets clock patience 2026-09-20", ExitCode.Usage, "complaint" },
        { "tickets clock complaint soon", ExitCode.Usage, "2026-11-22" },
        { "explain limit nobody", ExitCode.Usage, "1000001-01" },
        { "explain limit 77-01", ExitCode.Refused, "no open account" },
        { "explain bill 1000002-01 --on 2026-01-02", ExitCode.Refused, "no statement" },
        { "explain bill 1000002-01 --on yesterday", ExitCode.Usage, "2026-11-22" },
        { "as-of 1000006-01 --on 2099-01-01", ExitCode.Usage, "--on" },
        { "as-of 1000006-01 --known 2099-01-01", ExitCode.Usage, "--known" },
        { "explain payment 1000008-01", ExitCode.Usage, "--amount" },
        { "explain payment 1000008-01 --amount -5", ExitCode.Usage, "800" },
        { "explain payment 1000008-01 --amount 0.001", ExitCode.Usage, "two digits" },
        { "explain payment 1000008-01 --amount 9999999", ExitCode.Refused, "at most" },
        { "clock move 2020-01-01", ExitCode.Refused, "30" },
        { "clock move soon", ExitCode.Usage, "2026-11-22" },
        { "clock advance-fork 1000001-01 2027-01-01", ExitCode.Refused, "100" },
        { "restore no-such-file", ExitCode.House, "no database" },
        { "quote --product cash-loan --offer equal --count 7 --amount 10000 --on 2026-11-22", ExitCode.Refused, "7 rows" },
        { "quote --product cash-loan --offer equal --count 12 --amount -1 --on 2026-11-22", ExitCode.Usage, "two digits" },
        { "quote --product none --offer equal --count 12 --amount 10000 --on 2026-11-22", ExitCode.Usage, "not offered" },
        { "quote --product cash-loan --offer equal --count 12 --amount 10000 --on soon", ExitCode.Usage, "2026-11-22" },
        { "bureau 2031-01", ExitCode.Usage, "2026-06" },
        { "lenders --tier1 much", ExitCode.Usage, "two digits" },
        { "relief quote 1000008-01 --kind gift", ExitCode.Usage, "replan" },
        { "relief quote 1000008-01 --kind replan --count many", ExitCode.Usage, "0 to 60" },
        { "relief quote 1000008-01 --kind replan --count 12 --first-due soon", ExitCode.Usage, "2026-11-22" },
        { "relief quote 1000015-01 --kind replan --count 12", ExitCode.Refused, "263" },
        { "relief quote 1000009-02 --kind deferral --loan none --months 1", ExitCode.Refused, "244" },
        { "relief quote 1000008-01 --kind replan --count 12", ExitCode.Refused, "260" },
        { "fly", ExitCode.Usage, "mz --help" },
    };

    public async ValueTask InitializeAsync() => await File.WriteAllBytesAsync(_mz.Database, await Demo.Value);

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_command_answers_people_and_machines(string command)
    {
        var (code, output, error) = await _mz.RunAsync(command.Split(' '));
        var (jsonCode, answer) = await _mz.JsonAsync(command.Split(' '));

        Assert.Equal((ExitCode.Done, ExitCode.Done, ""), (code, jsonCode, error));
        Assert.NotEmpty(output);
        Assert.Equal(JsonValueKind.Object, answer.ValueKind);
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public async Task What_is_wrong_is_said_in_both_languages(string command, ExitCode expected, string says)
    {
        var (code, output, error) = await _mz.RunAsync(command.Split(' '));
        var (jsonCode, answer) = await _mz.JsonAsync(command.Split(' '));

        Assert.Equal((expected, expected, ""), (code, jsonCode, output));
        Assert.Contains(says, error);
        Assert.Contains(error, c => c > '\u4e00');
        Assert.Equal((int)expected, answer.GetProperty("error").GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public async Task A_database_that_is_no_ledger_is_told_in_each_language_for_itself()
    {
        await File.WriteAllTextAsync(_mz.Database, "no ledger", TestContext.Current.CancellationToken);
        var (code, answer) = await _mz.JsonAsync("clock", "show");
        var problem = answer.GetProperty("error").GetProperty("problems")[0];
        Assert.Equal(ExitCode.House, code);
        Assert.DoesNotMatch("[A-Za-z]{3}", problem.GetProperty("ruleZh").GetString());
        Assert.DoesNotContain(problem.GetProperty("rule").GetString()!, c => c > '\u4e00');
    }

    [Fact]
    public async Task The_terms_of_the_limit_sum_to_it()
    {
        var (_, answer) = await _mz.JsonAsync("explain", "limit", "1000002-01");

        var terms = answer.GetProperty("terms").EnumerateArray().Sum(term => Minor(term.GetProperty("amount")));
        Assert.Equal(Minor(answer.GetProperty("available")), terms);
    }

    [Fact]
    public async Task A_quote_of_twelve_thousand_in_a_bill_costs_what_case_T1_says()
    {
        var (_, plan) = await _mz.JsonAsync(
            "quote", "--product", "pay-later", "--offer", "bill", "--count", "12", "--amount", "12000", "--on", "2026-11-22");
        var (_, loan) = await _mz.JsonAsync(
            "quote", "--product", "cash-loan", "--offer", "equal", "--count", "12", "--amount", "10000.00", "--on", "2025-10-15");

        Assert.Equal(105_600, Minor(plan.GetProperty("cost")));
        Assert.Equal(100_000, plan.GetProperty("rows")[0].GetProperty("principalMinor").GetInt64());
        Assert.Equal(12, loan.GetProperty("rows").GetArrayLength());
        Assert.InRange(loan.GetProperty("simpleYearlyPpm").GetInt64(), 140_000, 150_000);
    }

    [Theory]
    [InlineData("cash-loan", "equal", "12", "1", "LOAN_AMOUNT_NOT_OFFERED")]
    [InlineData("cash-loan", "equal", "7", "10000", "OFFER_UNKNOWN")]
    [InlineData("pay-later", "bill", "12", "1", "LOAN_AMOUNT_NOT_OFFERED")]
    public async Task What_is_not_offered_is_not_quoted(string product, string offer, string count, string amount, string says)
    {
        var (code, _, error) = await _mz.RunAsync(
            "quote", "--product", product, "--offer", offer, "--count", count, "--amount", amount, "--on", "2026-11-24");
        Assert.NotEqual(ExitCode.Done, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_is_checked_and_run_over_all_accounts_before_anybody_is_under_it()
    {
        var next = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(Mz.Root, "products", "pay-later.v2.json")))!;
        next["version"] = 3;
        next["effectiveFrom"] = "2027-01-01";
        next["revolving"]!["dailyPpm"] = 400;
        var file = _mz.Write("next.json", System.Text.Encoding.UTF8.GetBytes(next.ToJsonString()));
        var (checkedCode, check) = await _mz.JsonAsync("product", "check", file);
        Assert.Equal((ExitCode.Done, false), (checkedCode, check.GetProperty("needsConsent").GetBoolean()));
        var (_, before) = await _mz.JsonAsync("verify");
        var (_, shadow) = await _mz.JsonAsync("product", "shadow", file, "--out", _mz.File("all.jsonl"));
        Assert.Equal(File.ReadAllLines(_mz.File("all.jsonl")).Length, shadow.GetProperty("accounts").GetInt32());
        Assert.True(shadow.GetProperty("payLess").GetInt32() > 0 && Minor(shadow.GetProperty("less")) < 0);
        Assert.Equal(0, shadow.GetProperty("payMore").GetInt32());
        Assert.Equal(Minor(shadow.GetProperty("less")), shadow.GetProperty("reasons").EnumerateObject().Sum(one => Minor(one.Value)));
        var (_, after) = await _mz.JsonAsync("verify");
        Assert.Equal(before.GetProperty("rows").GetInt64(), after.GetProperty("rows").GetInt64());

        next["version"] = 2;
        var (code, wrong) = await _mz.JsonAsync("product", "check", _mz.Write(
            "wrong.json", System.Text.Encoding.UTF8.GetBytes(next.ToJsonString())));
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Equal("version", wrong.GetProperty("error").GetProperty("problems")[0].GetProperty("field").GetString());
        Assert.Equal(ExitCode.BadInput, (await _mz.JsonAsync("product", "check", "nowhere.json")).Code);
        Assert.Equal(ExitCode.Usage, (await _mz.JsonAsync("product", "shadow", file, "--bills", "99")).Code);
    }

    [Fact]
    public async Task A_day_passes_and_the_clock_moves_and_a_fork_runs_ahead_alone()
    {
        var (_, day) = await _mz.JsonAsync("eod");
        var (_, moved) = await _mz.JsonAsync("clock", "move", "2026-08-02");
        var (_, fork) = await _mz.JsonAsync("clock", "fork", "1000002-01");
        var copy = fork.GetProperty("fork").GetString()!;
        var (_, ahead) = await _mz.JsonAsync("clock", "advance-fork", copy, "2027-08-02");
        var (_, clock) = await _mz.JsonAsync("clock", "show");

        Assert.Equal(("2026-07-05", "2026-07-06"), (day.GetProperty("from").GetString(), day.GetProperty("to").GetString()));
        Assert.Equal("2026-08-02", moved.GetProperty("to").GetString());
        Assert.Equal("2027-08-02", ahead.GetProperty("businessDate").GetString());
        Assert.Equal("2026-08-02", clock.GetProperty("businessDate").GetString());
        Assert.Equal(ExitCode.Done, (await _mz.RunAsync("verify")).Code);
    }

    [Fact]
    public async Task A_backup_is_restored_and_verifies_and_never_overwrites_by_itself()
    {
        var backup = _mz.File("copy.db");
        Assert.Equal(ExitCode.Done, (await _mz.RunAsync("backup", backup)).Code);
        Assert.Equal(ExitCode.House, (await _mz.RunAsync("backup", backup)).Code);
        _ = await _mz.RunAsync("clock", "move", "2026-09-01");

        Assert.Equal(ExitCode.House, (await _mz.RunAsync("restore", backup)).Code);
        Assert.Equal(ExitCode.Done, (await _mz.RunAsync("restore", backup, "--force")).Code);

        var (_, clock) = await _mz.JsonAsync("clock", "show");
        Assert.Equal("2026-07-05", clock.GetProperty("businessDate").GetString());
        Assert.Equal(ExitCode.Done, (await _mz.RunAsync("verify")).Code);
    }

    [Fact]
    public async Task A_changed_byte_is_found_and_its_place_named()
    {
        var bytes = await File.ReadAllBytesAsync(_mz.Database);
        var at = bytes.AsSpan().IndexOf("p-20260521-00220"u8);
        bytes[at + 3] ^= 1;
        await File.WriteAllBytesAsync(_mz.Database, bytes);

        var (code, answer) = await _mz.JsonAsync("verify");

        Assert.Equal((ExitCode.Difference, false), (code, answer.GetProperty("verified").GetBoolean()));
        Assert.NotEmpty(answer.GetProperty("first").GetProperty("what").GetString()!);
    }

    [Fact]
    public async Task A_broken_product_file_stops_every_command_by_name()
    {
        var folder = Directory.CreateDirectory(_mz.File("products")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "bad.v1.json"), "{}");

        var (code, _, error) = await _mz.RunAsync("clock", "show", "--products", folder);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("bad.v1.json:code: is missing", error);
    }

    public ValueTask DisposeAsync()
    {
        _mz.Dispose();
        return ValueTask.CompletedTask;
    }

    private static long Minor(JsonElement money) => long.Parse(money.GetString()![3..], System.Globalization.CultureInfo.InvariantCulture);
}
