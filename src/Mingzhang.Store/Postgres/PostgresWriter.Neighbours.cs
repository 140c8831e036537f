using System.Data.Common;
using System.Globalization;
using Mingzhang.Domain.Values;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <content>What other nodes did, and what was decided without knowing it.</content>
internal sealed partial class PostgresWriter
{
    /// <summary>Learns what other nodes have committed. In a flight's turn only.</summary>
    public void Look(PostgresSession session) => Repeat(session, () =>
    {
        var spell = _nodes.Spell;
        using var transaction = session.Connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        Learn(JournalHead.Look(session.Connection), transaction);
        transaction.Commit();
        Volatile.Write(ref _knownSpell, spell);
        return true;
    });

    /// <summary>
    /// Writes facts that decisions rest on; every decision made before it that is not committed is made again. Returns an exception of the
    /// caller's own, or <see cref="StoreAwayException"/> when nobody can say any more whether they are there. In a flight's turn only.
    /// </summary>
    public Exception? ChangeHouse(PostgresSession session, Action<DbConnection, DbTransaction> write)
    {
        JournalHead? sent = null; // by an attempt of which nobody heard
        var failure = Repeat(session, () =>
        {
            using var transaction = session.Connection.BeginTransaction();
            var head = JournalHead.LockIn(transaction);
            if (sent is { } unheard && head.Facts >= unheard.Facts)
            {
                if (head.Stamp == unheard.Stamp)
                {
                    Change(unheard);
                    return null;
                }

                Learn(head, transaction);
                return new StoreAwayException("The connection broke during COMMIT; whether the change was written is not known.");
            }

            Learn(head, transaction);
            try
            {
                write(session.Connection, transaction);
            }
            catch (Exception own) when (!Reconnecting.IsLost(own))
            {
                transaction.Rollback();
                return own;
            }

            var after = head with { Stamp = NextStamp(), Facts = head.Facts + 1 };
            session.Write(after, transaction);
            sent = after;
            transaction.Commit();
            Change(after);
            return (Exception?)null;
        });
        StayKnown(session);
        return failure;
    }

    /// <summary>Does something else in a flight's turn that may be done twice.</summary>
    public void Do(PostgresSession session, Action<PostgresSession> act) => Repeat(session, () =>
    {
        act(session);
        return true;
    });

    private void Change(JournalHead head)
    {
        Know(head);
        _neighbours?.HouseChanged(head.Facts);
    }

    private void WatchNeighbours()
    {
        if (!IsAlone && IsIdle && _fault is null)
        {
            Enqueue(new LookRequest());
        }
    }

    private void Learn(JournalHead head, NpgsqlTransaction transaction)
    {
        if (head.Stamp == _actual.Stamp)
        {
            return;
        }

        if (head.Position < _actual.Position)
        {
            var (ends, known) = (head.Position, _actual.Position);
            var told = string.Create(CultureInfo.InvariantCulture, $"The database ends at {ends}; {known} was committed.");
            throw new StoreException(told + " It has lost rows, perhaps by a failover to a standby that nobody waited for.");
        }

        var moved = new HashSet<AccountId>();
        var rows = PostgresRows.Places(transaction, _actual.Position, head.Position);
        lock (_gate)
        {
            foreach (var (position, account) in rows)
            {
                _log.Add(account, position);
                moved.Add(account);
            }
        }

        var changed = head.Facts != _actual.Facts;
        Know(head);
        if (moved.Count > 0)
        {
            _neighbours?.Moved(moved, head.Position);
        }

        if (changed)
        {
            _neighbours?.HouseChanged(head.Facts);
        }
    }

    private bool IsLate(CommitBatch batch) => batch.Line is { } line
        && (batch.Facts < _actual.Facts || line.Rejects(batch.Generation) || _log.Hits(batch));

    private void RejectLate(Flight flight)
    {
        var late = new List<CommitBatch>();
        lock (_gate)
        {
            flight.Batches.RemoveAll(batch =>
            {
                if (!IsLate(batch))
                {
                    return false;
                }

                late.Add(batch);
                batch.Line!.Reject(batch.Generation);
                return true;
            });
        }

        late.ForEach(batch => batch.Reject());
    }

    /// <summary>The head is another than flights under way expect.</summary>
    private void Know(JournalHead head)
    {
        lock (_gate)
        {
            Arrive(head);
            _diverged = true;
        }
    }
}
