using System.Diagnostics;
using Npgsql;

namespace Mingzhang.Bench.Side;

/// <summary>
/// The yardstick for a day end: about the same work as one chain of set-based SQL inside PostgreSQL, which decides nothing: an account row
/// updated, a statement row and two postings written for every account that is due.
/// </summary>
internal static class SetBasedDay
{
    private const string Make = """
        DROP TABLE IF EXISTS bench_account, bench_statement, bench_posting;
        CREATE TABLE bench_account (partition_id INT, account_id BIGINT, version BIGINT, balance BIGINT, minimum BIGINT, next_date INT,
            body TEXT, PRIMARY KEY (partition_id, account_id)) WITH (fillfactor = 70);
        CREATE TABLE bench_statement (partition_id INT, account_id BIGINT, number BIGINT, amount BIGINT, minimum BIGINT, due INT,
            PRIMARY KEY (partition_id, account_id, number));
        CREATE TABLE bench_posting (partition_id INT, account_id BIGINT, version BIGINT, line INT, code INT, amount BIGINT,
            PRIMARY KEY (partition_id, account_id, version, line));
        """;

    private const string Fill =
        "INSERT INTO bench_account (partition_id, account_id, version, balance, minimum, next_date, body) "
        + "SELECT n % 1024, n, 2, 50000 + n, 0, 1, repeat('x', 300) FROM generate_series(1, @accounts) AS n";

    private const string Day = """
        WITH due AS (
            UPDATE bench_account SET version = version + 1, minimum = greatest(balance / 10, 1000), next_date = next_date + 9
            WHERE partition_id BETWEEN 0 AND 1023 AND next_date <= 1
            RETURNING partition_id, account_id, version, balance, minimum, next_date),
        bills AS (
            INSERT INTO bench_statement (partition_id, account_id, number, amount, minimum, due)
            SELECT partition_id, account_id, version, balance, minimum, next_date FROM due RETURNING partition_id)
        INSERT INTO bench_posting (partition_id, account_id, version, line, code, amount)
        SELECT partition_id, account_id, version, line, 100 + line, CASE line WHEN 1 THEN balance ELSE -balance END
        FROM due CROSS JOIN generate_series(1, 2) AS line
        """;

    /// <summary>Accounts a second, the commit included.</summary>
    public static async Task<double> RateAsync(string connectionString, int accounts)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await RunAsync(connection, Make);
        await RunAsync(connection, Fill, ("accounts", accounts));
        await RunAsync(connection, "ANALYZE");
        await RunAsync(connection, "CHECKPOINT");
        var watch = Stopwatch.StartNew();
        await RunAsync(connection, Day);
        return accounts / watch.Elapsed.TotalSeconds;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, params (string Name, object Value)[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        await command.ExecuteNonQueryAsync();
    }
}
