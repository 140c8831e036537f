using System.Diagnostics;
using Mingzhang.Store;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Bench;

/// <summary>
/// The yardstick: a loop that writes the very rows the engine wrote, in batches of the same sizes, and does nothing else.
/// </summary>
internal static class RawLoop
{
    /// <summary>
    /// Rows per second of the store alone, rows and account rows ready made; same file layout, same pragmas, same settling.
    /// </summary>
    public static double Run(House house, string root, int rows)
    {
        var source = SqliteAudit.Open(house.File);
        var all = source.After(0).ToList();
        var heads = all.Select(row => row.Account).Distinct().ToDictionary(account => account, account => source.Account(account)!);
        source.Dispose();
        var first = all.Count - rows;
        var folder = Directory.CreateDirectory(Path.Combine(root, Path.GetRandomFileName())).FullName;
        var options = new StoreOptions
        {
            LargestTransaction = 1, Path = Path.Combine(folder, "raw.db"), CreateAs = new HouseFacts(true, Load.Day),
        };
        using var store = SqliteStore.Open(options);
        store.Start(new Ready(heads), cause => throw cause);
        Feed(store, all[..first], [.. Enumerable.Repeat(2_000, (first / 2_000) + 1)]);
        store.SettleAsync().Wait();
        var sizes = house.Transactions.Where(size => size > 0).ToList();
        var watch = Stopwatch.StartNew();
        Feed(store, all[first..], sizes);
        store.SettleAsync().Wait();
        watch.Stop();
        store.Dispose();
        Directory.Delete(folder, recursive: true);
        return rows / watch.Elapsed.TotalSeconds;
    }

    private static void Feed(SqliteStore store, List<JournalRow> rows, List<int> sizes)
    {
        var at = 0;
        var batch = default(Batch);
        foreach (var size in sizes)
        {
            batch = new Batch();
            foreach (var row in rows.Skip(at).Take(size))
            {
                batch.Rows.Add(row);
            }

            foreach (var account in batch.Rows.Select(row => row.Account).Distinct())
            {
                batch.Heads.Add(new AccountHead(
                    Domain.Accounts.AccountState.Empty(account, Domain.Values.Currency.Cny), RowHash.Genesis, Load.Day, false));
            }

            at += batch.Rows.Count;
            store.Enqueue(batch);
        }

        batch?.Done.Wait();
    }

    private sealed class Batch : CommitBatch
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public override void Fail(Exception why) => _done.TrySetException(why);

        protected override void OnCommitted() => _done.TrySetResult();
    }

    private sealed class Ready(Dictionary<Domain.Values.AccountId, AccountRow> rows) : IHeadProjector
    {
        public AccountRow Row(in AccountHead head) => rows[head.State.Id];

        public byte[] Snapshot(Domain.Accounts.AccountState state) => [];
    }
}
