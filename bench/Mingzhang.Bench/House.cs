using Mingzhang.Engine;
using Mingzhang.Store;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Bench;

/// <summary>A house on a fresh file with its accounts open.</summary>
internal sealed class House : IDisposable
{
    private House(string folder, CreditHouse engine, List<int> transactions)
    {
        Folder = folder;
        Engine = engine;
        Transactions = transactions;
    }

    public string Folder { get; }

    public CreditHouse Engine { get; }

    /// <summary>Rows of each transaction so far.</summary>
    public List<int> Transactions { get; }

    public string File => Path.Combine(Folder, "house.db");

    public static async Task<House> CreateAsync(Arguments arguments, int accounts)
    {
        var folder = Path.Combine(arguments.Folder, Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        var transactions = new List<int>();
        var engine = CreditHouse.Open(new HouseOptions
        {
            Store = SqliteStore.Open(new StoreOptions
            {
                Path = Path.Combine(folder, "house.db"), CreateAs = new HouseFacts(true, Load.Day), BeforeCommit = transactions.Add,
                LargestTransaction = arguments.Transaction, CheckpointMegabytes = arguments.Checkpoint,
            }),
            Terms = Load.Book,
            BuiltInFollowers = arguments.Followers,
            LargestBatch = arguments.Batch,
        });
        for (var from = 1; from <= accounts; from += 2_000)
        {
            var results = await engine.SubmitManyAsync([.. Enumerable.Range(from, Math.Min(2_000, accounts - from + 1)).Select(Load.Open)]);
            if (results.FirstOrDefault(result => !result.IsAccepted) is { } refused)
            {
                throw new InvalidOperationException($"An account could not be opened: {refused.Refusal}");
            }
        }

        await engine.SettleAsync();
        transactions.Clear();
        return new House(folder, engine, transactions);
    }

    public void Dispose()
    {
        Engine.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
