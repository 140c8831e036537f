using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>
/// Who may write: one row with an epoch and a time by the database's clock. The holder renews it; every commit proves its epoch, so a
/// holder that slept past its time and lost the row cannot commit any more, whatever it believes.
/// </summary>
/// <remarks>A table rather than an advisory lock, which not every database of this family has.</remarks>
internal sealed class WriterLease : IDisposable
{
    /// <summary>Fails the transaction it stands in unless the epoch is still ours; two processes wait for each other on the row.</summary>
    public const string Prove =
        "UPDATE writer_lease SET holder = holder WHERE id = 1 AND 1 / (CASE WHEN epoch = @epoch THEN 1 ELSE 0 END) = 1";

    private const string Now = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";

    private const string TakeOver =
        $"UPDATE writer_lease SET epoch = epoch + 1, holder = @holder, held_until = {Now} + @length "
        + $"WHERE id = 1 AND held_until < {Now} RETURNING epoch";

    private const string State = $"SELECT holder, held_until, held_until - {Now} FROM writer_lease WHERE id = 1";
    private const string Renewal = $"UPDATE writer_lease SET held_until = {Now} + @length WHERE id = 1 AND epoch = @epoch";
    private const string Release = "UPDATE writer_lease SET held_until = @length WHERE id = 1 AND epoch = @epoch";

    private readonly PostgresConnections _connections;
    private readonly TimeSpan _length;
    private readonly Timer _renewal;

    private WriterLease(PostgresConnections connections, TimeSpan length, long epoch)
    {
        (_connections, _length, Epoch) = (connections, length, epoch);
        _renewal = new Timer(_ => Renew(), null, length / 3, length / 3);
    }

    /// <summary>Counts the holders.</summary>
    public long Epoch { get; }

    /// <summary>
    /// Takes the lease; waits for one whose holder died. Throws <see cref="StoreInUseException"/> when its holder goes on renewing it.
    /// </summary>
    public static WriterLease Take(PostgresConnections connections, TimeSpan length)
    {
        using var connection = connections.OpenWriter();
        long? seen = null;
        while (true)
        {
            if (TryTake(connection, length) is { } epoch)
            {
                return new WriterLease(connections, length, epoch);
            }

            var (holder, until, left) = Look(connection);
            if (seen is { } before && until > before)
            {
                throw new StoreInUseException($"This database has a writer: {holder}. Stop it first, or use the one that runs.");
            }

            seen = until;
            Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(left, 20, length.TotalMilliseconds))).Wait();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using (var done = new ManualResetEvent(false))
        {
            _renewal.Dispose(done);
            done.WaitOne();
        }

        _renewal.Dispose();

        Set(Release, 0);
    }

    private static long? TryTake(NpgsqlConnection connection, TimeSpan length)
    {
        using var command = new NpgsqlCommand(TakeOver, connection);
        command.Parameters.AddWithValue("holder", $"process {Environment.ProcessId} on {Environment.MachineName}");
        command.Parameters.AddWithValue("length", (long)length.TotalMilliseconds);
        return (long?)command.ExecuteScalar();
    }

    private static (string Holder, long Until, long Left) Look(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(State, connection);
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetString(0), row.GetInt64(1), row.GetInt64(2));
    }

    private void Renew() => Set(Renewal, (long)_length.TotalMilliseconds);

    // A failure here is no news: whoever loses the lease learns it at the next commit.
    private void Set(string sql, long length)
    {
        try
        {
            using var connection = _connections.OpenWriter();
            using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddWithValue("length", length);
            command.Parameters.AddWithValue("epoch", Epoch);
            command.ExecuteNonQuery();
        }
        catch (Exception cause) when (cause is NpgsqlException or StoreException)
        {
            return;
        }
    }
}
