using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Entitlements;

/// <summary>The rows of differences that were found.</summary>
internal static class FaultShelf
{
    private const string Columns =
        "SELECT partition_id AS Partition, account_id AS Account, found_at AS FoundAt, kind AS Kind, detail AS Detail, "
        + "ended_at AS EndedAt FROM use_fault ";

    private const string OfAccount =
        Columns + "WHERE partition_id = @partition AND account_id = @account ORDER BY found_at DESC LIMIT @most";

    private const string Latest = Columns + "WHERE partition_id BETWEEN 0 AND 1023 ORDER BY found_at DESC LIMIT @most";

    private const string Open =
        "INSERT INTO use_fault (partition_id, account_id, found_at, kind, detail, ended_at) "
        + "SELECT @partition, @account, @at, @kind, @detail, @ended WHERE NOT EXISTS (SELECT 1 FROM use_fault "
        + "WHERE partition_id = @partition AND account_id = @account AND kind = @kind AND ended_at = 0) ON CONFLICT DO NOTHING";

    private const string End =
        "UPDATE use_fault SET ended_at = @at WHERE partition_id = @partition AND account_id = @account AND ended_at = 0 "
        + "AND kind <> @left";

    private const string Lasting =
        "SELECT account_id FROM use_fault WHERE partition_id BETWEEN 0 AND 1023 AND ended_at = 0 AND kind <> @left";

    /// <summary>Accounts with something open, one kind left out.</summary>
    public static IReadOnlySet<AccountId> Unended(DbConnection connection, DbTransaction transaction, string left) =>
        connection.Query<long>(Lasting, new { left }, transaction).Select(id => new AccountId(id)).ToHashSet();

    /// <summary>Those of an account, latest first.</summary>
    public static IReadOnlyList<UseFault> Of(DbConnection connection, AccountId account, int most) =>
        [.. connection.Query<Row>(OfAccount, new { partition = account.PartitionId, account = account.Value, most }).Select(Made)];

    /// <summary>The latest of all.</summary>
    public static IReadOnlyList<UseFault> Last(DbConnection connection, int most) =>
        [.. connection.Query<Row>(Latest, new { most }).Select(Made)];

    /// <summary>Notes them, each unless one of its kind is open.</summary>
    public static void Add(DbConnection connection, DbTransaction transaction, IEnumerable<UseFault> faults) => ManyRows.Write(
        connection, transaction, Open, ["@partition", "@account", "@at", "@kind", "@detail", "@ended"], faults,
        one => [one.Account.PartitionId, one.Account.Value, one.FoundAt, one.Kind, one.Detail, one.EndedAt]);

    /// <summary>What was open of accounts is over, but for one kind.</summary>
    public static void Close(
        DbConnection connection, DbTransaction transaction, IEnumerable<(AccountId Account, long At)> accounts, string left) =>
        ManyRows.Write(
            connection, transaction, End, ["@at", "@partition", "@account", "@left"], accounts,
            one => [one.At, one.Account.PartitionId, one.Account.Value, left]);

    private static UseFault Made(Row row) => new(new AccountId(row.Account), row.FoundAt, row.Kind, row.Detail, row.EndedAt);

    private sealed record Row
    {
        public long Partition { get; init; }
        public long Account { get; init; }
        public long FoundAt { get; init; }
        public string Kind { get; init; } = "";
        public string Detail { get; init; } = "";
        public long EndedAt { get; init; }
    }
}
