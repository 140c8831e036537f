using Mingzhang.Channel;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Payments;

/// <summary>
/// Agreements to debit bank accounts automatically. Switching automatic repayment on is the first agreement for its bank account; one that
/// was ended by the borrower or at the bank comes back only when the borrower agrees again.
/// </summary>
public sealed class MandateDesk(CreditHouse house, IPaymentChannel channel)
{
    /// <summary>Those of an account, ended ones included.</summary>
    public IReadOnlyList<Mandate> Of(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return MandateShelf.Of(connection, account);
    }

    /// <summary>The mandate under which a bank account may be debited; null when it was ended, or the bank has not answered yet.</summary>
    public async Task<Mandate?> InForceAsync(AccountId account, string token, CancellationToken cancel)
    {
        var mandate = Of(account).FirstOrDefault(one => one.Token == token) ?? await KeepAsync(New(account, token, turn: 1));
        return mandate.EndedOn is null ? await RegisterAsync(mandate, cancel) : null;
    }

    /// <summary>The borrower agrees, or agrees again.</summary>
    public async Task<Mandate> AgreeAsync(AccountId account, string token, CancellationToken cancel)
    {
        var mandate = Of(account).FirstOrDefault(one => one.Token == token);
        var agreed = mandate is { EndedOn: null } ? mandate : await KeepAsync(New(account, token, (mandate?.Turn ?? 0) + 1));
        return await RegisterAsync(agreed, cancel) ?? agreed;
    }

    /// <summary>The borrower ends all of an account; the bank is told.</summary>
    public async Task EndAsync(AccountId account, CancellationToken cancel)
    {
        foreach (var mandate in Of(account).Where(one => one.EndedOn is null))
        {
            var ended = await KeepAsync(mandate with
            {
                EndedOn = house.BusinessDateOf(account), EndedBy = "borrower", Registered = false,
            });
            await RegisterAsync(ended, cancel);
        }
    }

    /// <summary>The bank refused a debit because the customer had ended the mandate there.</summary>
    public async Task EndedAtBankAsync(AccountId account, string token)
    {
        if (Of(account).FirstOrDefault(one => one.Token == token && one.EndedOn is null) is { } mandate)
        {
            await KeepAsync(mandate with { EndedOn = house.BusinessDateOf(account), EndedBy = "bank", Registered = true });
        }
    }

    private async Task<Mandate?> RegisterAsync(Mandate mandate, CancellationToken cancel)
    {
        if (mandate.Registered)
        {
            return mandate;
        }

        var knows = await channel.MandateAsync(
            new MandateOrder(mandate.Number, mandate.Token, mandate.Most, mandate.EndedOn is not null), cancel);
        return knows == true ? await KeepAsync(mandate with { Registered = true }) : null;
    }

    private Task<Mandate> KeepAsync(Mandate mandate) => house.WriteAsync((connection, transaction) =>
    {
        MandateShelf.Put(connection, transaction, mandate);
        return mandate;
    });

    private Mandate New(AccountId account, string token, int turn) => new()
    {
        Account = account, Token = token, Number = Mandate.NameOf(account, token, turn), Turn = turn,
        AgreedOn = house.BusinessDateOf(account),
    };
}
