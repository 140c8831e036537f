using Dapper;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Lenders;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Lenders;

/// <summary>Reads what each lender has: trial balance by lender, holdings, and how the rules on lending together are kept.</summary>
/// <remarks>Worked out from the journals of the accounts whose products have lenders, one after the other; nothing is stored.</remarks>
public sealed class LenderReader(CreditHouse house)
{
    private const int PageSize = 500;

    private const string Accounts =
        "SELECT account_id FROM account WHERE (partition_id, account_id) > (@partition, @account) AND product = @product "
        + "ORDER BY partition_id, account_id LIMIT @limit";

    private const string Main =
        "SELECT ledger AS Ledger, CAST(SUM(debit) - SUM(credit) AS BIGINT) AS Minor FROM ledger_day "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND currency = @currency GROUP BY ledger";

    /// <summary>The report in one currency.</summary>
    /// <param name="currency">Which.</param>
    /// <param name="tierOneMinor">Tier-1 net capital of the house, for the rule on one partner; null = not given.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task<LenderReport> ReportAsync(Currency currency, long? tierOneMinor, CancellationToken cancel = default)
    {
        await house.SettleAsync();
        await house.CatchUpFollowersAsync(cancel);
        var totals = new LenderTotals(house.Terms, currency);
        foreach (var product in house.Terms.All.Where(terms => terms.Lenders.Count > 0).Select(terms => terms.Code).Distinct())
        {
            foreach (var account in Of(product))
            {
                cancel.ThrowIfCancellationRequested();
                totals.Add(Books(account));
            }
        }

        var on = house.BusinessDate;
        var law = house.Terms.All.Select(terms => terms.Costs).FirstOrDefault(costs => costs is not null)
            ?.Cooperation.Find(row => row.Validity.Holds(on));
        return totals.Report(MainOf(currency), on, law, tierOneMinor is { } minor ? Money.Of(minor, currency) : null);
    }

    /// <summary>The books of one account by loan and lender.</summary>
    public AccountBooks Books(AccountId account) => AccountBooks.Of(house.History(account), house.Terms);

    private IEnumerable<AccountId> Of(string product)
    {
        var last = default(AccountId);
        for (var page = Page(last, product); page.Count > 0; page = Page(last, product))
        {
            foreach (var id in page)
            {
                last = new AccountId(id);
                yield return last;
            }
        }
    }

    private List<long> Page(AccountId after, string product)
    {
        using var connection = house.OpenReadOnly();
        var partition = after.Value == 0 ? -1 : after.PartitionId;
        return [.. connection.Query<long>(Accounts, new { partition, account = after.Value, product, limit = PageSize })];
    }

    private Dictionary<LedgerAccount, long> MainOf(Currency currency)
    {
        using var connection = house.OpenReadOnly();
        return connection.Query<(long Ledger, long Minor)>(Main, new { currency = currency.ToString() })
            .ToDictionary(row => (LedgerAccount)row.Ledger, row => row.Minor);
    }
}
