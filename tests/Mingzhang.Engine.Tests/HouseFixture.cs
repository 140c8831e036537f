using Mingzhang.Store;
using Mingzhang.Store.Tests;

namespace Mingzhang.Engine.Tests;

/// <summary>A house on a file of its own that can be closed, crashed and opened again.</summary>
internal sealed class HouseFixture : IDisposable
{
    private readonly List<string> _folders = [];

    /// <summary>A house on a file, or on a database of a private PostgreSQL server.</summary>
    /// <param name="sandbox">Whether its clock can be moved.</param>
    /// <param name="server">On PostgreSQL; the test is skipped where none is installed.</param>
    public HouseFixture(bool sandbox = true, bool server = false)
    {
        Sandbox = sandbox;
        Folder = NewFolder();
        Path = server || Environment.GetEnvironmentVariable("MZ_TEST_STORE") == "postgres"
            ? Cluster.NewDatabase() : System.IO.Path.Combine(Folder, "house.db");
    }

    /// <summary>The private server.</summary>
    public static PostgresCluster Cluster
    {
        get
        {
            Assert.SkipWhen(PostgresCluster.One.Value is null, "PostgreSQL is not installed");
            return PostgresCluster.One.Value!;
        }
    }

    public bool Sandbox { get; }

    public string Folder { get; }

    public string Path { get; private set; }

    public Action<int>? BeforeCommit { get; set; }

    public IReadOnlyList<Followers.IFollower> Followers { get; set; } = [];

    public Domain.Products.TermsBook Terms { get; set; } = Sample.Book;

    public CreditHouse Open(int lanes = 1, int settleAtOnce = 32, int cached = 131_072) => CreditHouse.Open(new HouseOptions
    {
        Store = LedgerStores.Open(new StoreOptions
        {
            Path = Path, CreateAs = new HouseFacts(Sandbox, Sample.Start), BeforeCommit = rows =>
                BeforeCommit?.Invoke(rows), SettleAtOnceUpTo = settleAtOnce, NodeCountsFor = TimeSpan.FromSeconds(1),
        }),
        Terms = Terms,
        Lanes = lanes,
        CachedAccounts = cached,
        Followers = Followers,
    });

    /// <summary>Goes on with the files as a power cut would leave them now, whatever the open house does later.</summary>
    public void Crash()
    {
        if (LedgerStores.IsServer(Path))
        {
            Cluster.CutOff(Path);
            return;
        }

        var to = System.IO.Path.Combine(NewFolder(), "house.db");
        foreach (var suffix in (string[])["", "-wal"])
        {
            if (File.Exists(Path + suffix))
            {
                File.Copy(Path + suffix, to + suffix);
            }
        }

        Path = to;
    }

    public void Dispose()
    {
        foreach (var folder in _folders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("mz-").FullName;
        _folders.Add(folder);
        return folder;
    }
}
