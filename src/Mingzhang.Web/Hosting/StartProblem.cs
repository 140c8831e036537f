using Microsoft.AspNetCore.Connections;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Web.Hosting;

/// <summary>Why the host cannot start, for whoever starts it: which setting, which rule, what to do; in both languages, no stack.</summary>
/// <param name="ExitCode">What the process returns: 3 = a setting or product file breaks a rule, 5 = the database cannot be used.</param>
/// <param name="Setting">Environment variable or option.</param>
/// <param name="Rule">What is wrong.</param>
/// <param name="Fix">What to do.</param>
/// <param name="RuleZh">What is wrong, in Chinese.</param>
/// <param name="FixZh">What to do, in Chinese.</param>
public sealed record StartProblem(int ExitCode, string Setting, string Rule, string Fix, string RuleZh, string FixZh)
{
    /// <summary>A setting or product file breaks a rule.</summary>
    public const int BadInput = 3;

    /// <summary>The database cannot be used, or the house stopped while it ran.</summary>
    public const int House = 5;

    private const int NotADatabase = 26;
    private const int Full = 13;

    /// <summary>What a person can put right; null for anything else, which is a bug and shows its stack.</summary>
    /// <param name="cause">What came out of starting.</param>
    /// <param name="configuration">The settings, to name what was asked for; passwords are left out.</param>
    public static StartProblem? Of(Exception cause, IConfiguration configuration) => cause switch
    {
        StoreException store => Of(store, configuration["MZ_DB"] ?? ""),
        ProductsException products => new(
            BadInput, "MZ_PRODUCTS", products.Message, "Name the folder of the product files, or mend the file named here.",
            "产品文件不可用：" + products.Message, "请指定产品文件所在文件夹，或修正上述文件。"),
        SettingException setting => new(
            BadInput, setting.Setting, setting.Rule, "Set it so and start again, or leave it out.", setting.RuleZh, "请更正后重新启动，或不设置。"),
        PeopleKeysException keys => new(
            BadInput, "MZ_MASTER_KEY", keys.Message, "Give the master key under which this house was kept, or put its key file back.",
            "主密钥与该数据库不符：" + keys.Message, "请提供该账务库使用的主密钥，或恢复其密钥文件。"),
        InvalidOperationException { InnerException: FormatException } setting when IsSetting(setting) => new(
            BadInput, "MZ_*", setting.Message, "Give the setting a value of its kind: true or false, or a whole number.",
            "设置的取值无法读取：" + setting.Message, "请改为该设置允许的取值：true 或 false，或整数。"),
        IOException { InnerException: AddressInUseException } or AddressInUseException => new(
            House, "ASPNETCORE_URLS", "another process listens on this address",
            "Stop it, or name another address: --urls http://localhost:5211",
            "该地址已被其他进程占用", "请停止该进程，或指定其他地址：--urls http://localhost:5211"),
        UnauthorizedAccessException or IOException => new(
            House, "MZ_DB, MZ_DATA", $"the folder of the database cannot be made or written: {cause.Message}",
            "Name a path in a folder this user may write to, on a local disk.",
            $"数据库所在文件夹无法创建或写入：{cause.Message}", "请指定当前用户可写的本地磁盘文件夹中的路径。"),
        // The rest: no person outside can put it right.
        _ => null,
    };

    /// <summary>The lines shown.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine, $"Mingzhang cannot start. {Setting}: {Rule}", $"  {Fix}", $"明账无法启动。{Setting}：{RuleZh}", $"  {FixZh}");

    private static bool IsSetting(InvalidOperationException cause) => cause.Message.Contains("'MZ_", StringComparison.Ordinal);

    private static StartProblem Of(StoreException store, string database) => store switch
    {
        StoreInUseException => new(
            House, "MZ_DB", store.Message, "Stop the other process, or give this one a database of its own.",
            "该数据库已有另一个进程在写入", "请停止另一个进程，或为本进程另指定一个数据库。"),
        _ when LedgerStores.IsServer(database) => new(
            House, "MZ_DB", $"{store.Message} ({Shown(database)})",
            "Start the server, and check host, port, database, user and password; without MZ_DB a file is used.",
            $"无法使用 PostgreSQL 数据库（{Shown(database)}）：{store.Message}",
            "请启动数据库服务，并检查主机、端口、库名、用户和密码；不设置 MZ_DB 则使用本地文件。"),
        { Code: NotADatabase } => new(
            House, "MZ_DB", store.Message, "Name another path, or restore a backup there: mz restore FILE --force",
            "该文件不是数据库", "请指定其他路径，或恢复备份：mz restore FILE --force"),
        { Code: Full } => new(
            House, "MZ_DB", store.Message, "Make room on the disk and start again; nothing acknowledged is lost.",
            "磁盘已满", "请清理磁盘空间后重新启动；已确认的数据不会丢失。"),
        _ => new(
            House, "MZ_DB", store.Message, "Name the file of a Mingzhang database, or a new path in a folder this user may write to.",
            "无法打开数据库：" + store.Message, "请指定明账数据库文件，或当前用户可写文件夹中的新路径。"),
    };

    private static string Shown(string database)
    {
        try
        {
            return LedgerStores.Shown(database);
        }
        catch (ArgumentException)
        {
            return "unreadable";
        }
    }
}
