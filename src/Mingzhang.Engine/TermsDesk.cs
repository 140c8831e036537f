using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine;

/// <summary>Finds the terms a command or a row runs under.</summary>
/// <remarks>Books do not change; a published version makes the next one, which lanes see with their next command.</remarks>
internal sealed class TermsDesk(TermsBook book)
{
    private volatile TermsBook _book = book;
    private volatile Dictionary<int, ProductTerms> _bySlot = BySlot(book);

    /// <summary>Slots that a product fills.</summary>
    public IEnumerable<int> Slots => _bySlot.Keys;

    /// <summary>The whole book.</summary>
    public TermsBook Book => _book;

    /// <summary>Takes a published version into the book.</summary>
    public void Add(ProductTerms terms)
    {
        if (_book.Find(terms.Code, terms.Version) is null)
        {
            Replace(new TermsBook(_book.All.Append(terms)));
        }
    }

    /// <summary>Takes another book.</summary>
    public void Replace(TermsBook next)
    {
        _bySlot = BySlot(next);
        _book = next;
    }

    /// <summary>The state of an account without a row; null when no product fills its slot.</summary>
    public AccountState? Empty(AccountId id) => _bySlot.TryGetValue(id.Slot, out var terms) ? AccountState.Empty(id, terms.Currency) : null;

    /// <summary>The terms a command is decided under: the kept version, or the one it names. Null when there is no such version.</summary>
    public ProductTerms? For(AccountState state, AccountCommand command) => command switch
    {
        OpenAccount open => _book.Find(open.Product, open.TermsVersion),
        ReopenAccount reopen => _book.Find(state.Product, reopen.TermsVersion),
        ForkAccount fork => Kept(fork.Snapshot),
        _ when state.Lifecycle is NotOpened => _bySlot.GetValueOrDefault(state.Id.Slot),
        _ => Kept(state),
    };

    /// <summary>The version named when <see cref="For"/> finds none.</summary>
    public static int Named(AccountState state, AccountCommand command) => command switch
    {
        OpenAccount open => open.TermsVersion,
        ReopenAccount reopen => reopen.TermsVersion,
        _ => state.Terms.Version,
    };

    /// <summary>The terms an opened account runs under; throws when the book lacks them.</summary>
    public ProductTerms Kept(AccountState state) => _book.Find(state.Product, state.Terms.Version)
        ?? throw new BrokenInvariantException(
        $"account {state.Id} runs under {state.Product} v{state.Terms.Version}, which is not in the book");

    /// <summary>The state after a stored entry.</summary>
    public AccountState After(AccountState state, ValueList<AccountEvent> events, long sequence)
    {
        var first = events.Count == 0 ? null : events[0];
        var terms = first switch
        {
            AccountOpened e => Known(e.Fact.Product, e.Fact.TermsVersion),
            AccountReopened e => Known(state.Product, e.Fact.TermsVersion),
            AccountForked e => Kept(e.Fact.Snapshot),
            AccountCorrected e => Kept(e.After),
            _ => Kept(state),
        };
        var from = first is AccountOpened ? AccountState.Empty(state.Id, terms.Currency) with { Version = state.Version } : state;
        return AccountEvolver.After(from, events, sequence, terms);
    }

    private ProductTerms Known(string product, int version) =>
        _book.Find(product, version) ?? throw new BrokenInvariantException($"terms {product} v{version} are not in the book");

    private static Dictionary<int, ProductTerms> BySlot(TermsBook book) =>
        book.All.GroupBy(terms => terms.Slot).ToDictionary(slot => slot.Key, slot => slot.Last());
}
