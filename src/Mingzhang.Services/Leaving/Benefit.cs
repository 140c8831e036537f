using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Services.Leaving;

/// <summary>Something the house gave with an account and that ends with it: a coupon, points, a campaign (R065).</summary>
/// <param name="Code">Its name within the account.</param>
/// <param name="Kind">coupon, points or campaign.</param>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
/// <param name="Amount">Of a coupon minor units, of points how many, of a campaign 0.</param>
/// <param name="ExpiresOn">Last day, or null.</param>
public sealed record Benefit(string Code, string Kind, string Zh, string En, long Amount, DateOnly? ExpiresOn);

/// <summary>The benefits of accounts.</summary>
public sealed class BenefitDesk(CreditHouse house)
{
    private const string Living =
        "SELECT code AS Code, kind AS Kind, zh AS Zh, en AS En, amount AS Amount, expires_on AS ExpiresOn FROM benefit "
        + "WHERE partition_id = @partition AND account_id = @account AND ended_on = 0 AND (expires_on = 0 OR expires_on >= @day) "
        + "ORDER BY kind, code";

    private const string Insert =
        "INSERT INTO benefit (partition_id, account_id, code, kind, zh, en, amount, expires_on, given_on, ended_on, ended_by) "
        + "VALUES (@partition, @account, @code, @kind, @zh, @en, @amount, @expires, @day, 0, '') ON CONFLICT DO NOTHING";

    private const string End =
        "UPDATE benefit SET ended_on = @day, ended_by = @why WHERE partition_id = @partition AND account_id = @account "
        + "AND ended_on = 0";

    private const string Restore =
        "UPDATE benefit SET ended_on = 0, ended_by = '' WHERE partition_id = @partition AND account_id = @account AND ended_by = 'closing'";

    private const string EndOne = End + " AND code = @code";

    /// <summary>Those of an account that still count on a day.</summary>
    public IReadOnlyList<Benefit> Of(AccountId account, DateOnly day)
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<Row>(
                Living, new { partition = account.PartitionId, account = account.Value, day = day.ToStored() })
            .Select(row => new Benefit(
                row.Code, row.Kind, row.Zh, row.En, row.Amount, row.ExpiresOn == 0 ? null : StoreDates.FromStored(row.ExpiresOn)))];
    }

    /// <summary>Gives one; a second of the same code is not given.</summary>
    public Task<bool> GiveAsync(AccountId account, Benefit given) => house.WriteAsync((connection, transaction) => connection.Execute(
        Insert,
        new
        {
            partition = account.PartitionId, account = account.Value, code = given.Code, kind = given.Kind, zh = given.Zh, en = given.En,
            amount = given.Amount, expires = given.ExpiresOn?.ToStored() ?? 0, day = house.BusinessDateOf(account).ToStored(),
        },
        transaction) == 1);

    /// <summary>Takes one back, such as a coupon that was used. False: there is none of that code.</summary>
    public Task<bool> TakeAsync(AccountId account, string code) => house.WriteAsync((connection, transaction) => connection.Execute(
        EndOne,
        new
        {
            partition = account.PartitionId, account = account.Value, code, why = "used", day = house.BusinessDateOf(account).ToStored(),
        },
        transaction) == 1);

    /// <summary>All of an account end with its closing.</summary>
    internal static int Forfeit(DbConnection connection, DbTransaction transaction, AccountId account, DateOnly day) => connection.Execute(
        End, new { partition = account.PartitionId, account = account.Value, why = "closing", day = day.ToStored() }, transaction);

    /// <summary>Those that ended with a closing that was called off come back.</summary>
    internal static int GiveBack(DbConnection connection, DbTransaction transaction, AccountId account) => connection.Execute(
        Restore, new { partition = account.PartitionId, account = account.Value }, transaction);

    private sealed record Row
    {
        public string Code { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Zh { get; init; } = "";
        public string En { get; init; } = "";
        public long Amount { get; init; }
        public long ExpiresOn { get; init; }
    }
}
