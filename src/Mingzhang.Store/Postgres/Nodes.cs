using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>
/// The nodes of a house: each has a number and says now and then that it is alive. One of them leads; when it dies another takes over.
/// </summary>
/// <remarks>
/// Nothing that must never go wrong rests on these times: who commits is said by <see cref="JournalHead"/>. A table rather than an advisory
/// lock, which not every database of this family has.
/// </remarks>
internal sealed class Nodes : IDisposable
{
    private const string Now = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
    private const string Number = "UPDATE journal_head SET nodes = nodes + 1 WHERE id = 1 RETURNING nodes";
    private const string Clock = $"SELECT {Now}";

    private const string Beat =
        "INSERT INTO node (number, name, held_until) VALUES (@number, @name, @until) "
        + "ON CONFLICT (number) DO UPDATE SET held_until = excluded.held_until";

    private const string Forget = "DELETE FROM node WHERE number = @number OR held_until < @until";
    private const string Others = "SELECT count(*) FROM node WHERE number <> @number AND held_until >= @now";

    private const string Lead =
        "UPDATE leader SET number = @number WHERE id = 1 AND number NOT IN (SELECT number FROM node WHERE held_until >= @now) "
        + "AND number <> @number";

    private const string Leader = "SELECT number FROM leader WHERE id = 1";

    private readonly PostgresConnections _connections;
    private readonly TimeSpan _length;
    private readonly Timer _timer;
    private long _leadsUntil;
    private volatile bool _alone;

    /// <summary>Joins; where others are alive it waits until all of them must have noticed.</summary>
    public Nodes(PostgresConnections connections, TimeSpan length)
    {
        (_connections, _length) = (connections, length);
        using (var connection = connections.OpenWriter())
        {
            Own = Ask(connection, Number);
            Renew(connection);
        }

        if (!_alone)
        {
            Task.Delay(length / 2).Wait();
        }

        _timer = new Timer(_ => TryRenew(), null, length / 4, length / 4);
    }

    /// <summary>This node's number; no other ever has it.</summary>
    public long Own { get; }

    /// <summary>Whether no other node was alive a moment ago.</summary>
    public bool IsAlone => _alone;

    /// <summary>Whether this node leads, and surely for a while yet.</summary>
    public bool Leads => Environment.TickCount64 < Volatile.Read(ref _leadsUntil);

    /// <inheritdoc/>
    public void Dispose()
    {
        using (var done = new ManualResetEvent(false))
        {
            _timer.Dispose(done);
            done.WaitOne();
        }

        _timer.Dispose();
        try
        {
            using var connection = _connections.OpenWriter();
            Tell(connection, Forget, ("number", Own), ("until", 0L));
        }
        catch (Exception cause) when (cause is NpgsqlException or StoreException)
        {
            return; // its time runs out by itself
        }
    }

    // A failure here is no news: a node that cannot reach the database learns it at its next commit.
    private void TryRenew()
    {
        try
        {
            using var connection = _connections.OpenWriter();
            Renew(connection);
        }
        catch (Exception cause) when (cause is NpgsqlException or StoreException)
        {
            return;
        }
    }

    private void Renew(NpgsqlConnection connection)
    {
        var begun = Environment.TickCount64;
        var now = Ask(connection, Clock);
        var length = (long)_length.TotalMilliseconds;
        var name = $"process {Environment.ProcessId} on {Environment.MachineName}";
        Tell(connection, Beat, ("number", Own), ("name", name), ("until", now + length));
        Tell(connection, Forget, ("number", 0L), ("until", now - (10 * length)));
        _alone = Ask(connection, Others, ("number", Own), ("now", now)) == 0;
        Tell(connection, Lead, ("number", Own), ("now", now));
        var leads = Ask(connection, Leader) == Own;
        Volatile.Write(ref _leadsUntil, leads ? begun + length : 0);
    }

    private static long Ask(NpgsqlConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(connection, sql, values);
        return (long)command.ExecuteScalar()!;
    }

    private static void Tell(NpgsqlConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(connection, sql, values);
        command.ExecuteNonQuery();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
