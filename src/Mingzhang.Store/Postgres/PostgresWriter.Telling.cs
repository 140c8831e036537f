using Mingzhang.Store.Writing;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <content>How a flight ends: told, written once more with the head locked, or stopped.</content>
internal sealed partial class PostgresWriter
{
    private void Tell(Flight flight, PostgresSession session, bool written)
    {
        if (flight.Rows > 0 && !written)
        {
            WriteAgain(flight, session);
        }
        else if (flight.Rows == 0 && flight.Batches.Count > 0)
        {
            if (!IsAlone)
            {
                Look(session);
            }

            RejectLate(flight);
        }
        else if (flight.Rows > 0)
        {
            Arrive(flight.After);
        }

        flight.Batches.ForEach(batch => batch.Commit());
        flight.Requests.ForEach(request => request.Do(this, session));
    }

    /// <summary>With the head locked nobody can come between.</summary>
    private void WriteAgain(Flight flight, PostgresSession session)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                using var transaction = session.Connection.BeginTransaction();
                var head = JournalHead.LockIn(transaction);
                Learn(head, transaction);
                RejectLate(flight);
                flight.Renumber(head, NextStamp());
                if (flight.Rows > 0)
                {
                    session.Write(flight, transaction);
                }

                transaction.Commit();
                Know(flight.After);
                return;
            }
            catch (PostgresException cause) when (PostgresSession.Passes(cause) && tried < Tries)
            {
                Task.Delay(tried * 10).Wait();
            }
        }
    }

    private void Stop(Exception cause, Flight flight)
    {
        var first = _fault is null;
        _fault ??= cause;
        var stopped = Stopped();
        var rest = _queue.Abandon();
        if (first)
        {
            _onFault(cause);
        }

        foreach (var item in flight.Batches.Concat<object>(flight.Requests).Concat(rest))
        {
            switch (item)
            {
                case CommitBatch { IsCommitted: false } batch:
                    batch.Fail(stopped);
                    break;
                case IFlightRequest request:
                    request.Fail(stopped);
                    break;
            }
        }
    }

    private StoreException Stopped() => WriterQueue.Stopped(_fault);
}
