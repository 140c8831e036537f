using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Leaving;

/// <summary>A closing that was confirmed and waits until the account is settled.</summary>
/// <param name="Account">Whose.</param>
/// <param name="State">waiting, done or withdrawn.</param>
/// <param name="SinceOn">When it was confirmed.</param>
/// <param name="EndedOn">When it was over; null = waits.</param>
/// <param name="Refused">Why the account did not close last time; empty = it was not refused.</param>
public sealed record ClosingWish(AccountId Account, string State, DateOnly SinceOn, DateOnly? EndedOn, string Refused);

/// <summary>The rows of closings that wait.</summary>
internal static class ClosingWishShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, account_id AS Account, state AS State, since_on AS SinceOn, ended_on AS EndedOn, "
        + "refused AS Refused FROM closing_wish ";

    private const string One = Columns + "WHERE partition_id = @partition AND account_id = @account";

    private const string Waiting =
        Columns + "WHERE partition_id BETWEEN 0 AND 1023 AND state = 'waiting' ORDER BY tried_at LIMIT @most";

    private const string Put =
        "INSERT INTO closing_wish (partition_id, account_id, state, since_on, ended_on, tried_at, refused) "
        + "VALUES (@partition, @account, 'waiting', @day, 0, 0, '') ON CONFLICT (partition_id, account_id) DO UPDATE SET "
        + "state = 'waiting', since_on = excluded.since_on, ended_on = 0, tried_at = 0, refused = ''";

    private const string End =
        "UPDATE closing_wish SET state = @state, ended_on = @day WHERE partition_id = @partition AND account_id = @account "
        + "AND state = 'waiting'";

    private const string Try =
        "UPDATE closing_wish SET tried_at = @at, refused = @refused WHERE partition_id = @partition AND account_id = @account "
        + "AND state = 'waiting'";

    public static ClosingWish? Find(DbConnection connection, AccountId account) =>
        connection.QueryFirstOrDefault<Row>(One, Place(account))?.ToWish();

    public static IReadOnlyList<ClosingWish> Next(DbConnection connection, int most) =>
        [.. connection.Query<Row>(Waiting, new { most }).Select(row => row.ToWish())];

    public static void Wait(DbConnection connection, DbTransaction transaction, AccountId account, DateOnly day) => connection.Execute(
        Put, new { partition = account.PartitionId, account = account.Value, day = day.ToStored() }, transaction);

    public static bool Over(DbConnection connection, DbTransaction transaction, AccountId account, string state, DateOnly day) =>
        connection.Execute(
            End, new { partition = account.PartitionId, account = account.Value, state, day = day.ToStored() }, transaction) == 1;

    public static void Tried(DbConnection connection, DbTransaction transaction, AccountId account, long at, string refused) =>
        connection.Execute(Try, new { partition = account.PartitionId, account = account.Value, at, refused }, transaction);

    private static object Place(AccountId account) => new { partition = account.PartitionId, account = account.Value };

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Account { get; init; }
        public string State { get; init; } = "";
        public long SinceOn { get; init; }
        public long EndedOn { get; init; }
        public string Refused { get; init; } = "";

        public ClosingWish ToWish() => new(
            new AccountId(Account), State, StoreDates.FromStored(SinceOn), EndedOn == 0 ? null : StoreDates.FromStored(EndedOn), Refused);
    }
}
