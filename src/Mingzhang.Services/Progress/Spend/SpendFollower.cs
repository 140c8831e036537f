using System.Collections.Frozen;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Services.Progress.Spend;

/// <summary>
/// Follows the journal and keeps the lines of spending. What changes earlier lines (a correction, a dispute decided for the customer) is
/// only marked; the account is then made anew from its journal by <see cref="SpendDesk"/>.
/// </summary>
public sealed class SpendFollower : IFollower
{
    /// <summary>Its checkpoint's name.</summary>
    public const string Checkpoint = "spend";

    private static readonly FrozenSet<string> Added = FrozenSet.Create(
        StringComparer.Ordinal, "purchase-authorised.v1", "offline-purchase-taken.v1", "purchase-posted.v1", "refund-received.v1");

    private static readonly FrozenSet<string> Changed =
        FrozenSet.Create(StringComparer.Ordinal, "account-corrected.v1", "dispute-resolved.v1");

    /// <inheritdoc/>
    public string Name => Checkpoint;

    /// <inheritdoc/>
    public TimeSpan Gathers { get; } = TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    public bool BySlices => true;

    /// <inheritdoc/>
    public object Prepare(IReadOnlyList<FollowedRow> rows, object? gathered)
    {
        var news = (List<SpendNews>?)gathered ?? [];
        news.AddRange(rows.Where(one => !CreditHouse.IsFork(one.Row.Account)).Select(Of).Where(one => one.IsNeeded));
        return news;
    }

    /// <inheritdoc/>
    public void Handle(object? prepared, FollowerTransaction transaction) => SpendShelf.Take(
        transaction, [.. ((List<SpendNews>)prepared!).OrderBy(one => one.Account.PartitionId).ThenBy(one => one.Account.Value)]);

    private static SpendNews Of(FollowedRow one)
    {
        var news = new SpendNews(one.Row.Account, one.Row.Sequence);
        foreach (var slice in one.Events)
        {
            news.Stale |= Changed.Contains(slice.Type);
            if (Added.Contains(slice.Type))
            {
                Read(news, one.Row, DomainJson.ReadEvent(slice.Json.Span));
            }
        }

        return news;
    }

    private static void Read(SpendNews news, JournalRow row, AccountEvent happened)
    {
        switch (happened)
        {
            case PurchaseAuthorised e: news.Bought.Add(new BoughtAt(e.Fact.PurchaseId, e.Fact.Merchant, e.Fact.Scene)); break;
            case OfflinePurchaseTaken e: news.Bought.Add(new BoughtAt(e.Fact.PurchaseId, e.Fact.Merchant, e.Fact.Scene)); break;
            case PurchasePosted e: Add(news, row, e, SpendKind.Purchase, e.PurchaseId, e.Amount.MinorUnits); break;
            case RefundReceived e when e.Fact.Amount > e.FromHold:
                Add(news, row, e, SpendKind.Refund, e.Fact.PurchaseId ?? "", -(e.Fact.Amount - e.FromHold).MinorUnits);
                break;

            // The rest: a refund that only released a hold.
            default: break;
        }
    }

    private static void Add(SpendNews news, JournalRow row, AccountEvent happened, SpendKind kind, string purchase, long amount) =>
        news.Lines.Add(new SpendLine
        {
            Known = row.Sequence, Part = news.Lines.Count, Origin = row.Kind == RowKind.Day ? 0 : row.Sequence,
            On = happened.EffectiveOn, Kind = kind, PurchaseId = purchase, Amount = amount,
        });
}

/// <summary>What a journal row adds to an account's spending.</summary>
internal sealed class SpendNews(AccountId account, long sequence)
{
    /// <summary>Whose.</summary>
    public AccountId Account => account;

    /// <summary>The row's sequence.</summary>
    public long Sequence => sequence;

    /// <summary>Merchants of new purchases; they stand before the lines.</summary>
    public List<BoughtAt> Bought { get; } = [];

    /// <summary>New lines, without their merchants, which earlier rows told.</summary>
    public List<SpendLine> Lines { get; } = [];

    /// <summary>Whether it changes earlier lines.</summary>
    public bool Stale { get; set; }

    /// <summary>Whether it says anything.</summary>
    public bool IsNeeded => Stale || Bought.Count > 0 || Lines.Count > 0;
}
