using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Services.Diagnosis;

/// <summary>The tables of what lies beside an account: lenders that confirm, and other accounts of the same person.</summary>
public static class NeighbourMigrations
{
    /// <summary>In order of version.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        new("neighbours", 1, """
            CREATE TABLE lender_receipt (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,
                repayment_id TEXT    NOT NULL,
                lender       TEXT    NOT NULL,
                told_at      INTEGER NOT NULL,  -- microseconds since 1970 UTC
                confirmed_at INTEGER NOT NULL,  -- 0 = awaited
                PRIMARY KEY (partition_id, account_id, repayment_id, lender)
            ) WITHOUT ROWID;
            CREATE TABLE same_person (
                partition_id INTEGER NOT NULL,
                account_id   INTEGER NOT NULL,  -- the account that may not be used
                other        TEXT    NOT NULL,  -- the customer whose account of the product counts
                PRIMARY KEY (partition_id, account_id)
            ) WITHOUT ROWID;
            """),
    ];
}

/// <summary>What is known beside an account: a lender that has to confirm a repayment, another account of the same person.</summary>
/// <param name="house">The accounts.</param>
/// <param name="time">When.</param>
/// <param name="others">Other customer numbers of the same person, by the hash of the identity number; null = not known here.</param>
public sealed class UseNeighbours(CreditHouse house, TimeProvider time, Func<CustomerId, IReadOnlyList<CustomerId>>? others = null)
{
    /// <summary>A lender that confirms within this time is not worth a word.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private const string Awaited =
        "SELECT lender || ', ' || repayment_id FROM lender_receipt WHERE partition_id = @partition AND account_id = @account "
        + "AND confirmed_at = 0 AND told_at <= @late ORDER BY told_at LIMIT 1";

    private const string Await =
        "INSERT INTO lender_receipt (partition_id, account_id, repayment_id, lender, told_at, confirmed_at) "
        + "VALUES (@partition, @account, @repayment, @lender, @now, 0) ON CONFLICT DO NOTHING";

    private const string Confirm =
        "UPDATE lender_receipt SET confirmed_at = @now WHERE partition_id = @partition AND account_id = @account "
        + "AND repayment_id = @repayment AND lender = @lender AND confirmed_at = 0";

    private const string ConfirmAll =
        "UPDATE lender_receipt SET confirmed_at = @now WHERE partition_id = @partition AND account_id = @account "
        + "AND lender = @lender AND confirmed_at = 0";

    private const string Other = "SELECT other FROM same_person WHERE partition_id = @partition AND account_id = @account";

    private const string Open =
        "SELECT count(*) FROM account WHERE partition_id = @partition AND account_id = @account AND status = 'active'";

    private const string Same =
        "INSERT INTO same_person (partition_id, account_id, other) VALUES (@partition, @account, @other) ON CONFLICT DO NOTHING";

    /// <summary>The lender and repayment whose confirmation is awaited, or null (A04).</summary>
    public string? WaitsForLender(AccountId account) => Read(Awaited, account);

    /// <summary>The customer number under which the same person has the product, or null (C05).</summary>
    public string? OpenedElsewhere(AccountId account) => Read(Other, account)
        ?? (others is null || IsOpen(account) ? null : others(account.Customer)
            .Where(other => IsOpen(AccountId.Of(other, account.Slot))).Select(other => other.ToString()).FirstOrDefault());

    /// <summary>A lender was told of a repayment, now or some time ago, and has to confirm it.</summary>
    public Task ExpectLenderAsync(AccountId account, string repayment, string lender, TimeSpan ago = default) =>
        WriteAsync(Await, account, repayment, lender, "", ago);

    /// <summary>The lender confirmed it; false when nothing was awaited.</summary>
    public async Task<bool> ConfirmLenderAsync(AccountId account, string repayment, string lender) =>
        await WriteAsync(Confirm, account, repayment, lender, "") == 1;

    /// <summary>The lender has booked everything it was told of an account.</summary>
    public Task ConfirmLenderAsync(AccountId account, string lender) => WriteAsync(ConfirmAll, account, "", lender, "");

    /// <summary>The person behind an account has the product under another customer number.</summary>
    public Task OpenElsewhereAsync(AccountId account, CustomerId other) =>
        WriteAsync(Same, account, "", "", other.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private bool IsOpen(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long>(Open, new { partition = account.PartitionId, account = account.Value }) > 0;
    }

    private string? Read(string sql, AccountId account)
    {
        using var connection = house.OpenReadOnly();
        var late = (time.GetUtcNow() - Patience).ToUnixTimeMilliseconds() * 1000;
        return connection.ExecuteScalar<string?>(sql, new { partition = account.PartitionId, account = account.Value, late });
    }

    private Task<int> WriteAsync(
        string sql, AccountId account, string repayment, string lender, string other, TimeSpan ago = default) =>
        house.WriteAsync((connection, transaction) => connection.Execute(
            sql,
            new
            {
                partition = account.PartitionId, account = account.Value, repayment, lender, other,
                now = (time.GetUtcNow() - ago).ToUnixTimeMilliseconds() * 1000,
            },
            transaction));
}
