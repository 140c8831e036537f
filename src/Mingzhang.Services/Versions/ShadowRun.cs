using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine;

namespace Mingzhang.Services.Versions;

/// <summary>One account of a shadow run.</summary>
/// <param name="Account">Which.</param>
/// <param name="KeptVersion">The version it runs under.</param>
/// <param name="Answer">Both versions.</param>
public sealed record ShadowLine(AccountId Account, int KeptVersion, ShadowAnswer Answer);

/// <summary>Runs a product version over all live accounts of the product, before it is published; nothing is stored.</summary>
/// <remarks>One account after the other, so memory does not grow with their number.</remarks>
public sealed class ShadowRun(CreditHouse house)
{
    private const int PageSize = 500;

    private const string Live =
        "SELECT account_id FROM account WHERE (partition_id, account_id) > (@partition, @account) AND product = @product "
        + "AND status IN ('active', 'closing') ORDER BY partition_id, account_id LIMIT @limit";

    private const string Count =
        "SELECT count(*) FROM account WHERE partition_id BETWEEN 0 AND 1023 AND product = @product AND status IN ('active', 'closing')";

    /// <summary>How many live accounts the product has.</summary>
    public async Task<long> CountAsync(string product)
    {
        await house.SettleAsync();
        using var connection = house.OpenReadOnly();
        return connection.ExecuteScalar<long>(Count, new { product });
    }

    /// <summary>Every live account of the product, by number of partition and account.</summary>
    public async IAsyncEnumerable<ShadowLine> OverAsync(
        ProductTerms proposed, ShadowQuestion question, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await house.SettleAsync();
        var last = default(AccountId);
        for (var page = Page(last, proposed.Code); page.Count > 0; page = Page(last, proposed.Code))
        {
            foreach (var id in page)
            {
                cancel.ThrowIfCancellationRequested();
                last = new AccountId(id);
                if (await OneAsync(last, proposed, question) is { } line)
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>One account; null when it is not live.</summary>
    public async Task<ShadowLine?> OneAsync(AccountId account, ProductTerms proposed, ShadowQuestion question)
    {
        if (await house.ReadAsync(account) is not { Lifecycle: Active or ClosingDown } stored)
        {
            return null;
        }

        var kept = house.Terms.Find(stored.Product, stored.Terms.Version)
            ?? throw new BrokenInvariantException(string.Create(
                CultureInfo.InvariantCulture, $"terms {stored.Product} v{stored.Terms.Version} are not in the book"));
        var today = house.BusinessDateOf(account);
        var state = Explainer.RunAhead(stored, kept, today).State;
        return new ShadowLine(account, kept.Version, TermsShadow.Of(state, kept, proposed, today, question));
    }

    private List<long> Page(AccountId after, string product)
    {
        using var connection = house.OpenReadOnly();
        var partition = after.Value == 0 ? -1 : after.PartitionId;
        return [.. connection.Query<long>(Live, new { partition, account = after.Value, product, limit = PageSize })];
    }
}
