using Mingzhang.Store.Writing;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <content>How a flight ends: told, written once more with the head locked, or stopped.</content>
internal sealed partial class PostgresWriter
{
    /// <param name="flight">Which.</param>
    /// <param name="session">Its connection.</param>
    /// <param name="written">Whether it is committed.</param>
    /// <param name="isHeard">False when the connection broke, so that it may be committed all the same.</param>
    private void Tell(Flight flight, PostgresSession session, bool written, bool isHeard)
    {
        if (flight.Rows > 0 && !written)
        {
            WriteAgain(flight, session, isHeard);
            StayKnown(session);
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
            StayKnown(session);
        }

        flight.Batches.ForEach(batch => batch.Commit());
        flight.Requests.ForEach(request => request.Do(this, session));
    }

    /// <summary>After a commit: nobody is told while another node may answer without knowing it.</summary>
    private void StayKnown(PostgresSession session) => Do(session, _ => _nodes.StayKnown());

    /// <summary>With the head locked nobody can come between; what may be committed already is looked for first.</summary>
    private void WriteAgain(Flight flight, PostgresSession session, bool isHeard) => Repeat(session, () =>
    {
        using var transaction = session.Connection.BeginTransaction();
        var head = JournalHead.LockIn(transaction);
        if (isHeard || !IsThere(flight, transaction))
        {
            Learn(head, transaction);
            RejectLate(flight);
            flight.Renumber(head, NextStamp());
            if (flight.Rows > 0)
            {
                session.Write(flight, transaction);
            }

            isHeard = false;
            transaction.Commit();
        }

        Know(flight.After);
        return true;
    });

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
