using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

namespace Mingzhang.Services.Progress.Spend;

/// <summary>Reads spending, and makes an account's anew where the journal changed what was known.</summary>
public sealed class SpendDesk(CreditHouse house)
{
    private const int Page = 50;

    /// <summary>An account's lines between two days, latest first; a change that waits is worked in first.</summary>
    public async Task<IReadOnlyList<SpendLine>> LinesAsync(AccountId account, DateOnly since, DateOnly until)
    {
        await FreshAsync(account);
        return Read(account, since, until);
    }

    /// <summary>Works in what waits for one account.</summary>
    public async Task FreshAsync(AccountId account)
    {
        bool stale;
        using (var connection = house.OpenReadOnly())
        {
            stale = SpendShelf.IsStale(connection, account);
        }

        if (stale)
        {
            await RebuildAsync(account);
        }
    }

    /// <summary>Where a purchase was made; null when nothing is kept of it.</summary>
    public ActivityShop? ShopOf(AccountId account, string purchase)
    {
        using var connection = house.OpenReadOnly();
        return SpendShelf.ShopOf(connection, account, purchase);
    }

    /// <summary>Category codes of the shops among some ids.</summary>
    public IReadOnlyDictionary<string, string> CodesOf(IEnumerable<string> shops)
    {
        using var connection = house.OpenReadOnly();
        return shops.Chunk(Page).SelectMany(some => SpendShelf.Codes(connection, some))
            .ToDictionary(one => one.Shop, one => one.Mcc, StringComparer.Ordinal);
    }

    /// <summary>The account's spending as its journal tells it now, without what is kept.</summary>
    public SpendBook Recompute(AccountId account)
    {
        var rows = house.Rows(account);
        List<HistoryEntry> history =
        [
            .. rows.Where(row => row.Kind != RowKind.Refused)
                .Select(row => new HistoryEntry(row.Sequence, row.BookedOn, DomainJson.ReadEvents(row.Body))),
        ];
        return SpendFold.Of(history, house.Terms, house.BusinessDateOf(account), rows is [.., var last] ? last.Sequence : 0);
    }

    /// <summary>Makes an account's lines anew from its journal.</summary>
    public Task RebuildAsync(AccountId account)
    {
        var book = Recompute(account);
        return house.WriteAsync((connection, transaction) =>
        {
            SpendShelf.Replace(connection, transaction, account, book);
            return 0;
        });
    }

    /// <summary>Goes on with accounts that have to be made anew; returns how many.</summary>
    public async Task<int> GoOnAsync(CancellationToken cancel)
    {
        IReadOnlyList<AccountId> stale;
        using (var connection = house.OpenReadOnly())
        {
            stale = SpendShelf.Stale(connection, Page);
        }

        foreach (var account in stale)
        {
            cancel.ThrowIfCancellationRequested();
            await RebuildAsync(account);
        }

        return stale.Count;
    }

    /// <summary>Marks every account to be made anew, after a change of how spending is counted; returns how many.</summary>
    public Task<int> RenewAsync() => house.WriteAsync(SpendShelf.Renew);

    private IReadOnlyList<SpendLine> Read(AccountId account, DateOnly since, DateOnly until)
    {
        using var connection = house.OpenReadOnly();
        return SpendShelf.Lines(connection, account, since, until);
    }
}
