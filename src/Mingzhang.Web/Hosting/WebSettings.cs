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

    /// <summary>Where files beside the database go: its folder, or with PostgreSQL <c>MZ_DATA</c> (default: <c>data</c>).</summary>
    public required string Folder { get; init; }

    /// <summary>Reads the settings.</summary>
    public static WebSettings From(IConfiguration configuration, string contentRoot)
    {
        var data = Path.Combine(RootOf(contentRoot), "data");
        var database = configuration["MZ_DB"] ?? Path.Combine(data, "mingzhang.db");
        return Of(configuration, database, LedgerStores.IsServer(database)
            ? configuration["MZ_DATA"] ?? data : Path.GetDirectoryName(Path.GetFullPath(database))!);
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

    private static WebSettings Of(IConfiguration configuration, string database, string folder) => new()
    {
        Database = database,
        Folder = folder,
        BackupNote = LedgerStores.IsServer(database) ? Path.Combine(folder, "last-backup") : Store.BackupNote.Of(database),
        BackupHours = Math.Max(0, configuration.GetValue("MZ_BACKUP_HOURS", configuration.GetValue("MZ_SANDBOX", true) ? 0 : 26)),
        Sandbox = configuration.GetValue("MZ_SANDBOX", true),
        Products = configuration["MZ_PRODUCTS"] ?? Path.Combine(AppContext.BaseDirectory, "products"),
        TwoPeopleInConsole = configuration.GetValue("MZ_CONSOLE_TWO_PEOPLE", true),
        LeastDiskMegabytes = Math.Max(0, configuration.GetValue("MZ_LEAST_DISK_MB", 1000L)),
        Bank = BankOf(configuration),
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
