using System.Data.Common;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>Writes tables of other parts on a connection of its own, beside the commits of the ledger.</summary>
internal sealed class SideWriter(PostgresConnections connections) : IDisposable
{
    private const int Tries = 10;

    private readonly SemaphoreSlim _one = new(1);
    private NpgsqlConnection? _connection;

    /// <summary>
    /// Runs a write in a transaction of its own and again when the database asks for it; an exception of it rolls back and comes out.
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
        for (var tried = 1; ; tried++)
        {
            try
            {
                var connection = Open();
                using var transaction = connection.BeginTransaction();
                var result = write(connection, transaction);
                transaction.Commit();
                return result;
            }
            catch (PostgresException cause) when (PostgresSession.Passes(cause) && tried < Tries)
            {
                Task.Delay(tried * 10).Wait();
            }
        }
    }

    private NpgsqlConnection Open()
    {
        if (_connection is not { State: System.Data.ConnectionState.Open })
        {
            _connection?.Dispose();
            _connection = connections.OpenWriter();
        }

        return _connection;
    }
}
