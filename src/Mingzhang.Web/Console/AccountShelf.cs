using System.Globalization;
using System.Text;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Store;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Console;

/// <summary>One account in a list; figures in minor units as of its last booked day.</summary>
public sealed record ShelfRow(
    long Partition, long AccountId, string Status, string Product, string Currency, long FiguresOn, long TotalLimit, long Available,
    long Debt, long Credit, long OverdueSince, long Restricted)
{
    /// <summary>The account.</summary>
    public AccountId Id => new(AccountId);

    /// <summary>Minor units as money.</summary>
    public Money Amount(long minor) => Money.Of(minor, Domain.Values.Currency.Parse(Currency));
}

/// <summary>Sums over all accounts of a currency.</summary>
[method: ExplicitConstructor]
public sealed record ShelfSums(string Currency, long Accounts, long Limits, long Debt, long Overdue, long OverdueDebt, long Closing)
{
    /// <summary>Minor units as money.</summary>
    public Money Amount(long minor) => Money.Of(minor, Domain.Values.Currency.Parse(Currency));
}

/// <summary>What staff look for.</summary>
/// <param name="Customers">Only these; null = all.</param>
/// <param name="Status">Status word; empty = all.</param>
/// <param name="Overdue">Only accounts that missed a bill.</param>
/// <param name="AfterPartition">Cursor.</param>
/// <param name="AfterAccount">Cursor.</param>
public sealed record ShelfQuery(IReadOnlyList<long>? Customers, string Status, bool Overdue, long AfterPartition, long AfterAccount);

/// <summary>Lists accounts from the small rows the store keeps of them.</summary>
public sealed class AccountShelf(CreditHouse house, PersonShelf people)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    private static readonly CompositeFormat List = CompositeFormat.Parse(
        "SELECT partition_id AS Partition, account_id AS AccountId, status AS Status, product AS Product, currency AS Currency, "
        + "figures_on AS FiguresOn, total_limit AS TotalLimit, available AS Available, debt AS Debt, credit AS Credit, "
        + "overdue_since AS OverdueSince, restricted AS Restricted FROM account "
        + "WHERE (partition_id, account_id) > (@partition, @account) AND status <> 'not-opened' AND (@status = '' OR status = @status) "
        + "AND (@overdue = 0 OR overdue_since > 0) AND (@all = 1 OR account_id / 64 IN {0}) "
        + "ORDER BY partition_id, account_id LIMIT @most");

    private const string Known =
        "SELECT count(*) FROM account WHERE partition_id = @partition AND account_id / 64 = @customer";

    private const string Sums =
        "SELECT currency AS Currency, count(*) AS Accounts, CAST(sum(total_limit) AS BIGINT) AS Limits, "
        + "CAST(sum(debt) AS BIGINT) AS Debt, sum(CASE WHEN overdue_since > 0 THEN 1 ELSE 0 END) AS Overdue, "
        + "CAST(sum(CASE WHEN overdue_since > 0 THEN debt ELSE 0 END) AS BIGINT) AS OverdueDebt, "
        + "sum(CASE WHEN status = 'closing' THEN 1 ELSE 0 END) AS Closing FROM account "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND status <> 'not-opened' GROUP BY currency ORDER BY currency";

    /// <summary>One page, by partition and number.</summary>
    public IReadOnlyList<ShelfRow> Find(ShelfQuery query)
    {
        var customers = query.Customers;
        var parameters = new DynamicParameters(new
        {
            partition = query.AfterPartition,
            account = query.AfterAccount,
            status = query.Status,
            overdue = query.Overdue ? 1 : 0,
            all = customers is null ? 1 : 0,
            most = PageSize + 1,
        });
        var sql = string.Format(CultureInfo.InvariantCulture, List, Placeholders(customers, parameters));
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<ShelfRow>(sql, parameters)];
    }

    /// <summary>The sums at the top.</summary>
    public IReadOnlyList<ShelfSums> Totals()
    {
        using var connection = house.OpenReadOnly();
        return [.. connection.Query<ShelfSums>(Sums)];
    }

    // Databases differ in how a list is handed in; single values are the same everywhere.
    private static string Placeholders(IReadOnlyList<long>? customers, DynamicParameters parameters)
    {
        var names = (customers is null or [] ? [0L] : customers).Select((customer, i) =>
        {
            parameters.Add($"c{i}", customer);
            return $"@c{i}";
        });
        return $"({string.Join(", ", names)})";
    }

    /// <summary>
    /// The customers that a text names: by account or customer number, or exactly by name, phone number, identity number or the last four
    /// of one; null when there is no text.
    /// </summary>
    public IReadOnlyList<long>? CustomersOf(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var found = people.Search(text).Take(PageSize).Select(customer => customer.Value).ToList();
        var named = AccountId.TryParse(text, out var account) ? account.Customer
            : CustomerId.TryParse(text, out var customer) ? customer : default;
        if (named != default && IsKnown(named))
        {
            found.Add(named.Value);
        }

        return found;
    }

    // A phone or identity number that nobody has reads like a customer number; it must not go on as one.
    private bool IsKnown(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long>(Known, new { partition = customer.PartitionId, customer = customer.Value }) > 0;
    }
}
