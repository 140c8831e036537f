using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Store;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity;

namespace Mingzhang.Cli.People;

/// <summary><c>mz people</c>: the keys of people.</summary>
internal static class PeopleCommand
{
    private const string Setting = "MZ_MASTER_KEY";
    private const int UsualYears = 10;

    public static Command Make(CommonOptions common) => new("people", "Keys of people (客户资料密钥)") { Rekey(common), Erase(common) };

    private static Command Rekey(CommonOptions common)
    {
        var command = new Command("rekey", "Put all people under a new master key; safe to repeat (更换主密钥)")
        {
            common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var path = parsed.GetValue(common.Database)!;
            var file = Named() is null ? KeyFileOf(path) : null;
            using var house = Open(path, HouseDoor.Products(parsed.GetValue(common.Products)!));
            if (file is not null)
            {
                // The new key goes first and the old stay until every person is under it: whatever stops in between can go on.
                KeyFile.Replace(file, MasterKey.New() + "\n" + await File.ReadAllTextAsync(file));
            }

            var keys = PeopleKeys.Open(house, _ => Named() ?? KeyFile.Read(file!)!);
            var changed = await new PeopleRekeying(house, keys).RunAsync();
            if (file is not null)
            {
                KeyFile.Replace(file, (await File.ReadAllLinesAsync(file))[0]);
            }

            screen.Line($"{Shown.Whole(changed)} people are under master key {keys.Masters.Current.Name} now. 已更换主密钥");
            screen.Json(new { changed, key = keys.Masters.Current.Name });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command Erase(CommonOptions common)
    {
        var number = new Argument<long>("CUSTOMER") { Description = "Customer number (客户号)" };
        var years = new Option<int>("--years-kept")
        {
            Description = "Years records are kept after closing (保存年限)", DefaultValueFactory = _ => UsualYears,
        };
        var command = new Command("erase", "Erase a person for good: key, fields, hashes, log-in (删除客户资料)")
        {
            number, years, common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var path = parsed.GetValue(common.Database)!;
            var customer = new CustomerId(parsed.GetValue(number));
            using var house = Open(path, HouseDoor.Products(parsed.GetValue(common.Products)!));
            var rules = new ErasureRules(parsed.GetValue(years), Path.Combine(FolderOf(path), "erased-people"));
            var desk = new ErasureDesk(house, new AccountReader(house), [new PersonTraces()], rules, TimeProvider.System);
            var (receipt, refusal) = await desk.EraseAsync(customer, "mz");
            if (refusal is not null)
            {
                throw OpenHouse.No(refusal);
            }

            screen.Line($"Erased: {Shown.Whole(receipt!.Rows)} rows of customer {customer.Value}; the books are unchanged. 已删除客户资料");
            screen.Json(new { customer = customer.Value, receipt.Rows, receipt.Overwritten });
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>The house with the tables of the host, which people stand in.</summary>
    private static CreditHouse Open(string path, Domain.Products.TermsBook terms) => CreditHouse.Open(new HouseOptions
    {
        Store = LedgerStores.Open(new StoreOptions
        {
            Path = HouseDoor.Existing(path),
            Migrations = HouseTables.All,
        }),
        Terms = terms,
    });

    private static MasterKeys? Named() => Environment.GetEnvironmentVariable(Setting) is not { Length: > 0 } text ? null
        : MasterKeys.Read(text) ?? throw new ProblemException(ExitCode.BadInput, Problem.Of(
            Setting, "a master key is 64 hexadecimal digits", "Separate several by commas, the current one first.",
            "主密钥为 64 位十六进制数字", "多个密钥以逗号分隔，当前密钥在前。"));

    private static string FolderOf(string database) => LedgerStores.IsServer(database)
        ? Environment.GetEnvironmentVariable("MZ_DATA") ?? "data" : Path.GetDirectoryName(Path.GetFullPath(database))!;

    private static string KeyFileOf(string database)
    {
        var file = Path.Combine(FolderOf(database), KeyFile.Name);
        return File.Exists(file) ? file : throw new ProblemException(ExitCode.BadInput, Problem.Of(
            Setting, $"there is no key file at {file}", "Name the keys with MZ_MASTER_KEY=new,old, or put the file back.",
            $"{file} 处没有密钥文件", "请用 MZ_MASTER_KEY=新,旧 指定密钥，或恢复该文件。"));
    }
}
