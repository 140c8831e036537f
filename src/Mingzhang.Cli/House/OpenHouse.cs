using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.Output;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Wording;

namespace Mingzhang.Cli.House;

/// <summary>A house that a command has opened, with what commands ask of it.</summary>
internal sealed class OpenHouse : IDisposable
{
    private OpenHouse(string database, string products) => House = HouseDoor.Open(database, HouseDoor.Products(products));

    /// <summary>The house.</summary>
    public CreditHouse House { get; }

    /// <summary>Opens the house of the command's options.</summary>
    public static OpenHouse Of(CommonOptions common, ParseResult parsed) =>
        new(parsed.GetValue(common.Database)!, parsed.GetValue(common.Products)!);

    /// <summary>The account today; throws <see cref="ProblemException"/> when there is none.</summary>
    public async Task<AccountView> AccountAsync(AccountId account) =>
        await new AccountReader(House).FindAsync(account) ?? throw Missing(account);

    /// <summary>The account as it was; throws <see cref="ProblemException"/> when it was not open then.</summary>
    public AccountView AccountAsOf(AccountId account, DateOnly on, DateOnly knownOn) =>
        new AccountReader(House).AsOf(account, on, knownOn) ?? throw Missing(account);

    /// <summary>An account id from its written form.</summary>
    public static AccountId Id(string text) =>
        AccountId.TryParse(text, out var id) ? id : throw new ProblemException(ExitCode.Usage, Problem.Of(
        "ACCOUNT", $"'{text}' is no account number", "Write customer and slot, such as 1000001-01.",
        $"“{text}”不是账户编号", "请写客户号和编号位，例如 1000001-01。"));

    /// <summary>A day from its written form.</summary>
    public static DateOnly Day(string option, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new ProblemException(ExitCode.Usage, Problem.Of(
                option, $"'{text}' is no day", "Write it like 2026-11-22.", $"“{text}”不是日期", "请写成 2026-11-22。"));

    /// <summary>A day from its written form, not after another: what is to come is not known.</summary>
    public static DateOnly DayUpTo(string option, string text, DateOnly most) => Day(option, text) is var day && day <= most
        ? day
        : throw new ProblemException(ExitCode.Usage, Problem.Of(
            option, string.Create(CultureInfo.InvariantCulture, $"a day up to the business date {most:yyyy-MM-dd}"),
            "Write an earlier day.",
            string.Create(CultureInfo.InvariantCulture, $"不晚于会计日 {most:yyyy-MM-dd} 的日期"), "请写更早的日期。"));

    /// <summary>A refusal as a problem, in the words of the catalogue.</summary>
    public static ProblemException No(Refusal refusal) => new(ExitCode.Refused, Problem.Of(
        $"{refusal.Code.Number} {refusal.Code.Name}", RefusalText.Of(refusal, chinese: false).TrimEnd('.'), "See docs/refusals.md.",
        RefusalText.Of(refusal, chinese: true).TrimEnd('。'), "参见 docs/refusals.md。"));

    /// <inheritdoc/>
    public void Dispose() => House.Dispose();

    /// <summary>There is no such account.</summary>
    public static ProblemException Missing(AccountId account) => new(ExitCode.Refused, Problem.Of(
        "ACCOUNT", $"there is no open account {account} then", "mz demo lists the demo accounts; client N of a replay is 2005…N-63.",
        $"当时没有账户 {account}", "mz demo 会列出演示账户；回放客户 N 的账户是 2005…N-63。"));
}
