using Mingzhang.Domain.Values;

namespace Mingzhang.Store.Tests;

/// <summary>What every provider must do. A provider derives from it and says how a fresh store is made and opened again.</summary>
public abstract class StoreContract : IDisposable
{
    protected static DateOnly Day { get; } = new(2026, 1, 5);

    /// <summary>Opens the store under test; the same one each time, as after a restart. Null: creates nothing.</summary>
    protected abstract ILedgerStore Open(int settleAtOnce = 32, Action<int>? beforeCommit = null);

    /// <summary>Ends the open store as a kill would, so that the next <see cref="Open"/> meets what is on disk.</summary>
    protected abstract void Kill();

    [Theory]
    [InlineData(32)]
    [InlineData(0)]
    public async Task Rows_come_back_as_they_were_also_after_a_kill(int settleAtOnce)
    {
        var writer = new TestWriter();
        using (var store = Open(settleAtOnce))
        {
            store.Start(TestWriter.Projector, TestWriter.Ignore);
            await writer.AppendAsync(store, Account(1), "a", "b");
            await writer.AppendAsync(store, Account(2), "a");
            Compare(writer, store);
            Kill();
        }

        using var again = Open(settleAtOnce);
        Compare(writer, again);
    }

    [Fact]
    public async Task A_key_is_found_exactly_and_only_in_its_account()
    {
        var writer = new TestWriter();
        using var store = Open();
        store.Start(TestWriter.Projector, TestWriter.Ignore);
        await writer.AppendAsync(store, Account(1), "a", "b");
        using var reader = store.OpenReader();
        Assert.Equal(2, reader.FindByKey(Account(1), "b")!.Sequence);
        Assert.Null(reader.FindByKey(Account(1), "c"));
        Assert.Null(reader.FindByKey(Account(2), "a"));
    }

    [Fact]
    public async Task The_log_is_in_order_without_a_gap_and_pages()
    {
        var writer = new TestWriter();
        using var store = Open();
        store.Start(TestWriter.Projector, TestWriter.Ignore);
        await writer.AppendAsync(store, Account(1), "a", "b", "c");
        await writer.AppendAsync(store, Account(5), "a");
        using var reader = store.OpenReader();
        Assert.Equal([1L, 2L], reader.Log(0, 2).Select(row => row.Position));
        Assert.Equal([3L, 4L], reader.Log(2, 10).Select(row => row.Position));
        Assert.Empty(reader.Log(4, 10));
        Assert.Equal(4, store.LastPosition);
    }

    [Fact]
    public async Task Due_accounts_are_asked_by_partition_and_date()
    {
        var writer = new TestWriter();
        using var store = Open();
        store.Start(TestWriter.Projector, TestWriter.Ignore);
        foreach (var customer in (long[])[3, 3 + 1024, 3 + 2048, 4])
        {
            await writer.AppendAsync(store, Account(customer), Day.AddDays((int)(customer / 1024)), "a");
        }

        await store.SettleAsync();
        using var reader = store.OpenReader();
        Assert.Equal([Account(3), Account(3 + 1024)], reader.Due(3, Day.AddDays(1), default, 10));
        Assert.Equal([Account(3 + 1024)], reader.Due(3, Day.AddDays(9), Account(3), 1));
        Assert.Equal(Day, reader.EarliestDue(3, new AccountId(long.MaxValue)));
        Assert.Null(reader.EarliestDue(5, new AccountId(long.MaxValue)));
    }

    [Fact]
    public async Task A_commit_that_fails_acknowledges_nothing_and_stops_the_store()
    {
        var writer = new TestWriter();
        var fail = false;
        using (var store = Open(beforeCommit: _ => ThrowIf(fail)))
        {
            Exception? told = null;
            store.Start(TestWriter.Projector, cause => told = cause);
            await writer.AppendAsync(store, Account(1), "a");
            fail = true;
            await Assert.ThrowsAsync<StoreException>(() => new TestWriter().AppendAsync(store, Account(9), "x"));
            await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync((_, _) => 1));
            Assert.NotNull(told);
            Assert.NotNull(store.Fault);
        }

