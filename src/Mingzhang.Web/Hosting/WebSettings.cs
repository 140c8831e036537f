using System.Globalization;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Store;

namespace Mingzhang.Web.Hosting;

/// <summary>What the host is told from outside; environment variables or command line.</summary>
public sealed record WebSettings
{
    /// <summary>
    /// The database file, or the connection string or URL of a PostgreSQL database; <c>MZ_DB</c>. Default: <c>data/mingzhang.db</c> at the
    /// repository, else where it was started.
    /// </summary>
    public required string Database { get; init; }

    /// <summary>Whether a new database is a sandbox; <c>MZ_SANDBOX</c>, default true. A database keeps what it was made as.</summary>
    public bool Sandbox { get; init; } = true;

    /// <summary>Folder of the product files; <c>MZ_PRODUCTS</c>. Default: <c>products</c> beside the program.</summary>
    public required string Products { get; init; }

    /// <summary>Log-in attempts from one address within a minute; <c>MZ_LOGIN_RATE</c>, default 30.</summary>
    public int LoginsPerMinute { get; init; } = 30;

    /// <summary>Whether what needs two people is only proposed in the console; <c>MZ_CONSOLE_TWO_PEOPLE</c>, default true.</summary>
    public bool TwoPeopleInConsole { get; init; } = true;

    /// <summary>Free room in megabytes below which readiness is degraded; <c>MZ_LEAST_DISK_MB</c>, default 1,000.</summary>
    public long LeastDiskMegabytes { get; init; } = 1000;

    /// <summary>Requests a key may send at once, refilled every second; <c>MZ_RATE</c>, default 200, 1 to 100,000.</summary>
    public int Rate { get; init; }

    /// <summary>
    /// Hours after which a backup is late and readiness degraded; <c>MZ_BACKUP_HOURS</c>, default 26, in a sandbox 0 = none is asked for.
    /// </summary>
    public int BackupHours { get; init; }

    /// <summary>The file whose time is that of the last backup: beside the database file, or <c>last-backup</c> in the folder.</summary>
    public required string BackupNote { get; init; }

    /// <summary>What <see cref="Bank"/> says when the sandbox has its own.</summary>
    public const string OwnBank = "sandbox";

    /// <summary>
    /// The bank that moves money: its address, <c>sandbox</c> for one that is started beside this host, or empty for none;
    /// <c>MZ_BANK</c>. Default: <c>sandbox</c> in a sandbox, none in a live house.
    /// </summary>
    public string Bank { get; init; } = "";

    /// <summary>Shared with the bank, at least 32 characters; <c>MZ_BANK_SECRET</c>. The sandbox's own bank needs none.</summary>
    public string BankSecret { get; init; } = "";

    /// <summary>This host as the bank reaches it, for notices; <c>MZ_BANK_NOTICES</c>. Empty: the bank is only asked.</summary>
    public string Notices { get; init; } = "";

    /// <summary>
    /// Master keys of people, the current one first, each 64 hexadecimal digits, separated by commas; <c>MZ_MASTER_KEY</c>. Default: the
    /// file <c>people.key</c> in the folder, made at the first start; a live house on PostgreSQL has to name them.
    /// </summary>
    public string MasterKeyText { get; init; } = "";

    /// <summary>Years that records are kept after an account was closed, before its owner can be erased; <c>MZ_YEARS_KEPT</c>, default
    /// 10 (反洗钱法, article 34).</summary>
    public int YearsKept { get; init; } = 10;

    /// <summary>Where files beside the database go: its folder, or with PostgreSQL <c>MZ_DATA</c> (default: <c>data</c>).</summary>
    public required string Folder { get; init; }

    /// <summary>The address by which people know the house, when a proxy ends TLS before it; <c>MZ_PUBLIC_URL</c>. Null: the one
    /// it is asked by.</summary>
    public Uri? Public { get; init; }

    /// <summary>Proxies whose <c>X-Forwarded-For</c> is believed, so that limits go by the visitor; <c>MZ_PROXIES</c>. None: no header
    /// is.</summary>
    public IReadOnlyList<System.Net.IPAddress> Proxies { get; init; } = [];

    /// <summary>Reads the settings.</summary>
    public static WebSettings From(IConfiguration configuration, string contentRoot)
    {
        var data = Path.Combine(RootOf(contentRoot), "data");
        var database = configuration["MZ_DB"] ?? Path.Combine(data, "mingzhang.db");
        return Of(configuration, database, LedgerStores.IsServer(database)
            ? configuration["MZ_DATA"] ?? data : Path.GetDirectoryName(Path.GetFullPath(database))!);
    }

