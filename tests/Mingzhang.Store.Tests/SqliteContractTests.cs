using Mingzhang.Store.Sqlite;

namespace Mingzhang.Store.Tests;

/// <summary>The contract on SQLite, and what only a file can get wrong.</summary>
public sealed class SqliteContractTests : StoreContract
{
    private readonly List<string> _folders = [];
    private string _path;

    public SqliteContractTests() => _path = Path.Combine(NewFolder(), "store.db");

    [Fact]
    public void A_second_writer_is_refused()
    {
        using var first = Open();
        var refused = Assert.Throws<StoreInUseException>(() => Open());
        Assert.Contains("open for writing in another process", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_ledger_is_refused()
    {
        File.WriteAllText(_path, "this is not a database, but it is long enough to be read as one " + new string('x', 5000));
        Assert.Throws<StoreException>(() => Open());
    }

    [Fact]
    public void A_missing_file_is_an_error_unless_it_shall_be_created() =>
        Assert.Throws<StoreException>(() => SqliteStore.Open(new StoreOptions { Path = _path }));

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        using (var store = Open())
        {
            store.Start(TestWriter.Projector, TestWriter.Ignore);
            await store.WriteAsync((connection, transaction) =>
            {
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "INSERT INTO schema_version (part, version, applied_at) VALUES ('core', 999, 0)";
                return command.ExecuteNonQuery();
            });
        }

        var refused = Assert.Throws<StoreException>(() => Open());
        Assert.Contains("Use the newer program", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_under_load_is_a_sound_ledger_and_restores()
    {
        var writer = new TestWriter();
        var copy = Path.Combine(NewFolder(), "backup.db");
        using (var store = Open())
        {
            store.Start(TestWriter.Projector, TestWriter.Ignore);
            await writer.AppendAsync(store, Account(1), "before");
            using var stop = new CancellationTokenSource();
            var load = Task.Run(async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    await new TestWriter().AppendAsync(store, Account(100 + i), "a");
                }
            });
            store.Backup(copy);
            await stop.CancelAsync();
            await load;
            Assert.Throws<StoreException>(() => store.Backup(copy));
        }

        Assert.Throws<StoreException>(() => SqliteBackup.Restore(copy, _path, force: false));
        SqliteBackup.Restore(copy, _path, force: true);
        using var again = Open();
        using var reader = again.OpenReader();
        Assert.Equal("before", Assert.Single(reader.History(Account(1))).Key);
    }

    [Fact]
    public void A_damaged_backup_is_not_restored()
    {
        using (var store = Open())
        {
            store.Backup(_path + ".copy");
        }

        var bytes = File.ReadAllBytes(_path + ".copy");
        Array.Fill(bytes, (byte)0xFF, 4096, 2000);
        File.WriteAllBytes(_path + ".copy", bytes);
        Assert.Throws<StoreException>(() => SqliteBackup.Restore(_path + ".copy", _path + ".new", force: false));
        Assert.False(File.Exists(_path + ".new"));
    }

    [Fact]
    public void A_file_that_cannot_be_synced_is_an_error() =>
        Assert.Throws<IOException>(() => CheckedFile.Sync("/proc/self/does-not-exist/file"));

    [Fact]
    public async Task Processes_that_live_short_checkpoint_what_those_before_them_left()
    {
        const long limit = 1_000_000;
        var (writer, largest) = (new TestWriter(), 0L);
        for (var life = 0; life < 12; life++)
        {
            using (var store = SqliteStore.Open(new StoreOptions
            {
                Path = _path, CreateAs = new HouseFacts(true, Day), SettleAtOnceUpTo = 0, CheckpointMegabytes = 1,
            }))
            {
                store.Start(TestWriter.Projector, TestWriter.Ignore);
                await store.SettleAsync([.. store.UnsettledAccounts.Select(writer.HeadOf)]);
                for (var i = 0; i < 60; i++)
                {
                    await writer.AppendAsync(store, Account(1 + (life * 100) + i), "a");
                }

                largest = Math.Max(largest, new FileInfo(_path + "-wal").Length);
                Kill();
            }
        }

        Assert.InRange(largest, limit / 2, limit * 2);
    }

    [Fact]
    public async Task Under_steady_load_rows_are_settled_within_their_time()
    {
        var (writer, clock, most) = (new TestWriter(), new Clock(), 0);
        SqliteStore? store = null;
        void OneSecondLater(int rows) => (clock.Seconds, most) = (clock.Seconds + 1, Math.Max(most, store!.UnsettledAccounts.Count));
        using (store = SqliteStore.Open(new StoreOptions
        {
            Path = _path, CreateAs = new HouseFacts(true, Day), SettleAtOnceUpTo = 0, LargestTransaction = 40, Time = clock,
            SettleWithin = TimeSpan.FromSeconds(5), BeforeCommit = OneSecondLater,
        }))
        {
            store.Start(TestWriter.Projector, TestWriter.Ignore);
            await FloodAsync(store, writer);
        }

        Assert.InRange(most, 40, 40 * 12);
    }

    /// <summary>Lets 4,001 rows wait at once, so that the writer has no idle moment.</summary>
    private static async Task FloodAsync(ILedgerStore store, TestWriter writer)
    {
        Assert.True(SpinWait.SpinUntil(store.TryTakeTurn, TimeSpan.FromSeconds(10)));
        var waiting = Enumerable.Range(1, 4_000).Select(customer => writer.AppendAsync(store, Account(customer), "a")).ToList();
        await writer.CommitAsync(store, Account(5_000), "first");
        await Task.WhenAll(waiting);
    }

    protected override ILedgerStore Open(int settleAtOnce = 32, Action<int>? beforeCommit = null) => SqliteStore.Open(new StoreOptions
    {
        Path = _path, CreateAs = new HouseFacts(true, Day), SettleAtOnceUpTo = settleAtOnce, BeforeCommit = beforeCommit,
    });

    protected override void Kill()
    {
        var to = Path.Combine(NewFolder(), "store.db");
        foreach (var suffix in (string[])["", "-wal"])
        {
            File.Copy(_path + suffix, to + suffix);
        }

        _path = to;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var folder in _folders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string NewFolder()
    {
        _folders.Add(Directory.CreateTempSubdirectory("mz-store-").FullName);
        return _folders[^1];
    }

    private sealed class Clock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
