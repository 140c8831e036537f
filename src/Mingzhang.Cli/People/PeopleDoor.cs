using Mingzhang.Cli.House;
using Mingzhang.Domain.Products;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Store;
using Mingzhang.Web.Hosting;

namespace Mingzhang.Cli.People;

/// <summary>Opens what commands about people and keys work on: the house with the tables of the host, and its master keys.</summary>
internal static class PeopleDoor
{
    private const string Setting = "MZ_MASTER_KEY";

    /// <summary>The house with the tables of the host, which people stand in.</summary>
    public static CreditHouse Open(string path, TermsBook terms) => CreditHouse.Open(new HouseOptions
    {
        Store = LedgerStores.Open(new StoreOptions
        {
            Path = HouseDoor.Existing(path),
            Migrations = HouseTables.All,
        }),
        Terms = terms,
    });

    /// <summary>The keys of a house, under the master key of the setting or of the file beside the data.</summary>
    public static PeopleKeys Keys(CreditHouse house, string database)
    {
        var file = Named() is null ? KeyFileOf(database) : null;
        return PeopleKeys.Open(house, _ => Named() ?? KeyFile.Read(file!)!);
    }

    /// <summary>The master keys of the setting, the current one first; null when it is not set.</summary>
    public static MasterKeys? Named() => Environment.GetEnvironmentVariable(Setting) is not { Length: > 0 } text ? null
        : MasterKeys.Read(text) ?? throw new ProblemException(ExitCode.BadInput, Problem.Of(
            Setting, "a master key is 64 hexadecimal digits", "Separate several by commas, the current one first.",
            "主密钥为 64 位十六进制数字", "多个密钥以逗号分隔，当前密钥在前。"));

    /// <summary>The folder of a house's files.</summary>
    public static string FolderOf(string database) => LedgerStores.IsServer(database)
        ? Environment.GetEnvironmentVariable("MZ_DATA") ?? "data" : Path.GetDirectoryName(Path.GetFullPath(database))!;

    /// <summary>The file of master keys beside a house; throws <see cref="ProblemException"/> when there is none.</summary>
    public static string KeyFileOf(string database)
    {
        var file = Path.Combine(FolderOf(database), KeyFile.Name);
        return File.Exists(file) ? file : throw new ProblemException(ExitCode.BadInput, Problem.Of(
            Setting, $"there is no key file at {file}", "Name the keys with MZ_MASTER_KEY=new,old, or put the file back.",
            $"{file} 处没有密钥文件", "请用 MZ_MASTER_KEY=新,旧 指定密钥，或恢复该文件。"));
    }
}
