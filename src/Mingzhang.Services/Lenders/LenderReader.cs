using Dapper;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Lenders;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Lenders;

/// <summary>Reads what each lender has: trial balance by lender, holdings, and how the rules on lending together are kept.</summary>
/// <remarks>Worked out from the journals of the accounts whose products have lenders, and kept by account: a report reads one row for each
/// account and the journals of those that have moved since the last one.</remarks>
public sealed class LenderReader(CreditHouse house)
{
    private const int PageSize = 500;

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
            await AddAsync(totals, product, cancel);
        }

        var on = house.BusinessDate;
        var law = house.Terms.All.Select(terms => terms.Costs).FirstOrDefault(costs => costs is not null)
            ?.Cooperation.Find(row => row.Validity.Holds(on));
        return totals.Report(MainOf(currency), on, law, tierOneMinor is { } minor ? Money.Of(minor, currency) : null);
    }

    /// <summary>The books of one account by loan and lender.</summary>
    public AccountBooks Books(AccountId account) => AccountBooks.Of(house.History(account), house.Terms);

    private async Task AddAsync(LenderTotals totals, string product, CancellationToken cancel)
    {
        var last = default(AccountId);
        for (var page = Page(product, last); page.Count > 0; page = Page(product, last))
        {
            var moved = new List<KnownBooks>();
            foreach (var known in page)
            {
                cancel.ThrowIfCancellationRequested();
                var books = known.Books ?? [.. Books(known.Account).Loans.Where(loan => loan.IsShared)];
                totals.Add(books);
                if (known.Books is null)
                {
                    moved.Add(known with { Books = books });
                }
            }

            last = page[^1].Account;
            await KeepAsync(moved);
        }
    }

    // An account that moved meanwhile stands under the number it had: the next report sees that and works it out again.
    private async Task KeepAsync(List<KnownBooks> moved)
    {
        if (moved.Count > 0)
        {
            await house.WriteAsync((connection, transaction) =>
            {
                foreach (var known in moved)
                {
                    KeptBooks.Keep(connection, transaction, known.Account, known.Version, known.Books!);
                }

                return 0;
            });
        }
    }

    private List<KnownBooks> Page(string product, AccountId after)
    {
        using var connection = house.OpenReadOnly();
        return KeptBooks.Page(connection, product, after, PageSize);
    }

    private Dictionary<LedgerAccount, long> MainOf(Currency currency)
    {
        using var connection = house.OpenReadOnly();
        return connection.Query<(long Ledger, long Minor)>(Main, new { currency = currency.ToString() })
            .ToDictionary(row => (LedgerAccount)row.Ledger, row => row.Minor);
    }
}