        using var again = Open();
        Compare(writer, again);
        Assert.Equal(1, again.LastPosition);
    }

    [Fact]
    public async Task One_has_the_turn_and_what_comes_meanwhile_is_committed_after_it()
    {
        var writer = new TestWriter();
        using var store = Open();
        store.Start(TestWriter.Projector, TestWriter.Ignore);
        await writer.AppendAsync(store, Account(1), "a");
        Assert.True(SpinWait.SpinUntil(store.TryTakeTurn, TimeSpan.FromSeconds(10)));
        Assert.False(store.TryTakeTurn());
        await Task.WhenAll(
            new TestWriter().AppendAsync(store, Account(2), "b"), new TestWriter().CommitAsync(store, Account(3), "c"));
        using var reader = store.OpenReader();
        Assert.Equal([Account(1), Account(3), Account(2)], reader.Log(0, 9).Select(row => row.Account));
    }

    [Fact]
    public async Task Turns_and_batches_of_many_threads_lose_nothing()
    {
        var writer = new TestWriter();
        var store = Open();
        using (store)
        {
            store.Start(TestWriter.Projector, TestWriter.Ignore);
            await Task.WhenAll(Enumerable.Range(1, 8).Select(customer => Task.Run(async () =>
            {
                for (var i = 0; i < 200; i++)
                {
                    await (i % 3 == 0 ? writer.AppendAsync(store, Account(customer), $"k{i}")
                        : writer.AppendInTurnAsync(store, Account(customer), $"k{i}"));
                }
            })));
            Assert.Equal(1600, store.LastPosition);
            Compare(writer, store);
            Kill();
        }

        using var again = Open();
        Compare(writer, again);
    }

    [Fact]
    public async Task A_commit_in_turn_that_fails_stops_the_store_and_what_waits()
    {
        var fail = false;
        var store = Open(beforeCommit: _ => ThrowIf(fail));
        using (store)
        {
            Exception? told = null;
            store.Start(TestWriter.Projector, cause => told = cause);
            await new TestWriter().AppendAsync(store, Account(1), "a");
            Assert.True(SpinWait.SpinUntil(store.TryTakeTurn, TimeSpan.FromSeconds(10)));
            fail = true;
            await Assert.ThrowsAsync<StoreException>(() => Task.WhenAll(
                new TestWriter().AppendAsync(store, Account(2), "b"), new TestWriter().CommitAsync(store, Account(3), "c")));
            Assert.NotNull(told);
            Assert.False(store.TryTakeTurn());
        }

        using var again = Open();
        Assert.Equal(1, again.LastPosition);
    }

    [Fact]
    public async Task What_turns_leave_is_settled_in_an_idle_moment()
    {
        var writer = new TestWriter();
        using var store = Open();
        store.Start(TestWriter.Projector, TestWriter.Ignore);
        using var reader = store.OpenReader();
        await writer.AppendInTurnAsync(store, Account(1), "a");
        await writer.AppendInTurnAsync(store, Account(1), "b");
        Assert.True(SpinWait.SpinUntil(() => reader.Account(Account(1)) is { Version: 2 }, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_write_of_another_part_that_fails_rolls_back_alone()
    {
        using var store = Open();
        store.Start(TestWriter.Projector, TestWriter.Ignore);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync((connection, transaction) =>
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO follower (name, position) VALUES ('x', 1)";
            command.ExecuteNonQuery();
            return ThrowIf(true);
        }));
        Assert.Equal(0L, await store.WriteAsync((connection, transaction) =>
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT count(*) FROM follower";
            return (long)command.ExecuteScalar()!;
        }));
    }

    [Fact]
    public async Task A_large_backlog_survives_a_kill_in_the_middle_of_settling()
    {
        var writer = new TestWriter();
        using (var store = Open(settleAtOnce: 0))
        {
            store.Start(TestWriter.Projector, TestWriter.Ignore);
            for (var round = 0; round < 5; round++)
            {
                await Task.WhenAll(Enumerable.Range(1, 40).Select(customer => writer.AppendAsync(store, Account(customer), $"k{round}")));
            }

            Kill();
        }

        using var again = Open();
        Compare(writer, again);
        again.Start(TestWriter.Projector, TestWriter.Ignore);
        await again.SettleAsync([.. again.UnsettledAccounts.Select(writer.HeadOf)]);
        Assert.Empty(again.UnsettledAccounts);
        using var reader = again.OpenReader();
        Assert.All(writer.Accounts, account => Assert.Equal(5, reader.Account(account)!.Version));
        Compare(writer, again);
    }

    [Fact]
    public async Task One_statement_is_run_for_each_row_in_their_order_by_the_names_of_its_values()
    {
        using var store = Open();
        store.Start(TestWriter.Projector, TestWriter.Ignore);
        (string Name, long Place)[] rows = [.. Enumerable.Range(1, 1_100).Select(place => ($"row {place % 1_000}", (long)place))];
        const string sql = "INSERT INTO follower (name, position) SELECT @name_of, @place WHERE @place > 5 "
            + "ON CONFLICT (name) DO UPDATE SET position = follower.position * 10000 + @place";
        await store.WriteAsync((connection, transaction) =>
        {
            ManyRows.Write(connection, transaction, sql, ["@place", "@name_of"], rows, row => [row.Place, row.Name]);
            return 0;
        });
        var expected = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, place) in rows.Where(row => row.Place > 5))
        {
            expected[name] = expected.TryGetValue(name, out var before) ? (before * 10_000) + place : place;
        }

        using var reading = store.OpenReadOnly();
        using var command = reading.CreateCommand();
        command.CommandText = "SELECT name, position FROM follower WHERE name LIKE 'row %'";
        using var found = command.ExecuteReader();
        while (found.Read())
        {
            Assert.True(expected.Remove(found.GetString(0), out var position));
            Assert.Equal(position, found.GetInt64(1));
        }

        Assert.Empty(expected);
        await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync((connection, transaction) =>
        {
            ManyRows.Write(connection, transaction, sql, ["@place"], rows, row => [row.Place]);
            return 0;
        }));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the test left.</summary>
    protected abstract void Dispose(bool disposing);

    protected static AccountId Account(long customer) => AccountId.Of(new CustomerId(customer), 1);

    private static int ThrowIf(bool fail) => fail ? throw new InvalidOperationException("planted") : 0;

    private static void Compare(TestWriter writer, ILedgerStore store)
    {
        using var reader = store.OpenReader();
        foreach (var account in writer.Accounts)
        {
            var rows = reader.History(account);
            Assert.Equal(writer.Rows(account).Select(Show), rows.Select(Show));
            var loaded = reader.Load(account)!;
            Assert.Equal(rows.Count, loaded.Index.Count);
            Assert.Equal(rows[^1].Hash, loaded.Tail[^1].Hash);
        }
    }

    private static string Show(JournalRow row) => string.Join(
        '|',
        row.Position, row.Account, row.Sequence, row.Kind, row.BookedOn, row.EffectiveOn, row.RecordedAt, row.Actor, row.Key,
        row.RequestHash, Convert.ToHexString(row.Body), Convert.ToHexString(row.Postings), Convert.ToHexString(row.Hash));
}
