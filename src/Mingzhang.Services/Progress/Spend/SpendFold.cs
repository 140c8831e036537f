using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Disputes;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;

namespace Mingzhang.Services.Progress.Spend;

/// <summary>
/// Works an account's spending out from its whole history (decision 0029): a purchase counts on the day it becomes debt, a refund on the
/// day it arrives, without the part that only released a hold; a dispute decided for the customer takes away what was still charged.
/// </summary>
/// <remarks>Example: 864.00 posted on 13 June, 99.00 refunded on 19 June: June has 765.00, one purchase and one refund. Without disputes
/// the lines together are what the house owes the merchants for the account's purchases.</remarks>
public sealed class SpendFold
{
    private readonly Dictionary<string, BoughtAt> _bought = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (string Purchase, long Amount)> _items = [];
    private readonly Dictionary<string, long> _refunded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ValueList<int>> _disputed = new(StringComparer.Ordinal);
    private readonly List<SpendLine> _lines = [];
    private readonly long _known;

    private SpendFold(long known) => _known = known;

    /// <summary>The spending of a history; corrections are folded in where they belong.</summary>
    /// <param name="history">All accepted entries, by sequence.</param>
    /// <param name="book">All terms.</param>
    /// <param name="until">The last day that counts.</param>
    /// <param name="known">Journal sequence up to which the history goes; refused commands have numbers, too.</param>
    public static SpendBook Of(IReadOnlyList<HistoryEntry> history, TermsBook book, DateOnly until, long known)
    {
        var fold = new SpendFold(known);
        foreach (var entry in history.Count == 0 ? [] : AccountCorrector.AsKnown(history, book, until))
        {
            foreach (var happened in entry.Events)
            {
                fold.Take(entry.Sequence, happened);
            }
        }

        return new SpendBook(fold._known, [.. fold._bought.Values], fold._lines);
    }

    private void Take(long origin, AccountEvent happened)
    {
        switch (happened)
        {
            case PurchaseAuthorised e: Note(e.Fact.PurchaseId, e.Fact.Merchant, e.Fact.Scene); break;
            case OfflinePurchaseTaken e: Note(e.Fact.PurchaseId, e.Fact.Merchant, e.Fact.Scene); break;
            case PurchasePosted e:
                _items[e.ItemId] = (e.PurchaseId, e.Amount.MinorUnits);
                Add(origin, e, SpendKind.Purchase, e.PurchaseId, e.Amount.MinorUnits);
                break;
            case RefundReceived e: Refund(origin, e); break;
            case DisputeOpened e: _disputed[e.Fact.DisputeId] = e.ItemIds; break;
            case DisputeResolved { Fact.Outcome: DisputeOutcome.Upheld } e: Upheld(origin, e); break;

            // The rest: moves no spending.
            default: break;
        }
    }

    private void Note(string id, string merchant, string scene)
    {
        _bought[id] = new BoughtAt(id, merchant, scene);
        _refunded.Remove(id);
    }

    private void Refund(long origin, RefundReceived e)
    {
        var back = (e.Fact.Amount - e.FromHold).MinorUnits;
        if (back > 0)
        {
            var id = e.Fact.PurchaseId ?? "";
            _refunded[id] = _refunded.GetValueOrDefault(id) + back;
            Add(origin, e, SpendKind.Refund, id, -back);
        }
    }

    private void Upheld(long origin, DisputeResolved e)
    {
        foreach (var item in _disputed.GetValueOrDefault(e.Fact.DisputeId))
        {
            if (_items.TryGetValue(item, out var bought)
                && bought.Amount - _refunded.GetValueOrDefault(bought.Purchase) is > 0 and var left)
            {
                _refunded[bought.Purchase] = _refunded.GetValueOrDefault(bought.Purchase) + left;
                Add(origin, e, SpendKind.Dispute, bought.Purchase, -left);
            }
        }
    }

    private void Add(long origin, AccountEvent happened, SpendKind kind, string purchase, long amount)
    {
        var at = _bought.GetValueOrDefault(purchase);
        _lines.Add(new SpendLine
        {
            Known = _known, Part = _lines.Count, Origin = origin, On = happened.EffectiveOn, Kind = kind, PurchaseId = purchase,
            Merchant = at?.Merchant ?? "", Scene = at?.Scene ?? "", Amount = amount,
        });
    }
}
