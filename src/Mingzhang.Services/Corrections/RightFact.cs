using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Corrections;

/// <summary>The right fact in the place of a wrong one, from what people type: another amount, another day.</summary>
public static class RightFact
{
    /// <summary>The fact at a sequence with what differs; null when there is no such fact, or it has no amount to change.</summary>
    public static AccountCommand? Of(AccountView view, long sequence, Money? amount, DateOnly? day)
    {
        var booked = view.History.FirstOrDefault(entry => entry.Sequence == sequence)?.Events
            .Select(happened => happened.Recorded).FirstOrDefault(recorded => recorded is not null);
        var changed = amount is { } right && booked is not null ? WithAmount(booked, right) : booked;
        return changed is null ? null : changed with { EffectiveOn = day ?? changed.EffectiveOn };
    }

    private static AccountCommand? WithAmount(AccountCommand fact, Money amount) => fact switch
    {
        ReceiveRepayment { Sources.Count: > 0 } c => c with { Sources = [c.Sources[0] with { Amount = amount }] },
        ReceiveRefund c => c with { Amount = amount },
        AnnounceRefund c => c with { Amount = amount },
        PostOfflinePurchase c => c with { Amount = amount },
        CapturePurchase c => c with { Amount = amount },
        AuthorisePurchase c => c with { Amount = amount },
        SubmitPayment c => c with { Amount = amount },
        ReturnCreditBalance c => c with { Amount = amount },
        SetLimit c => c with { Total = amount },
        GrantTemporaryLimit c => c with { Limit = c.Limit with { Amount = amount } },
        SetSceneLimit c => c with { Limit = c.Limit with { Amount = amount } },
        // The rest: facts without an amount.
        _ => null,
    };
}
