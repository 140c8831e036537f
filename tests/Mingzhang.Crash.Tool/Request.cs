using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Crash.Tool;

/// <summary>A command in one line of text: customer, key, day, verb, id, amount. The same line always makes the same command.</summary>
public sealed record Request(long Customer, string Key, DateOnly On, string Verb, string Id, long Fen)
{
    public AccountId Account => AccountId.Of(new CustomerId(Customer), House.Terms.Slot);

    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Customer} {Key} {On:yyyy-MM-dd} {Verb} {Id} {Fen}");

    public static Request Parse(ReadOnlySpan<string> words) => new(
        long.Parse(words[0], CultureInfo.InvariantCulture), words[1], DateOnly.ParseExact(words[2], "yyyy-MM-dd",
            CultureInfo.InvariantCulture),
        words[3], words[4], long.Parse(words[5], CultureInfo.InvariantCulture));

    public CommandEnvelope Envelope(string? key = null) => new(Account, key ?? Key, Command(), "crash");

    private AccountCommand Command()
    {
        Money amount = Money.Of(Fen, Currency.Cny);
        return Verb switch
        {
            "open" => new OpenAccount(
                Account, House.Terms.Code, House.Terms.Version, ValueList.From(House.Terms.RequiredConsents.Select(c => new Consent(c,
                    "1"))),
                new BankCard("tok", "1234"), new Assessment("as", true, amount, "m", null), null) { EffectiveOn = On },
            "authorise" => new AuthorisePurchase(Id, amount, "dining", "m") { EffectiveOn = On },
            "capture" => new CapturePurchase(Id, amount, true) { EffectiveOn = On },
            "offline" => new PostOfflinePurchase(Id, amount, "dining", "m") { EffectiveOn = On },
            "repay" => new ReceiveRepayment(Id, [new RepaymentSource("card", amount)], null, Actor.Channel) { EffectiveOn = On },
            "refund" => new ReceiveRefund(Id, null, amount) { EffectiveOn = On },
            "limit" => new SetLimit(amount, Actor.Staff, "r") { EffectiveOn = On },
            _ => throw new InvalidOperationException(Verb),
        };
    }
}
