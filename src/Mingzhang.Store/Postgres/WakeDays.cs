using Mingzhang.Domain.Values;
using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>
/// The days on which accounts are looked at. Commands only ever move one to an earlier day; when a day has passed, those that have come
/// although nothing was due move on to the next date (decision 0020).
/// </summary>
internal static class WakeDays
{
    private const int AtOnce = 64;

    private const string Later =
        "UPDATE account SET wake_on = next_date WHERE partition_id = @partition AND wake_on <= @day AND wake_on < 99991231 "
        + "AND next_date > @day";

    /// <summary>Moves on what has come up to a day, a few partitions in each transaction, so that commits get between.</summary>
    public static async Task LiftAsync(DateOnly day, PostgresWriter writer)
    {
        for (var first = 0; first < AccountId.Partitions; first += AtOnce)
        {
            var lift = new Lift(first, day);
            writer.Enqueue(lift);
            await lift.Task;
        }
    }

    /// <summary>Holds the head meanwhile: a flight that waited for one of these rows and had another could wait for ever.</summary>
    private sealed class Lift(int first, DateOnly day)
        : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), IFlightRequest
    {
        public void Do(PostgresWriter writer, PostgresSession session)
        {
            writer.Do(session, Move);
            TrySetResult();
        }

        private void Move(PostgresSession session)
        {
            using var batch = new NpgsqlBatch(session.Connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(JournalHead.Lock));
            for (var partition = first; partition < first + AtOnce; partition++)
            {
                var move = new NpgsqlBatchCommand(Later);
                move.Parameters.AddWithValue("partition", (long)partition);
                move.Parameters.AddWithValue("day", (long)day.ToStored());
                batch.BatchCommands.Add(move);
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
            batch.ExecuteNonQuery();
        }

        public void Fail(Exception why) => TrySetException(why);
    }
}
