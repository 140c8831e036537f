using System.Diagnostics;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>
/// The nodes of a house: each has a number and says now and then that it is alive. One of them leads; when it dies another takes over.
/// </summary>
/// <remarks>
/// Who commits is said by <see cref="JournalHead"/>, not by these times. That a node is alone it knows for half of the length at most, as
/// long as one that joins waits; a process that stood still knows nothing. A table rather than an advisory lock, which not every
/// database of this family has.
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
    private readonly object _gate = new();
    private long _leadsUntil;
    private long _aloneUntil;
    private long _knownUntil;
    private long _joinedAt;
    private long _spell;
    private bool _disposed;

    /// <summary>Joins; where others are alive it waits until none of them can take itself for alone any more.</summary>
    public Nodes(PostgresConnections connections, TimeSpan length)
    {
        (_connections, _length) = (connections, length);
        using (var connection = connections.OpenWriter())
        {
            Own = Ask(connection, Number);
            Renew(connection);
        }

        StayKnown();
        _timer = new Timer(_ => TryRenew(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(length / 4, Timeout.InfiniteTimeSpan);
    }

    /// <summary>This node's number; no other ever has it.</summary>
    public long Own { get; }

    /// <summary>How often it began to be alone; what others wrote before has to be learnt once for each.</summary>
    public long Spell => Volatile.Read(ref _spell);

    /// <summary>Whether surely no other node answers anything.</summary>
    public bool IsAlone => Milliseconds < Volatile.Read(ref _aloneUntil);

    /// <summary>Whether this node leads, and surely for a while yet.</summary>
    public bool Leads => Milliseconds < Volatile.Read(ref _leadsUntil);

    /// <summary>Of this machine since it started; not one of the coarse clocks, which stand still for several at a time.</summary>
    private static long Milliseconds => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    /// <summary>Between clocks that are read at different places.</summary>
    private TimeSpan Margin => _length / 50;

    /// <summary>
    /// After a commit and before its answer: a node that stood still so long that others may take it for dead joins again. Whoever renewed
    /// its beat since, it waits until the others ask the journal.
    /// </summary>
    public void StayKnown()
    {
        while (true)
        {
            if (Milliseconds >= Volatile.Read(ref _knownUntil))
            {
                using var connection = _connections.OpenWriter();
                Renew(connection);
            }

            var rest = Volatile.Read(ref _joinedAt) + (long)((_length / 2) + Margin).TotalMilliseconds - Milliseconds;
            if (IsAlone || rest <= 0)
            {
                return;
            }

            Task.Delay(TimeSpan.FromMilliseconds(rest)).Wait();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

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

    // A failure here is no news: a node that cannot reach the database learns it at its next commit. The next beat is set when this one
    // is done, so that beats which hang do not pile up.
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
        finally
        {
            lock (_gate)
            {
                _ = !_disposed && _timer.Change(_length / 4, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Renew(NpgsqlConnection connection)
    {
        lock (_gate)
        {
            RenewAlone(connection);
        }
    }

    private void RenewAlone(NpgsqlConnection connection)
    {
        var begun = Milliseconds;
        var now = Ask(connection, Clock);
        var length = (long)_length.TotalMilliseconds;
        var name = $"process {Environment.ProcessId} on {Environment.MachineName}";
        Tell(connection, Beat, ("number", Own), ("name", name), ("until", now + length));
        var beaten = Milliseconds;
        if (beaten >= _knownUntil)
        {
            Volatile.Write(ref _joinedAt, beaten); // before it is known again, or an answer could slip through
        }

        Tell(connection, Forget, ("number", 0L), ("until", now - (10 * length)));
        Volatile.Write(ref _knownUntil, begun + length - (long)Margin.TotalMilliseconds);
        var alone = Ask(connection, Others, ("number", Own), ("now", now)) == 0;
        if (alone && begun >= _aloneUntil)
        {
            Interlocked.Increment(ref _spell);
        }

        Volatile.Write(ref _aloneUntil, alone ? begun + (length / 2) : 0);
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
