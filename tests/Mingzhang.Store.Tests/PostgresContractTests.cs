using Mingzhang.Store.Postgres;

namespace Mingzhang.Store.Tests;

/// <summary>PostgreSQL keeps the contract. Reported as skipped where no server is installed.</summary>
public sealed class PostgresContractTests : StoreContract
{
    private string? _database;

    private static PostgresCluster Cluster
    {
        get
        {
            var cluster = PostgresCluster.One.Value;
            Assert.SkipWhen(cluster is null, "PostgreSQL is not installed");
            return cluster!;
        }
    }

    private string Database => _database ??= Cluster.NewDatabase();

    [Fact]
    public async Task A_second_writer_is_refused_while_the_first_renews_its_lease()
    {
        using (var first = Open())
        {
            var refused = Assert.Throws<StoreInUseException>(() => Open());
            Assert.Contains($"process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
            first.Start(TestWriter.Projector, TestWriter.Ignore);
            await new TestWriter().AppendAsync(first, Account(1), "a");
        }

        using var second = Open();
        Assert.Equal(1, second.LastPosition);
    }

    [Fact]
    public void A_dead_writers_lease_is_waited_for_and_taken()
    {
        Open().Dispose();
        PostgresCluster.Run(
            Database, "UPDATE writer_lease SET held_until = CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) + 700");
        using var store = Open();
        Assert.Null(store.Fault);
    }

    [Fact]
    public async Task A_writer_that_lost_its_lease_cannot_commit()
    {
        using (var slept = Open())
        {
            slept.Start(TestWriter.Projector, TestWriter.Ignore);
            await new TestWriter().AppendAsync(slept, Account(1), "a");
            PostgresCluster.Run(Database, "UPDATE writer_lease SET epoch = epoch + 1, held_until = 0");
            await Assert.ThrowsAsync<StoreException>(() => new TestWriter().AppendAsync(slept, Account(2), "b"));
            Assert.IsType<StoreInUseException>(slept.Fault);
        }

        using var again = Open();
        Assert.Equal(1, again.LastPosition);
    }

    [Fact]
    public void A_server_that_does_not_wait_for_its_disk_is_refused()
    {
        var name = new Npgsql.NpgsqlConnectionStringBuilder(Database).Database;
        PostgresCluster.Run(Database, $"ALTER DATABASE {name} SET synchronous_commit = off");
        Assert.Contains("synchronous_commit", Assert.Throws<StoreException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_sees_one_moment_and_the_schema_as_defined()
    {
        using var store = Open();
        store.Start(TestWriter.Projector, TestWriter.Ignore);
        var writer = new TestWriter();
        await writer.AppendAsync(store, Account(1), "a");
        var readers = await store.OpenAuditAsync(2);
        await writer.AppendAsync(store, Account(1), "b");
        Assert.All(readers, reader =>
        {
            Assert.Null(reader.SchemaFinding());
            Assert.Single(reader.Positions());
            Assert.Single(reader.After(0));
            reader.Dispose();
        });
        PostgresCluster.Run(Database, "ALTER TABLE account ALTER COLUMN debt DROP NOT NULL");
        using var later = (await store.OpenAuditAsync(1))[0];
        Assert.Contains("account.debt", later.SchemaFinding(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2")]
    [InlineData("postgresql://nobody@127.0.0.1:1/none")]
    [InlineData("Host=127.0.0.1;Nonsense=1")]
    public void A_database_that_cannot_be_reached_is_a_clear_error(string path) =>
        Assert.Throws<StoreException>(() => LedgerStores.Open(new StoreOptions { Path = path }));

    protected override ILedgerStore Open(int settleAtOnce = 32, Action<int>? beforeCommit = null) => PostgresStore.Open(new StoreOptions
    {
        Path = Database, CreateAs = new HouseFacts(true, Day), SettleAtOnceUpTo = settleAtOnce, BeforeCommit = beforeCommit,
        Lease = TimeSpan.FromSeconds(1),
    });

    protected override void Kill() => Cluster.CutOff(Database);

    protected override void Dispose(bool disposing)
    {
        // The databases go with the server.
    }
}
