using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <content>What is done again, because the database asked for it or because the connection broke.</content>
internal sealed partial class PostgresWriter
{
    /// <summary>
    /// Does something that may be done twice: again while the database asks for it, and again on a new connection while connections break
    /// and the time for that is not over.
    /// </summary>
    private T Repeat<T>(PostgresSession session, Func<T> act)
    {
        var reconnecting = new Reconnecting(_options.ReconnectFor);
        for (var tried = 1; ; tried++)
        {
            try
            {
                session.EnsureOpen();
                return act();
            }
            catch (PostgresException cause) when (PostgresSession.Passes(cause) && tried < Tries)
            {
                Task.Delay(tried * 10).Wait();
            }
            catch (Exception cause) when (!_closing && reconnecting.Allows(cause))
            {
                session.Close();
                reconnecting.Wait();
            }
        }
    }

    /// <summary>
    /// Whether a flight whose outcome nobody heard was committed, asked with the head locked: it is there with all its rows or with none,
    /// and what has not been committed by now cannot be any more once the head has moved on.
    /// </summary>
    private static bool IsThere(Flight flight, NpgsqlTransaction transaction)
    {
        var sent = flight.Batches.SelectMany(batch => batch.Rows).ToDictionary(
            row => row.Position, row => RowHash.Seal(row.Hash, row.Position, row.RecordedAt));
        var found = PostgresRows.Seals(transaction, flight.Before.Position, flight.After.Position);
        return sent.Count > 0 && found.Count == sent.Count
            && found.TrueForAll(row => sent.TryGetValue(row.Position, out var seal) && seal == row.Seal);
    }
}
