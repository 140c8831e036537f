using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;

namespace Mingzhang.Services.Opening;

/// <summary>What a person chose when asking for a line.</summary>
/// <param name="Product">Product code.</param>
/// <param name="Consents">Codes of the consents given on the page.</param>
/// <param name="DueDay">Day of the month; null = the product's first.</param>
public sealed record LineChoice(string Product, IReadOnlyList<string> Consents, int? DueDay);

/// <summary>
/// Opens a line for a person who came by themselves: bound card (R106), consents with their versions, assessment (R047), then the same
/// command as everywhere. What is missing is refused before anything is asked of an assessor.
/// </summary>
public sealed class LineDesk(
    CreditHouse house, PersonShelf people, CardShelf cards, ConsentLedger ledger, IAssessor assessor)
{
    private const int Month = 30;

    /// <summary>The terms of products this person could open today: in force and not opened, ever, by them.</summary>
    public async Task<IReadOnlyList<ProductTerms>> OfferedAsync(CustomerId customer)
    {
        var offered = new List<ProductTerms>();
        foreach (var code in house.Terms.All.Select(terms => terms.Code).Distinct())
        {
            if (house.Terms.InForce(code, house.BusinessDate) is { RequiredConsents.Count: > 0 } terms
                && await house.ReadAsync(AccountId.Of(customer, terms.Slot)) is not { Lifecycle: not NotOpened })
            {
                offered.Add(terms);
            }
        }

        return offered;
    }

    /// <summary>Whether this person ever had a line here.</summary>
    public async Task<bool> HasAnyAsync(CustomerId customer)
    {
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            if (await house.ReadAsync(AccountId.Of(customer, slot)) is { Lifecycle: not NotOpened })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Opens a line. Refused without a person (915), while their data may only be kept (931), without a card (122) or a consent (121);
    /// when no assessment could be had (930); and by
    /// whatever the account says.
    /// </summary>
    /// <param name="customer">Whose.</param>
    /// <param name="choice">What was chosen.</param>
    /// <param name="key">The form's key: sent twice it is one opening and one assessment.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancel">Ends waiting for the assessor.</param>
    public async Task<(AccountId? Account, Refusal? Refusal)> OpenAsync(
        CustomerId customer, LineChoice choice, string key, string actor, CancellationToken cancel)
    {
        if (house.Terms.InForce(choice.Product, house.BusinessDate) is not { } terms)
        {
            return (null, new InvalidCommand("product", "one of the products that are offered", "choose from the list"));
        }

        var (ready, refusal) = await ReadyAsync(customer, terms, choice.Consents, key, cancel);
        if (ready is null)
        {
            return (null, refusal);
        }

        var account = AccountId.Of(customer, terms.Slot);
        var command = new OpenAccount(account, terms.Code, terms.Version, ready.Given, ready.Card, ready.Assessment, choice.DueDay)
        {
            EffectiveOn = house.BusinessDateOf(account),
        };
        var result = await house.SubmitAsync(new CommandEnvelope(account, "open:" + key, command, actor), CancellationToken.None);
        return (result.Refusal is null ? account : null, result.Refusal);
    }

    /// <summary>Opens a closed line again, as if it were a new one: card, consents and assessment anew; refused as opening is.</summary>
    public async Task<Refusal?> ReopenAsync(
        AccountState closed, IReadOnlyList<string> consents, string key, string actor, CancellationToken cancel)
    {
        if (house.Terms.InForce(closed.Product, house.BusinessDate) is not { } terms)
        {
            return new TermsNotEffective(closed.Terms.Version);
        }

        var (ready, refusal) = await ReadyAsync(closed.Id.Customer, terms, consents, key, cancel);
        if (ready is null)
        {
            return refusal;
        }

        var command = new ReopenAccount(terms.Version, ready.Given, ready.Card, ready.Assessment)
        {
            EffectiveOn = house.BusinessDateOf(closed.Id),
        };
        return (await house.SubmitAsync(new CommandEnvelope(closed.Id, "reopen:" + key, command, actor), CancellationToken.None)).Refusal;
    }

    private async Task<(Ready? Ready, Refusal? Refusal)> ReadyAsync(
        CustomerId customer, ProductTerms terms, IReadOnlyList<string> consents, string key, CancellationToken cancel)
    {
        if (people.Find(customer) is not { } person)
        {
            return (null, new PersonUnknown());
        }

        if (IsRestricted(customer))
        {
            return (null, new ProcessingRestricted());
        }

        if (cards.DefaultOf(customer) is not { } card)
        {
            return (null, new BankCardMissing());
        }

        if (terms.RequiredConsents.Find(code => !consents.Contains(code)) is { } missing)
        {
            return (null, new ConsentMissing(missing));
        }

        var account = AccountId.Of(customer, terms.Slot);
        var ask = new AssessmentAsk($"as-{account}-{key}", person, terms, await OthersAsync(customer));
        if (await assessor.AssessAsync(ask, cancel) is not { } assessment)
        {
            return (null, new AssessmentNotMade());
        }

        // The ledger first: what the account is opened with has to be there whatever stops in between.
        var given = terms.RequiredConsents.Map(code => new Consent(code, ConsentTexts.Latest(code)?.Version ?? "1"));
        foreach (var consent in given.Where(_ => assessment.Approved))
        {
            _ = await ledger.GiveAsync(customer, consent.Code, consent.Version, "app", $"{account} {consent.Code} {consent.Version} {key}");
        }

        return (new Ready(given, new BankCard(card.Token, card.LastFour), assessment), null);
    }

    private sealed record Ready(ValueList<Consent> Given, BankCard Card, Assessment Assessment);

    private bool IsRestricted(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return DataRestrictionShelf.Of(connection, customer) is not null;
    }

    private async Task<OtherAccounts> OthersAsync(CustomerId customer)
    {
        var (overdue, opened) = (0, 0);
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            if (await house.ReadAsync(AccountId.Of(customer, slot)) is { Lifecycle: not NotOpened } state)
            {
                overdue += state.DaysPastDue(house.BusinessDate) > 0 ? 1 : 0;
                opened += state.OpenedOn.AddDays(Month) > house.BusinessDate ? 1 : 0;
            }
        }

        return new OtherAccounts(overdue, opened);
    }
}
