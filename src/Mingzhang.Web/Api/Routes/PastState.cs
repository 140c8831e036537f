using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;

namespace Mingzhang.Web.Api.Routes;

/// <summary>An account as it stood after an entry, folded from its journal; so a replayed answer has the figures of then.</summary>
internal static class PastState
{
    /// <summary>The state after a sequence.</summary>
    public static AccountState At(AccountId id, IReadOnlyList<HistoryEntry> history, long sequence, TermsBook book)
    {
        AccountState? state = null;
        foreach (var entry in history.Where(entry => entry.Sequence <= sequence))
        {
            var terms = TermsOf(entry.Events, state, book);
            state = AccountEvolver.After(state ?? AccountState.Empty(id, terms.Currency), entry.Events, entry.Sequence, terms);
        }

        return state ?? throw new BrokenInvariantException($"account {id} has no entry up to {sequence}");
    }

    private static ProductTerms TermsOf(ValueList<AccountEvent> events, AccountState? state, TermsBook book)
    {
        var (product, version) = (events.Count == 0 ? null : events[0]) switch
        {
            AccountOpened e => (e.Fact.Product, e.Fact.TermsVersion),
            AccountReopened e => (state!.Product, e.Fact.TermsVersion),
            AccountForked e => (e.Fact.Snapshot.Product, e.Fact.Snapshot.Terms.Version),
            AccountCorrected e => (e.After.Product, e.After.Terms.Version),
            // The rest: entries under the version the account keeps.
            _ => (state!.Product, state.Terms.Version),
        };
        return book.Find(product, version) ?? throw new BrokenInvariantException($"terms {product} v{version} are not in the book");
    }
}
