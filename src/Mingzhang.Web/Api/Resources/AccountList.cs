using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Which accounts are asked for.</summary>
internal sealed record AccountQuery(PageQuery Page, AccountStatus? Status, bool? Overdue, string? Product);

/// <summary>Where an account is, in the list.</summary>
internal enum AccountStatus
{
    /// <summary>In use.</summary>
    Active,

    /// <summary>On the way out.</summary>
    Closing,

    /// <summary>Closed.</summary>
    Closed,
}

/// <summary>An account in a list; figures in minor units as of <paramref name="FiguresOn"/>.</summary>
internal sealed record AccountLine(
    AccountId Account, string Product, int TermsVersion, string Status, string Currency, DateOnly? OpenedOn, DateOnly FiguresOn,
    long TotalLimitMinor, long AvailableMinor, long TotalDebtMinor, long CreditBalanceMinor, DateOnly? OverdueSince, bool Fork);

/// <summary>Lists accounts in the order of their numbers within partitions.</summary>
internal static class AccountList
{
    private const string List =
        "SELECT account_id AS Id, product AS Product, terms_version AS Version, status AS Status, "
        + "currency AS Currency, opened_on AS OpenedOn, "
        + "figures_on AS FiguresOn, total_limit AS TotalLimit, available AS Available, debt AS Debt, credit AS Credit, "
        + "overdue_since AS OverdueSince "
        + "FROM account WHERE (partition_id, account_id) > (@partition, @account) AND partition_id BETWEEN @first AND @last "
        + "AND account_id BETWEEN @least AND @most AND status <> 'not-opened' AND (CAST(@status AS TEXT) IS NULL OR status = @status) "
        + "AND (CAST(@product AS TEXT) IS NULL OR product = @product) "
        + "AND (@overdue < 0 OR @overdue = CASE WHEN overdue_since > 0 THEN 1 ELSE 0 END) "
        + "ORDER BY partition_id, account_id LIMIT @limit";

    /// <summary>One page.</summary>
    public static async Task<Page<AccountLine>> ReadAsync(CreditHouse house, Caller caller, AccountQuery query)
    {
        await house.SettleAsync();
        var after = new AccountId(query.Page.After);
        var customer = caller.Customer is { } id ? new CustomerId(id) : (CustomerId?)null;
        using var connection = house.OpenReadOnly();
        var rows = connection.Query<Row>(List, new
        {
            partition = after.Value == 0 ? -1 : after.PartitionId,
            account = after.Value,
            first = customer?.PartitionId ?? 0,
            last = customer?.PartitionId ?? AccountId.Partitions - 1,
            least = customer is { } one ? AccountId.Of(one, 0).Value : 0,
            most = customer is { } same ? AccountId.Of(same, AccountId.SlotsPerCustomer - 1).Value : long.MaxValue,
            status = query.Status?.ToString() switch
            {
                nameof(AccountStatus.Active) => "active",
                nameof(AccountStatus.Closing) => "closing",
                nameof(AccountStatus.Closed) => "closed",
                _ => null,
            },
            product = query.Product,
            overdue = query.Overdue is { } missed ? (missed ? 1 : 0) : -1,
            limit = query.Page.Limit + 1,
        }).AsList();
        var items = rows.Take(query.Page.Limit).Select(LineOf).ToList();
        return new Page<AccountLine>(items, rows.Count > items.Count ? Cursor.Of("accounts", items[^1].Account.Value) : null);
    }

    private static AccountLine LineOf(Row row) => new(
        new AccountId(row.Id), row.Product, (int)row.Version, row.Status, row.Currency, Day(row.OpenedOn),
            StoreDates.FromStored(row.FiguresOn),
        row.TotalLimit, row.Available, row.Debt, row.Credit, Day(row.OverdueSince), row.Id >= 64 * 60_000_000_000_000_000);

    private static DateOnly? Day(long stored) => stored == 0 ? null : StoreDates.FromStored(stored);

    private sealed record Row(
        long Id, string Product, long Version, string Status, string Currency, long OpenedOn, long FiguresOn,
        long TotalLimit, long Available, long Debt, long Credit, long OverdueSince);
}
