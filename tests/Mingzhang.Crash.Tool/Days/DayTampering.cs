using Microsoft.Data.Sqlite;

namespace Mingzhang.Crash.Tool.Days;

/// <summary>What planted faults do to the file between two lives.</summary>
internal static class DayTampering
{
    public static void After(DayPlant plant, string path, int kill)
    {
        if (kill == 0 && SqlOf(plant) is { } sql)
        {
            using SqliteConnection connection = new($"Data Source={path};Pooling=false");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            _ = command.ExecuteNonQuery();
        }
    }

    private static string? SqlOf(DayPlant plant) => plant switch
    {
        DayPlant.ForgetAccount => "UPDATE account SET next_date = 99991231 WHERE account_id = (SELECT max(account_id) FROM account)",
        DayPlant.BookAgain => "INSERT INTO journal SELECT (SELECT max(position) FROM journal) + 1, partition_id, account_id, sequence + 1, "
            + "kind, booked_on, effective_on, recorded_at, actor, key || '-', request_hash, body, postings, hash, seal FROM journal "
            + "ORDER BY position DESC LIMIT 1",
        _ => null,
    };
}
