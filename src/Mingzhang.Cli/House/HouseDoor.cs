using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Products;
using Mingzhang.Engine;
using Mingzhang.Services.Lenders;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets;
using Mingzhang.Store;

namespace Mingzhang.Cli.House;

/// <summary>Opens the house on a database file with the products of a folder.</summary>
public static class HouseDoor
{
    private static IReadOnlyList<Migration> Tables { get; } = [.. TicketMigrations.All, .. LenderMigrations.All];

    /// <summary>The products of a folder; throws <see cref="ProblemException"/> with every broken rule.</summary>
    public static TermsBook Products(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.v*.json") : [];
        if (files.Length == 0)
        {
            throw new ProblemException(ExitCode.BadInput, Problem.Of(
                "--products", $"there is no product file in {folder}", "Name the folder with --products or MZ_PRODUCTS.",
                $"{folder} 中没有产品文件", "请用 --products 或 MZ_PRODUCTS 指定文件夹。"));
        }

        Array.Sort(files, StringComparer.Ordinal);
        var costs = Costs(folder);
        return ProductCatalogue.ParseAll(files.Select(file => (Path.GetFileName(file), File.ReadAllText(file))), costs) switch
        {
            TermsBookRead read when costs is not null => read.Book,
            TermsBookRead => throw new ProblemException(ExitCode.BadInput, Problem.Of(
                "--products", $"there is no {CostRulesFile.Name} in {folder}", "Name the folder with --products or MZ_PRODUCTS.",
                $"{folder} 中没有 {CostRulesFile.Name}", "请用 --products 或 MZ_PRODUCTS 指定文件夹。")),
            TermsBookRejected rejected => throw new ProblemException(ExitCode.BadInput, [.. rejected.Errors.Select(Problem.Of)]),
            _ => throw new ProblemException("a third answer of the product catalogue"),
        };
    }

    /// <summary>The dated cost rules of a folder, or null; throws <see cref="ProblemException"/> with every broken rule.</summary>
    private static CostRules? Costs(string folder)
    {
        var path = Path.Combine(folder, CostRulesFile.Name);
        return !File.Exists(path) ? null : CostRules.Parse(File.ReadAllText(path), CostRulesFile.Name) switch
        {
            CostRulesRead read => read.Rules,
            CostRulesRejected rejected => throw new ProblemException(ExitCode.BadInput, [.. rejected.Errors.Select(Problem.Of)]),
            _ => throw new ProblemException("a third answer of the cost rules"),
        };
    }

    /// <summary>
    /// The store of a file or connection string; what is missing is created as a house of <paramref name="createAs"/>, or is a problem when
    /// that is null.
    /// </summary>
    public static ILedgerStore Store(string path, HouseFacts? createAs)
    {
        if (LedgerStores.IsServer(path))
        {
            return LedgerStores.Open(new StoreOptions { Path = path, CreateAs = createAs, Migrations = Tables });
        }

        var full = createAs is null ? Existing(path) : Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return LedgerStores.Open(new StoreOptions { Path = full, CreateAs = createAs, Migrations = Tables });
    }

    /// <summary>The path of a file; a server is a problem, because it is backed up by its own tools.</summary>
    public static string FileOnly(string path) => !LedgerStores.IsServer(path) ? path : throw new ProblemException(
        ExitCode.BadInput, Problem.Of(
            "--db", "a PostgreSQL database is not copied by mz", "Use pg_dump or pg_basebackup; see docs/operations.md.",
            "mz 不复制 PostgreSQL 数据库", "请使用 pg_dump 或 pg_basebackup，见 docs/operations.md。"));

    /// <summary>The full path of a file that must be there; a connection string as it is.</summary>
    public static string Existing(string path, string field = "--db")
    {
        if (LedgerStores.IsServer(path))
        {
            return path;
        }

        var full = Path.GetFullPath(path);
        return File.Exists(full) ? full : throw new ProblemException(ExitCode.House, Problem.Of(
            field, $"there is no database at {full}", "Name it with --db or MZ_DB, or make one with mz demo.",
            $"{full} 处没有数据库", "请用 --db 或 MZ_DB 指定，或用 mz demo 创建。"));
    }

    /// <summary>The house of an existing database.</summary>
    public static CreditHouse Open(string path, TermsBook terms) =>
        CreditHouse.Open(new HouseOptions { Store = Store(path, null), Terms = terms });
}
