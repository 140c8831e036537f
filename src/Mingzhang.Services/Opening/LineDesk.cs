using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Reading;
using Mingzhang.Store;

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
    CreditHouse house, AccountReader reader, PersonShelf people, CardShelf cards, ConsentLedger ledger, IAssessor assessor)
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

        if (Ready(customer, terms, choice.Consents, out var person, out var card) is { } missing)
        {
            return (null, missing);
        }

        var account = AccountId.Of(customer, terms.Slot);
        var ask = new AssessmentAsk($"as-{account}-{key}", person, terms, await OthersAsync(customer));
        if (await assessor.AssessAsync(ask, cancel) is not { } assessment)
        {
            return (null, new AssessmentNotMade());
        }

        var given = await GiveAsync(account, terms, assessment.Approved, "app", key);
        var command = new OpenAccount(account, terms.Code, terms.Version, given, card, assessment, choice.DueDay)
        {
            EffectiveOn = house.BusinessDateOf(account),
        };
        var result = await house.SubmitAsync(new CommandEnvelope(account, "open:" + key, command, actor), CancellationToken.None);
        return (result.Refusal is null ? account : null, result.Refusal);
    }

    /// <summary>What is asked for to open a closed line again, and whether it can be asked for now.</summary>
    /// <param name="view">The closed account.</param>
    /// <returns>The terms in force, and why not: 127 never, 128 not yet, 100 and the like when it is not closed.</returns>
    public async Task<(ProductTerms Terms, Refusal? Refusal)> ReopeningAsync(AccountView view)
    {
        var terms = house.Terms.InForce(view.State.Product, house.BusinessDate) ?? view.Terms;
        var tried = new Assessment("trial", true, terms.Limits.Smallest, "none", null);
        var decision = await reader.TryAsync(view.State.Id, Reopen(view, terms, Consents(terms), new BankCard("trial", "0000"), tried));
        // What a person owes elsewhere is the assessor's to say, and the ledger asks again with the limit that is granted.
        var no = (decision as Refused)?.Reason;
        return (terms, no is ReopeningNotAllowed or ReopeningTooEarly or AccountAlreadyOpen or ClosingInProgress ? no : null);
    }

    /// <summary>
    /// Applies for a closed line to be opened again (R064): an assessment of its own decides, never the old limit, never by itself. Refused
    /// as an opening is (123 says which condition failed), and with 127 or 128 before anybody is asked.
    /// </summary>
    /// <param name="view">The closed account.</param>
    /// <param name="consents">Codes of the consents given for it.</param>
    /// <param name="channel">app, phone, letter or api.</param>
    /// <param name="key">Sent twice it is one application and one assessment.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancel">Ends waiting for the assessor.</param>
    public async Task<(Assessment? Granted, Refusal? Refusal)> ReopenAsync(
        AccountView view, IReadOnlyList<string> consents, string channel, string key, string actor, CancellationToken cancel)
    {
        var account = view.State.Id;
        if (house.Rows(account).FirstOrDefault(row => row.Key == "reopen:" + key) is { } first)
        {
            return AnswerOf(first);
        }

        var (terms, never) = await ReopeningAsync(view);
        if (never is not null)
        {
            return (null, never);
        }

        if (Ready(account.Customer, terms, consents, out var person, out var card) is { } missing)
        {
            return (null, missing);
        }

        var ask = new AssessmentAsk($"as-{account}-{key}", person, terms, await OthersAsync(account.Customer));
        if (await assessor.AssessAsync(ask, cancel) is not { } assessment)
        {
            return (null, new AssessmentNotMade());
        }

        var given = await GiveAsync(account, terms, assessment.Approved, channel, key);
        var command = Reopen(view, terms, given, card, assessment);
        var result = await house.SubmitAsync(new CommandEnvelope(account, "reopen:" + key, command, actor), CancellationToken.None);
        return result.Refusal is { } refusal ? (null, refusal) : (assessment, null);
    }

    /// <summary>Applications to open a line again, oldest first: when, and what came of each.</summary>
    public IReadOnlyList<(DateOnly On, Assessment? Granted, Refusal? Refusal)> Applications(AccountId account) =>
    [
        .. house.Rows(account).Where(row => row.Key.StartsWith("reopen:", StringComparison.Ordinal)).Select(row =>
        {
            var (granted, refusal) = AnswerOf(row);
            return (row.BookedOn, granted, refusal);
        }),
    ];

    private static (Assessment? Granted, Refusal? Refusal) AnswerOf(JournalRow row) => row.Kind == RowKind.Accepted
        ? (DomainJson.ReadEvents(row.Body).OfType<AccountReopened>().First().Fact.Assessment, null)
        : (null, DomainJson.ReadRefusal(row.Body));

    private static ReopenAccount Reopen(
        AccountView view, ProductTerms terms, ValueList<Consent> given, BankCard card, Assessment assessment) =>
        new(terms.Version, given, card, assessment) { EffectiveOn = view.Today };

    private static ValueList<Consent> Consents(ProductTerms terms) =>
        terms.RequiredConsents.Map(code => new Consent(code, ConsentTexts.Latest(code)?.Version ?? "1"));

    private Refusal? Ready(
        CustomerId customer, ProductTerms terms, IReadOnlyList<string> consents, out Person person, out BankCard card)
    {
        (person, card) = (null!, null!);
        if (people.Find(customer) is not { } known)
        {
            return new PersonUnknown();
        }

        if (IsRestricted(customer))
        {
            return new ProcessingRestricted();
        }

        if (cards.DefaultOf(customer) is not { } bound)
        {
            return new BankCardMissing();
        }

        (person, card) = (known, new BankCard(bound.Token, bound.LastFour));
        return terms.RequiredConsents.Find(code => !consents.Contains(code)) is { } missing ? new ConsentMissing(missing) : null;
    }

    // The consents first: what the account is opened with has to be there whatever stops in between.
    private async Task<ValueList<Consent>> GiveAsync(AccountId account, ProductTerms terms, bool approved, string channel, string key)
    {
        var given = Consents(terms);
        foreach (var consent in given.Where(_ => approved))
        {
            _ = await ledger.GiveAsync(
                account.Customer, consent.Code, consent.Version, channel, $"{account} {consent.Code} {consent.Version} {key}");
        }

        return given;
    }

    private bool IsRestricted(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return DataRestrictionShelf.Of(connection, customer) is not null;
    }

    private async Task<OtherAccounts> OthersAsync(CustomerId customer)
    {
        var (overdue, opened) = (0, 0);
        var behaviour = new List<Behaviour>();
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            if (await house.ReadAsync(AccountId.Of(customer, slot)) is { Lifecycle: not NotOpened } state)
            {
                overdue += state.DaysPastDue(house.BusinessDate) > 0 ? 1 : 0;
                opened += state.OpenedOn.AddDays(Month) > house.BusinessDate ? 1 : 0;
                behaviour.Add(Behaviour.Of(house.History(state.Id), house.Terms, state.Currency, house.BusinessDateOf(state.Id)));
            }
        }

        return new OtherAccounts(overdue, opened) { Behaviour = behaviour };
    }
}
