using System.Collections.Concurrent;
using Mingzhang.Domain.Values;
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
    public async Task Two_nodes_write_one_order_without_a_gap()
    {
        using var first = Started(new Told());
        using var second = Started(new Told());
        var (one, other) = (new TestWriter(), new TestWriter());
        await FillAsync(one, first, other, second);
        await one.AppendAsync(first, Account(1), "c");
        using var reader = first.OpenReader();
        Assert.Equal(Enumerable.Range(1, 801).Select(position => (long)position), reader.Log(0, 1_000).Select(row => row.Position));
        Assert.Equal(801, first.LastPosition);
    }

    [Fact]
    public async Task What_was_decided_without_knowing_another_nodes_row_is_given_back_and_all_after_it()
    {
        var told = new Told();
        using var first = Started(new Told());
        using var second = Started(told);
        await new TestWriter().AppendAsync(first, Account(1), "a");
        var (line, writer) = (new CommitLine(), new TestWriter());
        await Assert.ThrowsAsync<StoreException>(() => writer.AppendAsync(second, Account(1), line, seenTo: 0, facts: 0, "x"));
        await Assert.ThrowsAsync<StoreException>(() => writer.AppendAsync(second, Account(7), line, seenTo: 1, facts: 0, "y"));
        Assert.True(line.IsRejected);
        Assert.Contains((Account(1), 1L), told.Moves);
        line.GoBack();
        await new TestWriter().AppendAsync(second, Account(7), line, seenTo: 1, facts: 0, "y");
        using var reader = second.OpenReader();
        Assert.Equal(["a", "y"], reader.Log(0, 10).Select(row => row.Key));
    }

    [Fact]
    public async Task What_was_decided_before_the_house_changed_elsewhere_is_given_back()
    {
        var told = new Told();
        using var first = Started(new Told());
        using var second = Started(told);
        await first.ChangeHouseAsync((connection, transaction) => 0);
        await Assert.ThrowsAsync<StoreException>(
            () => new TestWriter().AppendAsync(second, Account(1), new CommitLine(), seenTo: 0, facts: 0, "x"));
        Assert.Equal(1, told.Facts);
        await new TestWriter().AppendAsync(second, Account(1), new CommitLine(), seenTo: 0, facts: 1, "x");
        Assert.Equal(1, second.LastPosition);
    }

    [Fact]
    public async Task An_answer_that_wrote_nothing_is_given_back_when_it_may_be_old()
    {
        using var first = Started(new Told());
        using var second = Started(new Told());
        await new TestWriter().AppendAsync(first, Account(1), "a");
        await Assert.ThrowsAsync<StoreException>(
            () => new TestWriter().AppendAsync(second, Account(1), new CommitLine(), seenTo: 0, facts: 0));
        await new TestWriter().AppendAsync(second, Account(1), new CommitLine(), seenTo: 1, facts: 0);
    }

    [Fact]
    public async Task A_node_that_slept_cannot_write_into_the_past()
    {
        using var slept = Started(new Told());
        var writer = new TestWriter();
        await writer.AppendAsync(slept, Account(1), "a");
        PostgresCluster.Run(Database, "UPDATE journal_head SET stamp = stamp + 1, position = position + 1");
        PostgresCluster.Run(
            Database,
            "INSERT INTO journal SELECT 2, partition_id, account_id, 2, kind, booked_on, effective_on, recorded_at, actor, 'b', "
            + "request_hash, body, postings, hash, seal, key_hash FROM journal");
        await writer.AppendAsync(slept, Account(2), "c");
        Assert.Equal(3, slept.LastPosition);
    }

    [Fact]
    public async Task The_day_an_account_is_looked_at_moves_to_an_earlier_day_by_a_command_and_to_a_later_one_when_it_has_come()
    {
        using var store = Started(new Told());
        using var reader = store.OpenReader();
        var (writer, end) = (new TestWriter(), new AccountId(long.MaxValue));
        await writer.AppendAsync(store, Account(1), Day.AddDays(30), "opened");
        await writer.AppendAsync(store, Account(1), Day.AddDays(7), "authorised");
        await writer.AppendAsync(store, Account(1), Day.AddDays(30), "captured");
        Assert.Equal(Day.AddDays(7), reader.EarliestDue(1, end));
        Assert.Empty(reader.Due(1, Day.AddDays(7), default, 10));
        await store.DayPassedAsync(Day.AddDays(6));
        Assert.Equal(Day.AddDays(7), reader.EarliestDue(1, end));
        await store.DayPassedAsync(Day.AddDays(7));
        Assert.Equal(Day.AddDays(30), reader.EarliestDue(1, end));
        Assert.Equal([Account(1)], reader.Due(1, Day.AddDays(30), default, 10));
    }

    [Fact]
    public async Task One_node_leads_and_another_takes_over_when_it_dies()
    {
        using var second = LeaderAndSecond();
        second.Start(TestWriter.Projector, TestWriter.Ignore);
        for (var tried = 0; !second.Leads || !second.IsAlone; tried++)
        {
            Assert.True(tried < 100, $"nobody took over: leads {second.Leads}, alone {second.IsAlone}");
            await Task.Delay(50);
        }
    }

    private static Task FillAsync(TestWriter one, ILedgerStore first, TestWriter other, ILedgerStore second) => Task.WhenAll(
        Enumerable.Range(1, 200).Select(number => Task.WhenAll(
            one.AppendAsync(first, Account(number), "a", "b"), other.AppendAsync(second, Account(1_000 + number), "a", "b"))));

    private static List<string> Texts(Npgsql.NpgsqlConnection connection, string sql)
    {
        using var command = new Npgsql.NpgsqlCommand(sql, connection);
        using var row = command.ExecuteReader();
        var all = new List<string>();
        while (row.Read())
        {
            all.Add(row.GetString(0));
        }

        return all;
    }

    private ILedgerStore LeaderAndSecond()
    {
        using var first = Open();
        var second = Open();
        Assert.True(first.Leads);
        Assert.False(second.Leads);
        Assert.False(second.IsAlone);
        return second;
    }

    private ILedgerStore Started(INeighbours neighbours)
    {
        var store = Open();
        store.Start(TestWriter.Projector, TestWriter.Ignore, neighbours);
        return store;
    }

    private sealed class Told : INeighbours
    {
        public ConcurrentBag<(AccountId Account, long Position)> Moves { get; } = [];

        public long Facts { get; private set; }

        public void Moved(IReadOnlyCollection<AccountId> accounts, long position)
        {
            foreach (var account in accounts)
            {
                Moves.Add((account, position));
            }
        }

        public void HouseChanged(long facts) => Facts = facts;
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

    [Fact]
    public void Every_partitioned_table_can_be_distributed_and_is()
    {
        Open().Dispose();
        using var connection = new Npgsql.NpgsqlConnection(Database);
        connection.Open();
        var tables = Texts(
            connection,
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind = 'r' "
            + "AND a.attname = 'partition_id' AND c.relnamespace = current_schema()::regnamespace");
        Assert.Contains("journal", tables);
        using var script = new StreamReader(
            typeof(PostgresStore).Assembly.GetManifestResourceStream("Mingzhang.Store.Postgres.citus.sql")!);
        var text = script.ReadToEnd();
        Assert.All(tables, table => Assert.Contains($"create_distributed_table('{table}'", text, StringComparison.Ordinal));
        var wrong = Texts(
            connection,
            "SELECT i.indexrelid::regclass::text FROM pg_index i JOIN pg_attribute p ON p.attrelid = i.indrelid "
            + "AND p.attname = 'partition_id' WHERE i.indisunique AND NOT p.attnum = ANY(i.indkey)");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2")]
    [InlineData("postgresql://nobody@127.0.0.1:1/none")]
    [InlineData("Host=127.0.0.1;Nonsense=1")]
    public void A_database_that_cannot_be_reached_is_a_clear_error(string path) =>
        Assert.ThrowsAny<StoreException>(() => LedgerStores.Open(new StoreOptions { Path = path }));

    [Theory]
    [InlineData("postgresql://clerk:secret@db:5433/house", "postgresql://db:5433/house")]
    [InlineData("Host=db;Database=house;Username=clerk;Password=secret", "postgresql://db:5432/house")]
    [InlineData("Host=db;Passwort=secret", "postgresql://?")]
    public void A_connection_string_is_shown_without_its_secrets_also_when_it_is_wrong(string path, string shown) =>
        Assert.Equal(shown, LedgerStores.Shown(path));

    protected override ILedgerStore Open(int settleAtOnce = 32, Action<int>? beforeCommit = null) => PostgresStore.Open(new StoreOptions
    {
        Path = Database, CreateAs = new HouseFacts(true, Day), SettleAtOnceUpTo = settleAtOnce, BeforeCommit = beforeCommit,
        NodeCountsFor = TimeSpan.FromSeconds(1),
    });

    protected override void Kill() => Cluster.CutOff(Database);

    protected override void Dispose(bool disposing)
    {
        // The databases go with the server.
    }
}
