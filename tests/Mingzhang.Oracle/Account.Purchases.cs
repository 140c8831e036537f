namespace Mingzhang.Oracle;

/// <summary>Limit, holds, captures, refunds.</summary>
public sealed partial class Account
{
    private Buy? Purchase(string id) => _buys.FindLast(b => b.Id == id && !MayBeForgotten(b));

    private BigInteger Available(string? pool)
    {
        BigInteger available = pool is null ? _limit : _scenePools.GetValueOrDefault(pool);
        if (pool is null)
        {
            foreach (TempLimit t in _temporary.Where(t => t.From <= _today && _today < t.Until))
            {
                available += t.Amount;
            }
        }

        foreach (Buy buy in _buys.Where(b => b.Held > 0 && b.Pool == pool))
        {
            available -= buy.Held;
        }

        foreach (Request request in _requests)
        {
            available -= pool is null ? request.Fact.Amount : 0;
        }

        foreach (Item item in _items.Where(i => i.Component == 'P' && i.Pool == pool))
        {
            available -= item.Unpaid;
        }

        return available;
    }

    private string? PoolFor(string scene, BigInteger amount) => _scenePools.ContainsKey(scene) && Available(scene) >= amount ? scene : null;

    private BigInteger SpentToday => _spentOn == _today ? _spentToday : 0;

    private void ChangeHold(Buy buy, BigInteger by)
    {
        buy.Held += by;
        Book(9101, by, 9102);
    }

    private void Authorise(Fact fact)
    {
        SceneRule scene = terms.Scenes[fact.Scene];
        Buy buy = new() { Id = fact.Id, Scene = scene, On = _today, Pool = PoolFor(fact.Scene, fact.Amount),
            HoldEnds = _today.AddDays(scene.HoldDays), Checkout = fact.Checkout };
        _buys.Add(buy);
        _spentToday = SpentToday + fact.Amount;
        _spentOn = _today;
        ChangeHold(buy, fact.Amount);
    }

    private void Offline(Fact fact)
    {
        SceneRule scene = terms.Scenes.GetValueOrDefault(fact.Scene) ?? new SceneRule(fact.Scene, false, 0, 0);
        Buy buy = new() { Id = fact.Id, Scene = scene, On = _today, FinallyCaptured = true };
        _buys.Add(buy);
        Post(buy, fact.Amount);
    }

    private void Capture(Fact fact)
    {
        Buy buy = Purchase(fact.Id)!;
        if (buy.Scene.AtReceipt)
        {
            buy.Waiting += fact.Amount;
            buy.CountsAsConfirmedOn = _today.AddDays(buy.Scene.AutoConfirmDays);
            buy.HoldEnds = null;
        }
        else
        {
            ChangeHold(buy, -fact.Amount);
            Post(buy, fact.Amount);
        }

        if (fact.Yes)
        {
            buy.FinallyCaptured = true;
            ChangeHold(buy, buy.Waiting - buy.Held);
        }
    }

    private void Confirm(Buy buy)
    {
        BigInteger amount = buy.Waiting;
        buy.Waiting = 0;
        buy.CountsAsConfirmedOn = null;
        ChangeHold(buy, -buy.Held);
        if (amount > 0)
        {
            Post(buy, amount);
        }
    }

    private BigInteger Refundable(Buy buy) => buy.Held + buy.Posted - buy.RefundedAfterPosting;

    private void Refund(Fact fact)
    {
        int before = DaysPastDue();
        _moneyIds[fact.Id] = _today;
        _ = _pendingRefunds.Remove(fact.Id);
        BigInteger money = fact.Amount;
        if (fact.Purchase is { } id && Purchase(id) is { } buy)
        {
            BigInteger fromHold = BigInteger.Min(money, buy.Held);
            ChangeHold(buy, -fromHold);
            buy.Waiting = BigInteger.Max(0, buy.Waiting - fromHold);
            money -= fromHold;
            buy.RefundedAfterPosting += money;
        }

        _credits += money;
        if (fact.Mode == 'C' && fact.Purchase is not null && _loans.Exists(l => l.Purchase == fact.Purchase))
        {
            _credit += money;
            Book(2101, money, 2001);
            return;
        }

        if (fact.Purchase is not null)
        {
            money = CancelRows(fact.Purchase, money, fact.Mode);
            foreach (Item item in InOrder(_items.Where(i => i.Purchase == fact.Purchase)))
            {
                money = PayItem(item, money, PayKind.Refund, 2101);
            }
        }

        money = Spread(money, PayKind.Refund, 2101);
        DropSettledLoans();
        _credit += money;
        Book(2101, money, 2001);
        Cure(before);
    }
}
