using Mingzhang.Services.People;
using Mingzhang.Store;

namespace Mingzhang.Cli.House;

/// <summary>Why the database cannot be used, in Chinese: the store names its causes in English only.</summary>
internal static class HouseFault
{
    // By a part of the store's sentence; what has none is told by its kind.
    private static readonly (string Part, string Zh)[] Causes =
    [
        ("open for writing in another process", "另一个进程正在写入该数据库：请停止该进程，或用 --db 指定其他数据库"),
        ("cannot be reached", "无法连接数据库服务器"),
        ("lost rows", "数据库缺少已确认的数据，已停止写入"),
        ("There is no database at", "指定位置没有数据库"),
        ("but not a Mingzhang ledger", "该文件不是明账的账本"),
        ("does not create a house", "数据库为空，此命令不会新建账本"),
        ("this program knows", "数据库版本与本程序不符"),
        ("exists", "目标文件或数据已存在，不会覆盖"),
        ("is not sound", "数据未通过完整性检查"),
        ("cannot be opened", "数据库无法打开"),
        ("cannot be read", "文件无法读取"),
        ("connection string", "数据库连接参数有误"),
        ("has stopped", "写入已停止，请重新打开账本以恢复"),
    ];

    /// <summary>One Chinese sentence without its full stop.</summary>
    public static string Zh(Exception cause) => "数据库无法使用：" + (cause switch
    {
        StoreException => Array.Find(Causes, one => cause.Message.Contains(one.Part, StringComparison.Ordinal)) is { Zh: { } zh }
            ? zh : "存储出错",
        PeopleKeysException => "客户资料密钥缺失或不符",
        UnauthorizedAccessException => "没有访问文件的权限",
        IOException => "文件读写失败",
        _ => "账本已停止运行",
    });
}
