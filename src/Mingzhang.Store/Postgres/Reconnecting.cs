using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>How long a connection that broke is opened again: after a restart or failover of the server, or a cut on the way.</summary>
/// <param name="length">From the first failure on.</param>
internal sealed class Reconnecting(TimeSpan length)
{
    private const string IdleInTransaction = "25P03"; // a pause of this process was so long that the server ended its transaction

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _pause = TimeSpan.FromMilliseconds(5);
    private long? _until;

    /// <summary>
    /// Whether a failure means that the connection is gone, or leads to a server that is not the one that writes, rather than that the
    /// statement is wrong. What was under way may be done or not.
    /// </summary>
    public static bool IsLost(Exception cause) => cause switch
    {
        PostgresException told => told.SqlState switch
        {
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => true,
            IdleInTransaction or PostgresErrorCodes.TooManyConnections => true,
            PostgresErrorCodes.ReadOnlySqlTransaction => true, // a standby that is not promoted yet
            var state => state.StartsWith("08", StringComparison.Ordinal),
        },
        NpgsqlException => true,
        StoreException { InnerException: { } inner } => IsLost(inner),
        _ => false,
    };

    /// <summary>Whether to wait and try again after a failure.</summary>
    public bool Allows(Exception cause)
    {
        _until ??= Environment.TickCount64 + (long)length.TotalMilliseconds;
        return IsLost(cause) && Environment.TickCount64 < _until;
    }

    /// <summary>A little longer each time.</summary>
    public void Wait()
    {
        Task.Delay(_pause).Wait();
        _pause = _pause * 2 < Longest ? _pause * 2 : Longest;
    }
}
