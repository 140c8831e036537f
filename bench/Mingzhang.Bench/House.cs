using Mingzhang.Engine;
using Mingzhang.Store;
using Mingzhang.Store.Postgres;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Bench;

/// <summary>A house on a fresh file with its accounts open.</summary>
internal sealed class House : IDisposable
{
    private House(string folder, CreditHouse engine, List<int> transactions, PrivateServer? server)
    {
        Folder = folder;
        Engine = engine;
        Transactions = transactions;
        Server = server;
    }

    /// <summary>The server it is on; null on a file.</summary>
    public PrivateServer? Server { get; }

    public string Folder { get; }

    public CreditHouse Engine { get; }

    /// <summary>Rows of each transaction so far.</summary>
    public List<int> Transactions { get; }

    /// <summary>Unset: the writer stands still before its next COMMIT.</summary>
    private static ManualResetEventSlim Goes { get; } = new(true);

    public string File => Path.Combine(Folder, "house.db");

    public static async Task<House> CreateAsync(Arguments arguments, int accounts)
    {
        var folder = Path.Combine(arguments.Folder, Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        var transactions = new List<int>();
        var server = arguments.Postgres
            ? PrivateServer.Start(arguments.Settings.Split(',', StringSplitOptions.RemoveEmptyEntries))
                ?? throw new InvalidOperationException("PostgreSQL is not installed.")
            : null;
        var store = new StoreOptions
        {
            Path = server?.NewDatabase() ?? Path.Combine(folder, "house.db"),
            CreateAs = new HouseFacts(true, Load.Day),
            BeforeCommit = rows =>
            {
                transactions.Add(rows);
                Goes.Wait();
            },
            LargestTransaction = arguments.Transaction, CheckpointMegabytes = arguments.Checkpoint,
        };
        store = arguments.Backlog > 0 ? store with { LargestBacklog = arguments.Backlog } : store;
        var options = new HouseOptions
        {
            Store = LedgerStores.Open(store),
            Terms = Load.Book,
            BuiltInFollowers = arguments.Followers,
            LargestBatch = arguments.Batch,
        };
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var engine = CreditHouse.Open(arguments.Cached > 0 ? options with { CachedAccounts = arguments.Cached } : options);
        for (var from = 1; from <= accounts; from += 2_000)
        {
            var results = await engine.SubmitManyAsync([.. Enumerable.Range(from, Math.Min(2_000, accounts - from + 1)).Select(Load.Open)]);
            if (results.FirstOrDefault(result => !result.IsAccepted) is { } refused)
            {
                throw new InvalidOperationException($"An account could not be opened: {refused.Refusal}");
            }
        }

        await engine.SettleAsync();
        Console.Error.WriteLine($"{accounts:#,0} accounts opened in {watch.Elapsed.TotalSeconds:0.0} s; memory after it "
            + $"{GC.GetTotalMemory(forceFullCollection: true) / 1_000_000:#,0} MB");
        transactions.Clear();
        return new House(folder, engine, transactions, server);
    }

    /// <summary>Seconds of opening what a kill in the middle of the load would have left, and rows that waited to be settled in
    /// it.</summary>
    public async Task<(double Seconds, long Rows)> ReopenAsync(int accounts)
    {
        var load = Measures.ManyAsync(this, accounts, 1024, 400_000, 999);
        await Task.Delay(TimeSpan.FromSeconds(5));
        Goes.Reset();
        await Task.Delay(TimeSpan.FromSeconds(1));
        var copy = Path.Combine(Folder, "killed.db");
        System.IO.File.Copy(File, copy);
        System.IO.File.Copy(File + "-wal", copy + "-wal");
        Goes.Set();
        await load;
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        using var rows = connection.CreateCommand();
        rows.CommandText = "SELECT max(position) - (SELECT position FROM settled) FROM journal";
        var waiting = (long)rows.ExecuteScalar()!;
        connection.Close();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var store = SqliteStore.Open(new StoreOptions { Path = copy });
        using var again = CreditHouse.Open(new HouseOptions { Store = store, Terms = Load.Book });
        return (watch.Elapsed.TotalSeconds, waiting);
    }

    public void Dispose()
    {
        Engine.Dispose();
        Server?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