    /// <summary>The master keys. Throws <see cref="SettingException"/> when there are none to be had.</summary>
    /// <param name="house">Decides whether a key may be made by itself.</param>
    /// <param name="isNew">Whether nothing is under a key yet, so that a new one may be made.</param>
    public MasterKeys MasterKeys(CreditHouse house, bool isNew)
    {
        if (Services.People.MasterKeys.Read(MasterKeyText) is { } named)
        {
            return named;
        }

        var file = Path.Combine(Folder, KeyFile.Name);
        return KeyFile.Read(file)
            ?? (LedgerStores.IsServer(Database) && !house.IsSandbox ? throw NoMasterKey()
                : isNew ? KeyFile.Make(file)
                : throw new SettingException(
                    MasterKeySetting, $"this database has people, and the file of their key, {file}, is not there; put it back",
                    $"该数据库中已有客户资料，但密钥文件 {file} 不存在，请恢复该文件"));
    }

    private const string MasterKeySetting = "MZ_MASTER_KEY";

    private static SettingException NoMasterKey() => new(
        MasterKeySetting, "a live house on PostgreSQL needs its master key: 64 hexadecimal digits (openssl rand -hex 32)",
        "使用 PostgreSQL 的正式账务库必须设置主密钥：64 位十六进制数字（openssl rand -hex 32）");

    /// <summary>The master key's setting, checked. Throws <see cref="SettingException"/>.</summary>
    private static string MasterKeyOf(IConfiguration configuration)
    {
        var text = configuration[MasterKeySetting] ?? "";
        if (text.Length > 0 && Services.People.MasterKeys.Read(text) is null)
        {
            throw new SettingException(
                MasterKeySetting, "64 hexadecimal digits; several keys are separated by commas, the current one first",
                "64 位十六进制数字；多个密钥以逗号分隔，当前密钥在前");
        }

        return text;
    }

    /// <summary>The bank's settings, each checked. Throws <see cref="SettingException"/>.</summary>
    private static string BankOf(IConfiguration configuration)
    {
        var bank = configuration["MZ_BANK"] ?? (configuration.GetValue("MZ_SANDBOX", true) ? OwnBank : "");
        var known = bank is "" or "none" or OwnBank;
        if (!known && !(Uri.TryCreate(bank, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            throw new SettingException("MZ_BANK", "an http or https address, sandbox or none", "http(s) 地址、sandbox 或 none");
        }

        if (!known && (configuration["MZ_BANK_SECRET"] ?? "").Length < 32)
        {
            throw new SettingException("MZ_BANK_SECRET", "at least 32 characters, the same as the bank's", "至少 32 个字符，与银行一致");
        }

        return bank == "none" ? "" : bank;
    }

    /// <summary>A whole number within its range. Throws <see cref="SettingException"/>.</summary>
    private static int NumberOf(IConfiguration configuration, string name, int usual, int least, int most)
    {
        if (configuration[name] is not { } text)
        {
            return usual;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number
            : throw new SettingException(
                name, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
                string.Create(CultureInfo.InvariantCulture, $"{least} 至 {most} 的整数"));
    }

    private static WebSettings Of(IConfiguration configuration, string database, string folder) => new()
    {
        Database = database,
        Folder = folder,
        BackupNote = LedgerStores.IsServer(database) ? Path.Combine(folder, "last-backup") : Store.BackupNote.Of(database),
        BackupHours = NumberOf(configuration, "MZ_BACKUP_HOURS", configuration.GetValue("MZ_SANDBOX", true) ? 0 : 26, 0, 100_000),
        Rate = NumberOf(configuration, "MZ_RATE", 200, 1, 100_000),
        Sandbox = configuration.GetValue("MZ_SANDBOX", true),
        Products = configuration["MZ_PRODUCTS"] ?? Path.Combine(AppContext.BaseDirectory, "products"),
        TwoPeopleInConsole = configuration.GetValue("MZ_CONSOLE_TWO_PEOPLE", true),
        LeastDiskMegabytes = NumberOf(configuration, "MZ_LEAST_DISK_MB", 1000, 0, int.MaxValue),
        Bank = BankOf(configuration),
        YearsKept = NumberOf(configuration, "MZ_YEARS_KEPT", 10, 0, 100),
        Public = PublicAddress.Of(configuration),
        Proxies = PublicAddress.ProxiesOf(configuration),
        MasterKeyText = MasterKeyOf(configuration),
        BankSecret = configuration["MZ_BANK_SECRET"] ?? "",
        Notices = (configuration["MZ_BANK_NOTICES"] ?? "").TrimEnd('/'),
        LoginsPerMinute = Math.Clamp(configuration.GetValue("MZ_LOGIN_RATE", 30), 1, 100_000),
    };

    /// <summary>The repository's root when started from its sources, else the working folder.</summary>
    private static string RootOf(string contentRoot)
    {
        for (var folder = new DirectoryInfo(contentRoot); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Mingzhang.slnx")))
            {
                return folder.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }
}
