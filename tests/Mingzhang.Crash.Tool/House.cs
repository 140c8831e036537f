using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Crash.Tool;

/// <summary>The house under test: the shipped pay-later product on one SQLite file or one PostgreSQL database.</summary>
public static class House
{
    public static readonly DateOnly Start = new(2026, 3, 2);

    public static TermsBook Book { get; } = Read();

    public static ProductTerms Terms => Book.All.Single();

    public static CreditHouse Open(
        string path, Plant plant = Plant.None, Action<int>? beforeCommit = null, int lanes = 2, int checkpointMegabytes = 256,
        TimeProvider? time = null, bool followers = true, TimeSpan reconnectFor = default)
    {
        ILedgerStore store = LedgerStores.Open(new StoreOptions
        {
            Path = path, CreateAs = new HouseFacts(Sandbox: true, Start), BeforeCommit = beforeCommit, LargestBacklog = 2048,
            NodeCountsFor = TimeSpan.FromSeconds(1), CheckpointMegabytes = checkpointMegabytes, Time = time ?? TimeProvider.System,
            ReconnectFor = reconnectFor,
        });
        try
        {
            return CreditHouse.Open(new HouseOptions
            {
                Store = plant == Plant.None ? store : new PlantedStore(store, plant), Terms = Book, Lanes = lanes,
                Time = time ?? TimeProvider.System, BuiltInFollowers = followers,
            });
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static TermsBook Read()
    {
        using Stream stream = typeof(House).Assembly.GetManifestResourceStream("pay-later.v1.json")!;
        using StreamReader reader = new(stream);
        return ProductCatalogue.Parse(reader.ReadToEnd(), "pay-later.v1.json") is ProductRead read
            ? new TermsBook([read.Terms])
            : throw new InvalidOperationException("the product file is refused");
    }
}
