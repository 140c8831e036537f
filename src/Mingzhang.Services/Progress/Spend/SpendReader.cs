using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Progress.State;

namespace Mingzhang.Services.Progress.Spend;

/// <summary>Reads an account's spending with the types of its merchants.</summary>
public sealed class SpendReader(CreditHouse house, SpendDesk spend, ProgressDesk progress, MerchantTypes types)
{
    /// <summary>All spending since a month, as the person may see it today.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="since">The first month.</param>
    public async Task<SpendReport> ReportAsync(AccountId account, DateOnly since)
    {
        var today = house.BusinessDateOf(account);
        var standing = progress.Of(account);
        var lines = await spend.LinesAsync(account, SpendReport.MonthOf(since), today);
        var gaps = standing.Gaps;
        return new SpendReport(Typed([.. lines.Where(line => !gaps.Any(gap => gap.Hides(line)))]), standing.Current?.ClosedOn ?? today)
        {
            FrozenOn = standing.Current?.ClosedOn,
            Gaps = [.. standing.Closures.Where(one => one.Gap == GapChoice.Marked).Select(one => (one.ClosedOn, one.ReopenedOn!.Value))],
        };
    }

    /// <summary>Lines with their types.</summary>
    public IReadOnlyList<TypedLine> Typed(IReadOnlyList<SpendLine> lines)
    {
        var shops = spend.CodesOf(lines.Select(line => ShopOf(line.PurchaseId)).OfType<string>().Distinct());
        return
        [
            .. lines.Select(line => new TypedLine(
                line, types.Of(ShopOf(line.PurchaseId) is { } shop ? shops.GetValueOrDefault(shop) : null, line.Merchant, line.Scene))),
        ];
    }

    // A purchase of the checkout is called SHOP:ORDER.
    private static string? ShopOf(string purchase) => purchase.IndexOf(':', StringComparison.Ordinal) is > 0 and var at
        ? purchase[..at] : null;
}
