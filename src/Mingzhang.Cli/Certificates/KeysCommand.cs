using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Cli.People;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Tickets.Clocks;

namespace Mingzhang.Cli.Certificates;

/// <summary><c>mz keys</c>: the keys that certificates are signed with.</summary>
internal static class KeysCommand
{
    private const int LongestReason = 200;

    public static Command Make(CommonOptions common) => new("keys", "Keys that sign certificates (证明签名密钥)")
    {
        List(common), Rotate(common), Withdraw(common),
    };

    private static Command List(CommonOptions common)
    {
        var command = new Command("list", "All keys, the one that signs first (列出签名密钥)") { common.Database, common.Products };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(common.Database)!;
            using var house = PeopleDoor.Open(path, HouseDoor.Products(parsed.GetValue(common.Products)!));
            Show(common.ScreenOf(parsed), new SigningKeys(house, PeopleDoor.Keys(house, path), TimeProvider.System).Kept);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command Rotate(CommonOptions common)
    {
        var command = new Command(
            "rotate", "Draw a new key that signs from now on; earlier ones stay published and their papers good (更换签名密钥)")
        {
            common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            var path = parsed.GetValue(common.Database)!;
            using var house = PeopleDoor.Open(path, HouseDoor.Products(parsed.GetValue(common.Products)!));
            var keys = new SigningKeys(house, PeopleDoor.Keys(house, path), TimeProvider.System);
            await keys.RotateAsync();
            Show(common.ScreenOf(parsed), keys.Kept);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command Withdraw(CommonOptions common)
    {
        var number = new Argument<string>("NUMBER") { Description = "The key as mz keys list names it (密钥编号)" };
        var why = new Option<string>("--reason")
        {
            Description = "Why, for the house alone (原因)", HelpName = "TEXT", Required = true,
        };
        var since = new Option<string?>("--since")
        {
            Description = "What it signed from this day on does not count; default: nothing it signed (自该日起签署的证明失效，默认全部)",
            HelpName = "YYYY-MM-DD",
        };
        var command = new Command(
            "withdraw", "A key that leaked: what it signed no longer counts, and another one signs (撤销泄露的密钥)")
        {
            number, why, since, common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            var (from, reason) = (DayOf(parsed.GetValue(since)), ReasonOf(parsed.GetValue(why)!));
            var path = parsed.GetValue(common.Database)!;
            using var house = PeopleDoor.Open(path, HouseDoor.Products(parsed.GetValue(common.Products)!));
            var today = DateOnly.FromDateTime(new HouseTime(house, TimeProvider.System).Now.DateTime);
            if (from > today)
            {
                throw new ProblemException(ExitCode.Usage, Problem.Of(
                    "--since", "a day that is not after today",
                    string.Create(CultureInfo.InvariantCulture, $"Today is {today:yyyy-MM-dd}."),
                    "不晚于今天的日期", string.Create(CultureInfo.InvariantCulture, $"今天是 {today:yyyy-MM-dd}。")));
            }

            var keys = new SigningKeys(house, PeopleDoor.Keys(house, path), TimeProvider.System);
            var done = await keys.WithdrawAsync(parsed.GetValue(number)!.Trim().ToLowerInvariant(), from, reason)
                ?? throw new ProblemException(ExitCode.Refused, Problem.Of(
                    "NUMBER", "a key that is kept and was not withdrawn", "Look at mz keys list.", "未撤销的现有密钥", "请查看 mz keys list。"));
            var screen = common.ScreenOf(parsed);
            screen.Line(string.Create(
                CultureInfo.InvariantCulture, $"{done.Papers} certificates no longer count; {done.Signs} signs from now on."));
            screen.Line(string.Create(
                CultureInfo.InvariantCulture, $"{done.Papers} 份证明失效；此后由 {done.Signs} 签署。请通知持有人重新开具，并分发新的 keys.pem。"));
            Show(screen, keys.Kept);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static DateOnly? DayOf(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new ProblemException(ExitCode.Usage, Problem.Of(
            "--since", "a date YYYY-MM-DD", "Write it such as 2026-11-22.", "日期，格式 YYYY-MM-DD", "例如 2026-11-22。"));

    private static string ReasonOf(string text) => text.Trim() is { Length: > 0 and <= LongestReason } reason ? reason
        : throw new ProblemException(ExitCode.Usage, Problem.Of(
            "--reason", "1 to 200 characters", "Say what happened.", "1 至 200 个字", "请说明原因。"));

    private static void Show(Screen screen, IReadOnlyList<KeptKey> keys)
    {
        foreach (var (key, i) in keys.Select((key, i) => (key, i)))
        {
            screen.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{key.Id}  since {key.Since:yyyy-MM-dd HH:mm}  {State(key, i == 0)}"));
        }

        if (keys.Count == 0)
        {
            screen.Line("None yet: the first certificate draws one. 尚无密钥，首次开具证明时自动生成");
        }

        screen.Json(new
        {
            signs = keys is [{ Withdrawal: null } first, ..] ? first.Id : null,
            keys = keys.Select(key => new
            {
                key.Id, key.Since, withdrawnAt = key.Withdrawal?.At, withdrawnSince = key.Withdrawal?.Since,
                why = key.Withdrawal is null ? null : key.Why,
            }),
        });
    }

    private static string State(KeptKey key, bool first) => key.Withdrawal is not { } gone
        ? first ? "signs (当前)" : "checks only (仅验签)"
        : string.Create(CultureInfo.InvariantCulture, $"withdrawn {gone.At:yyyy-MM-dd HH:mm} (已撤销), ")
            + (gone.Since is { } since
                ? string.Create(CultureInfo.InvariantCulture, $"what it signed since {since:yyyy-MM-dd} does not count")
                : "nothing it signed counts") + $": {key.Why}";
}
