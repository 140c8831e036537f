using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Domain.Accounts;
using Mingzhang.Engine;
using Mingzhang.Store;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity.Roles;

namespace Mingzhang.Cli.Staff;

/// <summary><c>mz staff</c>: the first members of staff of a house, and codes for who has no password.</summary>
internal static class StaffCommand
{
    private const string By = "mz";
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static Command Make(CommonOptions common) =>
        new("staff", "Members of staff (工作人员)") { Add(common), Reset(common), All(common) };

    private static Command Add(CommonOptions common)
    {
        var name = new Argument<string>("NAME") { Description = "2 to 32 small letters, digits, dots, hyphens (登录名)" };
        var roles = new Option<string[]>("--role")
        {
            Description = "A role; may be said several times (角色): " + StaffRole.Every, HelpName = "ROLE", Required = true,
        };
        var create = new Option<bool>("--create") { Description = "Make a live house when there is no database yet (新建正式账务库)" };
        var command = new Command("add", "Add a member; prints a single-use code for the first password (新增工作人员)")
        {
            name, roles, create, common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            var screen = common.ScreenOf(parsed);
            var (login, asked) = (parsed.GetValue(name)!, parsed.GetValue(roles)!);
            if (new StaffChange(login, string.Join(' ', asked), true).Fault(null) is { } early)
            {
                throw No(early);
            }

            using var house = Open(common, parsed, parsed.GetValue(create));
            var (code, refusal) = await new StaffDoor(house, TimeProvider.System).AddAsync(login, asked, By);
            return refusal is null ? Say(screen, code!) : throw No(refusal);
        });
        return command;
    }

    private static Command Reset(CommonOptions common)
    {
        var name = new Argument<string>("NAME") { Description = "Whose (登录名)" };
        var steps = new Option<bool>("--second-step")
        {
            Description = "Take passkeys and one-time codes away, too: the device is lost (同时移除通行密钥和动态验证码)",
        };
        var command = new Command("reset", "End all sessions; prints a single-use code for another password (重设密码)")
        {
            name, steps, common.Database, common.Products,
        };
        command.SetAction(async parsed =>
        {
            var screen = common.ScreenOf(parsed);
            using var house = Open(common, parsed, create: false);
            var login = parsed.GetValue(name)!;
            return await new StaffDoor(house, TimeProvider.System).ResetAsync(login, parsed.GetValue(steps), By) is { } code
                ? Say(screen, code)
                : throw new ProblemException(ExitCode.Refused, Problem.Of(
                    "NAME", $"there is no active member of staff named '{login}'", "mz staff list shows who there is.",
                    $"没有名为“{login}”的在职工作人员", "请用 mz staff list 查看。"));
        });
        return command;
    }

    private static Command All(CommonOptions common)
    {
        var command = new Command("list", "Everybody, with roles (工作人员列表)") { common.Database, common.Products };
        command.SetAction(parsed =>
        {
            var screen = common.ScreenOf(parsed);
            using var house = Open(common, parsed, create: false);
            var all = new StaffDoor(house, TimeProvider.System).All();
            foreach (var one in all)
            {
                screen.Line($"{one.Login}  {(one.Active == 1 ? one.Roles : "- (let in nowhere 已停用)")}");
            }

            screen.Json(new { staff = all.Select(one => new { one.Login, one.Roles, active = one.Active == 1 }) });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static int Say(Screen screen, StaffCode code)
    {
        var until = code.Until.ToOffset(Beijing).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        screen.Line($"{code.Login}: {code.Code}");
        screen.Line($"Good once, until {until} (UTC+8): the console's log-in page, \"First log-in\" (/console/login/first).");
        screen.Line($"仅可使用一次，{until} 前有效：在控制台登录页点“首次登录”（/console/login/first）。");
        screen.Json(new { code.Login, code.Code, until = code.Until });
        return (int)ExitCode.Done;
    }

    private static ProblemException No(InvalidCommand fault) => new(ExitCode.Refused, fault.Field == "roles"
        ? Problem.Of("--role", fault.Rule, "The roles: " + StaffRole.Every, "角色不存在", "可选角色：" + StaffRole.Every)
        : Problem.Of("NAME", fault.Rule, fault.Fix, "登录名为 2 至 32 位小写字母、数字、点或连字符，且未被使用", "已有的人员请用 mz staff reset。"));

    private static CreditHouse Open(CommonOptions common, ParseResult parsed, bool create)
    {
        var path = parsed.GetValue(common.Database)!;
        var makes = create && !LedgerStores.IsServer(path) && !File.Exists(Path.GetFullPath(path));
        if (makes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        return CreditHouse.Open(new HouseOptions
        {
            Store = LedgerStores.Open(new StoreOptions
            {
                Path = makes ? Path.GetFullPath(path) : HouseDoor.Existing(path),
                CreateAs = create ? new HouseFacts(false, Today()) : null,
                Migrations = HouseTables.All,
            }),
            Terms = HouseDoor.Products(parsed.GetValue(common.Products)!),
        });
    }

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(Beijing).DateTime);
}
