using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Disputes;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Tests;

namespace Mingzhang.Progress;

/// <summary>Plays random histories of purchases, refunds, disputes and corrections; refused steps belong to them.</summary>
internal sealed class SpendHistories(ProgressHouse house, int seed, long customer)
{
    private static readonly string[] Shops = ["盒马鲜生", "瑞幸咖啡", "京东商城", "滴滴出行"];

    private readonly Random _chance = new(seed);
    private readonly List<string> _purchases = [];
    private readonly List<string> _held = [];
    private readonly List<PostOfflinePurchase> _offline = [];
    private readonly Dictionary<string, long> _sequences = [];
    private readonly List<string> _disputes = [];
    private int _step;

    /// <summary>Accepted steps by kind, to see that a run did what it was made for.</summary>
    public Dictionary<string, int> Accepted { get; } = [];

    public async Task PlayAsync(int steps)
    {
        for (_step = 0; _step < steps; _step++)
        {
            if (_chance.Next(5) == 0)
            {
                await house.MoveAsync(house.House.BusinessDate.AddDays(_chance.Next(1, 8)));
            }

            var command = Next();
            var key = string.Create(CultureInfo.InvariantCulture, $"s{_step}");
            if (await house.SendAsync(customer, key, command) is null)
            {
                Keep(command);
                var late = command.EffectiveOn < house.House.BusinessDate ? "late " : "";
                Accepted[late + command.GetType().Name] = Accepted.GetValueOrDefault(late + command.GetType().Name) + 1;
            }
        }
    }

    private void Keep(AccountCommand command)
    {
        switch (command)
        {
            case AuthorisePurchase c: _held.Add(c.PurchaseId); break;
            case PostOfflinePurchase c:
                _offline.Add(c);
                _sequences[c.PurchaseId] = house.House.Rows(Sample.Account(customer))[^1].Sequence;
                break;

            // The rest: nothing that a later step asks for.
            default: break;
        }
    }

    private AccountCommand Next()
    {
        var today = house.House.BusinessDate;
        var day = _chance.Next(4) == 0 && today.AddDays(-20) > Sample.Start ? today.AddDays(-_chance.Next(1, 20)) : today;
        return _chance.Next(14) switch
        {
            0 or 1 or 2 => new PostOfflinePurchase(New(), Amount(), "shop", Shop()) { EffectiveOn = day },
            3 or 4 => new AuthorisePurchase(New(), Amount(), _chance.Next(2) == 0 ? "shop" : "online", Shop()) { EffectiveOn = day },
            5 or 6 => new CapturePurchase(Held(), Sample.Cny(_chance.Next(1, 12) * 100), _chance.Next(2) == 0) { EffectiveOn = day },
            7 => new ConfirmReceipt(Held()) { EffectiveOn = day },
            8 => new ReleaseHold(Held()) { EffectiveOn = day },
            9 => new ReceiveRefund(Id("f"), _chance.Next(3) == 0 ? null : Known(), Amount()) { EffectiveOn = day },
            10 when _disputes.Count == 0 || _chance.Next(2) == 0 => Dispute(day),
            10 => new ResolveDispute(_disputes[^1], _chance.Next(3) == 0 ? DisputeOutcome.Rejected : DisputeOutcome.Upheld)
            {
                EffectiveOn = day,
            },
            11 => new ReceiveRepayment(Id("r"), [new RepaymentSource("card", Amount())], null, Actor.Channel) { EffectiveOn = day },
            12 => new ReverseFact(_chance.Next(1, _step + 3), "wrong") { EffectiveOn = today },
            _ when _offline.Count > 0 => Amend(_offline[_chance.Next(_offline.Count)], today),
            _ => new ReleaseHold(Held()) { EffectiveOn = day },
        };
    }

    private OpenDispute Dispute(DateOnly day)
    {
        _disputes.Add(Id("d"));
        return new OpenDispute(_disputes[^1], new DebtName(Known(), null, null), "not mine") { EffectiveOn = day };
    }

    private AmendFact Amend(PostOfflinePurchase wrong, DateOnly today) => new(
        _sequences[wrong.PurchaseId], wrong with { Amount = Amount(), Merchant = Shop() }, "wrong") { EffectiveOn = today };

    private string Held() => _held.Count == 0 ? "none" : _held[_chance.Next(Math.Max(0, _held.Count - 3), _held.Count)];

    private string New()
    {
        _purchases.Add(Id("p"));
        return _purchases[^1];
    }

    private string Known() => _purchases.Count == 0 ? "none"
        : _purchases[_chance.Next(Math.Max(0, _purchases.Count - 6), _purchases.Count)];

    private string Shop() => Shops[_chance.Next(Shops.Length)];

    private Money Amount() => Sample.Cny(_chance.Next(1, 60) * 100);

    private string Id(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{customer}-{_step}");
}
