using Mingzhang.Store;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Engine.Tests;

/// <summary>A house on a file of its own that can be closed, crashed and opened again.</summary>
internal sealed class HouseFixture : IDisposable
{
    private readonly List<string> _folders = [];

    public HouseFixture(bool sandbox = true)
    {
        Sandbox = sandbox;
        Folder = NewFolder();
        Path = System.IO.Path.Combine(Folder, "house.db");
    }

    public bool Sandbox { get; }

    public string Folder { get; }

    public string Path { get; private set; }

    public Action<int>? BeforeCommit { get; set; }

    public IReadOnlyList<Followers.IFollower> Followers { get; set; } = [];

    public Domain.Products.TermsBook Terms { get; set; } = Sample.Book;

    public CreditHouse Open(int lanes = 1, int settleAtOnce = 32, int cached = 131_072) => CreditHouse.Open(new HouseOptions
    {
        Store = SqliteStore.Open(new StoreOptions
        {
            Path = Path, CreateAs = new HouseFacts(Sandbox, Sample.Start), BeforeCommit = rows =>
                BeforeCommit?.Invoke(rows), SettleAtOnceUpTo = settleAtOnce,
        }),
        Terms = Terms,
        Lanes = lanes,
        CachedAccounts = cached,
        Followers = Followers,
    });

    /// <summary>Goes on with the files as a power cut would leave them now, whatever the open house does later.</summary>
    public void Crash()
    {
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
