using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Identity;

namespace Mingzhang.Cli.People;

/// <summary><c>mz people</c>: the keys of people.</summary>
internal static class PeopleCommand
{
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
            var file = PeopleDoor.Named() is null ? PeopleDoor.KeyFileOf(path) : null;
            using var house = PeopleDoor.Open(path, HouseDoor.Products(parsed.GetValue(common.Products)!));
            if (file is not null)
            {
                // The new key goes first and the old stay until every person is under it: whatever stops in between can go on.
                KeyFile.Replace(file, MasterKey.New() + "\n" + await File.ReadAllTextAsync(file));
            }

            var keys = PeopleKeys.Open(house, _ => PeopleDoor.Named() ?? KeyFile.Read(file!)!);
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
            using var house = PeopleDoor.Open(path, HouseDoor.Products(parsed.GetValue(common.Products)!));
            var rules = new ErasureRules(parsed.GetValue(years), Path.Combine(PeopleDoor.FolderOf(path), "erased-people"));
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
}
