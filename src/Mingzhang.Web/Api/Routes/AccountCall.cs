using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;

namespace Mingzhang.Web.Api.Routes;

/// <summary>A read of one account.</summary>
internal sealed class AccountCall
{
    private readonly Lazy<IReadOnlyList<HistoryEntry>> _history;

    public AccountCall(ApiCall call, AccountState state)
    {
        Call = call;
        Terms = call.House.Terms.Find(state.Product, state.Terms.Version)
            ?? throw new BrokenInvariantException($"account {state.Id} runs under terms that are not in the book");
        Today = call.House.BusinessDateOf(state.Id);
        State = Explainer.RunAhead(state, Terms, Today).State;
        _history = new(() => call.House.History(state.Id));
    }

    /// <summary>The request.</summary>
    public ApiCall Call { get; }

    /// <summary>The house.</summary>
    public CreditHouse House => Call.House;

    /// <summary>The account today.</summary>
    public AccountState State { get; }

    /// <summary>Its number.</summary>
    public AccountId Id => State.Id;

    /// <summary>The terms it runs under.</summary>
    public ProductTerms Terms { get; }

    /// <summary>Its business date.</summary>
    public DateOnly Today { get; }

    /// <summary>Accepted entries; read when asked for.</summary>
    public IReadOnlyList<HistoryEntry> History => _history.Value;

    /// <summary>The same for pages and shelves.</summary>
    public AccountView View => new(State, Terms, Today, House.Terms, History);

    /// <summary>An amount in the account's currency.</summary>
    public Money Money(long minor) => Domain.Values.Money.Of(minor, State.Currency);
}
