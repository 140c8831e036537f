using System.Data.Common;
using System.Text.Json;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Services.Raising;

/// <summary>An application for a higher limit and its answer.</summary>
/// <param name="Key">Sent twice it is one application.</param>
/// <param name="Kind">total, or temporary.</param>
/// <param name="On">Business day.</param>
/// <param name="AskedMinor">Total limit, or temporary amount, asked for; minor units.</param>
/// <param name="GrantedMinor">What was granted; 0 = no.</param>
/// <param name="Version">Of the rule.</param>
/// <param name="NextOn">First day on which the same can be asked again.</param>
/// <param name="Terms">What decided.</param>
public sealed record RaiseAnswer(
    string Key, string Kind, DateOnly On, long AskedMinor, long GrantedMinor, int Version, DateOnly NextOn, RaiseTerms Terms)
{
    /// <summary>An application for a higher total limit.</summary>
    public const string Total = "total";

    /// <summary>A temporary limit.</summary>
    public const string Temporary = "temporary";
}

/// <summary>The rows of applications; only ever added to.</summary>
public static class RaiseShelf
{
    private const string All =
        "SELECT request_key AS RequestKey, kind AS Kind, day AS Day, asked AS Asked, granted AS Granted, version AS Version, "
        + "next_on AS NextOn, terms AS Terms FROM raise_request WHERE partition_id = @partition AND account_id = @account ORDER BY number";

    private const string Insert =
        "INSERT INTO raise_request (partition_id, account_id, number, request_key, kind, day, asked, granted, version, next_on, terms) "
        + "SELECT @partition, @account, coalesce(max(number), 0) + 1, @key, @kind, @day, @asked, @granted, @version, @next, @terms "
        + "FROM raise_request WHERE partition_id = @partition AND account_id = @account "
        + "HAVING coalesce(sum(CASE WHEN request_key = @key OR (kind = @kind AND next_on > @day) THEN 1 ELSE 0 END), 0) = 0";

    /// <summary>The table.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        new("raising", 1, """
            CREATE TABLE raise_request (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                number       INTEGER NOT NULL,  -- 1, 2, 3 of the account
                request_key  TEXT    NOT NULL,
                kind         TEXT    NOT NULL,  -- total or temporary
                day          INTEGER NOT NULL,
                asked        INTEGER NOT NULL,  -- minor units
                granted      INTEGER NOT NULL,  -- 0 = no
                version      INTEGER NOT NULL,  -- of the rule
                next_on      INTEGER NOT NULL,
                terms        TEXT    NOT NULL,  -- JSON: what decided
                PRIMARY KEY (partition_id, account_id, number)
            ) WITHOUT ROWID;
            """),
    ];

    /// <summary>Those of an account, oldest first.</summary>
    public static IReadOnlyList<RaiseAnswer> Of(DbConnection connection, AccountId account, DbTransaction? transaction = null) =>
    [
        .. connection.Query<Row>(All, new { partition = account.PartitionId, account = account.Value }, transaction)
            .Select(row => new RaiseAnswer(
                row.RequestKey, row.Kind, StoreDates.FromStored(row.Day), row.Asked, row.Granted, (int)row.Version,
                StoreDates.FromStored(row.NextOn), JsonSerializer.Deserialize<RaiseTerms>(row.Terms)!)),
    ];

    /// <summary>Keeps one; false when its key is known, or the same may not be asked again yet.</summary>
    internal static bool Add(DbConnection connection, DbTransaction transaction, AccountId account, RaiseAnswer one) => connection.Execute(
        Insert,
        new
        {
            partition = account.PartitionId, account = account.Value, key = one.Key, kind = one.Kind, day = one.On.ToStored(),
            asked = one.AskedMinor, granted = one.GrantedMinor, version = one.Version, next = one.NextOn.ToStored(),
            terms = JsonSerializer.Serialize(one.Terms),
        },
        transaction) == 1;

    private sealed record Row
    {
        public string RequestKey { get; init; } = "";
        public string Kind { get; init; } = "";
        public long Day { get; init; }
        public long Asked { get; init; }
        public long Granted { get; init; }
        public long Version { get; init; }
        public long NextOn { get; init; }
        public string Terms { get; init; } = "";
    }
}
