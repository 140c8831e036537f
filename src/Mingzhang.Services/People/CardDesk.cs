using Mingzhang.Channel;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.People;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Payments;

namespace Mingzhang.Services.People;

/// <summary>Binds and removes bank cards. The number goes to the bank, which answers with a token, and nowhere else.</summary>
public sealed class CardDesk(CreditHouse house, CardShelf cards, ICardIssuer bank, TransferDesk transfers)
{
    private const int Recent = 200;

    /// <summary>
    /// Binds a card whose number was read. Refused (910) when the bank does not answer with a token; nothing is kept then.
    /// </summary>
    public async Task<CardAnswer> AddAsync(CustomerId customer, BankCardNumber number, CancellationToken cancel)
    {
        var token = await bank.TokenOfAsync(number.Digits, cancel);
        if (token is null)
        {
            return new CardAnswer(null, new CardNotTaken());
        }

        var issuer = number.Issuer;
        var card = await cards.AddAsync(
            customer, token, number.Tail, issuer?.Bank ?? "", issuer is null ? "" : WordOf(issuer.Kind));
        return card is null ? new CardAnswer(null, new PersonUnknown()) : new CardAnswer(card, null);
    }

    /// <summary>
    /// Removes a card. Refused when there is none of that name (911), when it is the only one and automatic repayment is on (912), and
    /// while a transfer of it is under way or planned (913).
    /// </summary>
    public async Task<CardAnswer> RemoveAsync(CustomerId customer, string id)
    {
        var all = cards.Of(customer);
        if (all.FirstOrDefault(one => one.Id == id) is not { } card)
        {
            return new CardAnswer(null, new CardUnknown());
        }

        foreach (var account in await AccountsAsync(customer))
        {
            if (all.Count == 1 && account.AutoRepaySources.Count > 0)
            {
                return new CardAnswer(null, new CardRepaysAutomatically(account.Id));
            }

            if (transfers.Of(account.Id, Recent).FirstOrDefault(one => one.Token == card.Token && !one.IsOver) is { } moving)
            {
                return new CardAnswer(null, new CardMovesMoney(moving.Id));
            }

            if (PlannedFrom(card, account.Id) is { } planned)
            {
                return new CardAnswer(null, new CardMovesMoney(PlannedDesk.IdOf(planned)));
            }
        }

        return await cards.RemoveAsync(customer, id) ? new CardAnswer(card, null) : new CardAnswer(null, new CardUnknown());
    }

    /// <summary>debit, credit, semi-credit or prepaid.</summary>
    public static string WordOf(CardKind kind) => kind switch
    {
        CardKind.Debit => "debit", CardKind.Credit => "credit", CardKind.SemiCredit => "semi-credit", CardKind.Prepaid => "prepaid",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private AutoDebit? PlannedFrom(BoundCard card, AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return AutoDebitShelf.Of(connection, account, Recent)
            .FirstOrDefault(one => one.State == AutoDebitState.Waiting && one.Sources.Contains(card.Token));
    }

    private async Task<List<AccountState>> AccountsAsync(CustomerId customer)
    {
        var found = new List<AccountState>();
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            if (await house.ReadAsync(AccountId.Of(customer, slot)) is { Lifecycle: not NotOpened } state)
            {
                found.Add(state);
            }
        }

        return found;
    }
}
