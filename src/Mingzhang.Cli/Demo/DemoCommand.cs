using System.CommandLine;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Engine;
using Mingzhang.Services.Sandbox;
using Mingzhang.Store;

namespace Mingzhang.Cli.Demo;

/// <summary><c>mz demo</c>: a sandbox with living customers, and what to look at.</summary>
internal static class DemoCommand
{
    private static readonly Dictionary<string, (string Story, string Look)> Stories = new(StringComparer.Ordinal)
    {
        ["paid"] = ("pays every bill in full 每期全额还清", "explain bill"),
        ["revolver"] = ("pays the minimum, the rest revolves 最低还款", "explain bill"),
        ["cured"] = ("was overdue, paid, use came back 逾期后还清恢复", "explain use"),
        ["frozen"] = ("repaid everything and still cannot use it 还清仍不可用", "explain use"),
        ["closing"] = ("is closing with debt running off 关闭中，逐步结清", "explain closing"),
        ["corrected"] = ("a late fact superseded a statement 迟到入账更正账单", "as-of"),
        ["new"] = ("just opened 刚开通", "explain limit"),
        ["loan"] = ("a cash loan in its fourth month 现金借款第 4 期", "explain limit"),
        ["loan-overdue"] = ("is overdue on a loan 借款逾期", "explain use"),
        ["reserve"] = ("a reserve draw due in days 备用金快到期", "explain use"),
        ["plan"] = ("a bill in twelve instalments 账单分 12 期", "explain bill"),
        ["joint"] = ("a loan of two lenders 联合贷款", "explain closing"),
        ["bank-line"] = ("purchases that two banks fund 信用购", "explain bill"),
        ["relief"] = ("pays a missed bill in ten rows by agreement 协商还款中", "relief show"),
        ["overdue"] = ("is overdue now 正在逾期", "explain payment --amount 100"),
    };

    public static Command Make(CommonOptions common)
    {
        var command = new Command("demo", "Make a sandbox with living demo customers (演示沙箱)") { common.Database, common.Products };
        command.SetAction(async parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var terms = HouseDoor.Products(parsed.GetValue(common.Products)!);
            var store = HouseDoor.Store(parsed.GetValue(common.Database)!, new HouseFacts(Sandbox: true, DemoHouse.FirstDay));
            using var house = CreditHouse.Open(new HouseOptions { Store = store, Terms = terms });
            if (!house.IsSandbox || house.BusinessDate < DemoHouse.FirstDay)
            {
                throw new ProblemException(ExitCode.Refused, Problem.Of(
                    "--db", "the demo lives in a sandbox of its own", "Name a new file with --db.", "演示只能在独立的沙箱中运行", "请用 --db 指定新文件。"));
            }

            await SeedAsync(house);
            Write(screen, house, Path.GetFullPath(parsed.GetValue(common.Database)!));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static async Task SeedAsync(CreditHouse house)
    {
        // A day end that was killed is finished first; a house beyond the stories' last day has been told them already.
        await house.ResumeDayAsync();
        if (house.BusinessDate < DemoHouse.Today)
        {
            await DemoHouse.SeedAsync(house);
        }
    }

    private static void Write(Screen screen, CreditHouse house, string database)
    {
        screen.Line($"A sandbox at {database}, business date {Shown.Day(house.BusinessDate)}.");
        var table = Shown.Table("account", "name", "story", "look at");
        var known = DemoCustomer.All.Where(customer => house.Terms.All.Any(terms => terms.Code == customer.Product));
        var customers = known.Select(customer =>
        {
            var slot = house.Terms.All.First(terms => terms.Code == customer.Product).Slot;
            var account = AccountId.Of(new CustomerId(customer.Customer), slot);
            var (story, look) = Stories.GetValueOrDefault(customer.Story, (customer.Story, "explain limit"));
            var parts = look.Split(' ');
            var verb = parts[0] == "as-of" ? "as-of" : $"{parts[0]} {parts[1]}";
            var rest = string.Join(' ', parts.Skip(verb.Split(' ').Length));
            return (Account: account, customer.Name, Story: story, Look: $"mz {verb} {account} {rest}".TrimEnd());
        }).ToList();
        foreach (var customer in customers)
        {
            table.Row(customer.Account.ToString(), customer.Name, customer.Story, customer.Look);
        }

        screen.Human.Write(table);
        screen.Line("The same customers in the browser: dotnet run --project src/Mingzhang.Web");
        screen.Json(new
        {
            database, businessDate = house.BusinessDate,
            customers = customers.Select(c => new { c.Account, c.Name, c.Story, c.Look }),
        });
    }
}
