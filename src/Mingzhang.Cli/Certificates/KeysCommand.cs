using System.CommandLine;
using System.Globalization;
using Mingzhang.Cli.House;
using Mingzhang.Cli.Output;
using Mingzhang.Cli.People;
using Mingzhang.Services.Certificates;

namespace Mingzhang.Cli.Certificates;

/// <summary><c>mz keys</c>: the keys that certificates are signed with.</summary>
internal static class KeysCommand
{
    public static Command Make(CommonOptions common) => new("keys", "Keys that sign certificates (证明签名密钥)")
    {
        List(common), Rotate(common),
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

    private static void Show(Screen screen, IReadOnlyList<KeptKey> keys)
    {
        foreach (var (key, i) in keys.Select((key, i) => (key, i)))
        {
            screen.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"{key.Id}  since {key.Since:yyyy-MM-dd HH:mm}  {(i == 0 ? "signs (当前)" : "checks only (仅验签)")}"));
        }

        if (keys.Count == 0)
        {
            screen.Line("None yet: the first certificate draws one. 尚无密钥，首次开具证明时自动生成");
        }

        screen.Json(new { signs = keys.Count > 0 ? keys[0].Id : null, keys = keys.Select(key => new { key.Id, key.Since }) });
    }
}
