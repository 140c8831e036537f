using System.Data.Common;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>Writes tables of other parts on a connection of its own, beside the commits of the ledger.</summary>
internal sealed class SideWriter(PostgresConnections connections, TimeSpan reconnectFor) : IDisposable
{
    private const int Tries = 10;

    private readonly SemaphoreSlim _one = new(1);
    private NpgsqlConnection? _connection;

    /// <summary>
    /// Runs a write in a transaction of its own, and again when the database asks for it or when the connection broke before COMMIT was
    /// sent; an exception of it rolls back and comes out. Throws <see cref="StoreAwayException"/> when nobody heard what COMMIT did.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, T> write)
    {
        await _one.WaitAsync();
        try
        {
            return await Task.Run(() => Write(write));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection?.Dispose();
        _one.Dispose();
    }

    private T Write<T>(Func<DbConnection, DbTransaction, T> write)
    {
        var reconnecting = new Reconnecting(reconnectFor);
        for (var tried = 1; ; tried++)
        {
            var isSent = false;
            try
            {
                var connection = Open();
                using var transaction = connection.BeginTransaction();
                var result = write(connection, transaction);
                isSent = true;
                transaction.Commit();
                return result;
            }
            catch (PostgresException cause) when (PostgresSession.Passes(cause) && tried < Tries)
            {
                Task.Delay(tried * 10).Wait();
            }
            catch (Exception cause) when (isSent && Reconnecting.IsLost(cause))
            {
                _connection?.Close();
                throw new StoreAwayException("The connection broke during COMMIT; whether it was written is not known.", cause);
            }
            catch (Exception cause) when (reconnecting.Allows(cause))
            {
                _connection?.Close();
                reconnecting.Wait();
            }
        }
    }

    private NpgsqlConnection Open()
    {
        if (_connection is not { State: System.Data.ConnectionState.Open })
        {
            _connection?.Dispose();
            _connection = connections.OpenNodeWriter();
        }

        return _connection;
    }
}
