using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Instalments;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Progress.Spend;

namespace Mingzhang.Services.Reading;

/// <summary>One thing that happened to money or limit, for a list of recent activity.</summary>
/// <param name="On">Economic date.</param>
/// <param name="Event">Event name, such as <c>purchase-posted</c>.</param>
/// <param name="Label">Merchant, when there is one.</param>
/// <param name="Scene">Scene of the purchase, when there is one.</param>
/// <param name="Amount">Taken from the borrower negative, given positive; null when it moved none.</param>
public sealed record ActivityLine(DateOnly On, string Event, string? Label, string? Scene, Money? Amount);

/// <summary>Where a purchase was made.</summary>
/// <param name="Merchant">The merchant's name.</param>
/// <param name="Scene">The scene's code.</param>
public sealed record ActivityShop(string Merchant, string Scene);

/// <summary>A line's place in the journal: the entry, and the event in it from 0.</summary>
public readonly record struct ActivityPlace(long Sequence, int Event)
{
    /// <summary>Whether it was booked before another.</summary>
    public bool IsOlderThan(ActivityPlace other) => (Sequence, Event).CompareTo((other.Sequence, other.Event)) < 0;
}

/// <summary>Which lines are wanted.</summary>
/// <param name="Before">Only what was booked before this one; null = from the latest on.</param>
/// <param name="From">Nothing of before this day; null = from the beginning.</param>
/// <param name="Fits">Whether a line is wanted.</param>
/// <param name="Most">At most so many.</param>
public sealed record ActivityAsk(ActivityPlace? Before, DateOnly? From, Func<ActivityLine, bool> Fits, int Most);

/// <summary>Lines as they were booked, latest first.</summary>
/// <param name="Lines">Them.</param>
/// <param name="Older">Before which the next ones stand; null = there are none.</param>
public sealed record ActivityFound(IReadOnlyList<ActivityLine> Lines, ActivityPlace? Older);

/// <summary>Reads activity page by page.</summary>
public sealed class ActivityReader(CreditHouse house, SpendDesk spend)
{
    /// <summary>The latest lines as they were booked; of the journal only what it takes.</summary>
    public IReadOnlyList<ActivityLine> Latest(AccountView view, int most)
    {
        IReadOnlyList<HistoryEntry> Read(long after, long upTo) =>
            [.. view.Latest.SkipWhile(entry => entry.Sequence > upTo).TakeWhile(entry => entry.Sequence > after).Reverse()];
        var ask = new ActivityAsk(null, null, static _ => true, most);
        return Activity.Page(view, ask, Read, purchase => spend.ShopOf(view.State.Id, purchase)).Lines;
    }

    /// <summary>A page; of the journal only what it takes to fill it.</summary>
    public ActivityFound Find(AccountView view, ActivityAsk ask) => Activity.Page(
        view, ask, (after, upTo) => house.History(view.State.Id, after, upTo), purchase => spend.ShopOf(view.State.Id, purchase));
}

/// <summary>Recent activity of an account, latest first.</summary>
public static class Activity
{
    /// <summary>Journal entries that are read at a time.</summary>
    public const int Step = 100;

    /// <summary>Everything a borrower would recognise, latest economic day first; reads the whole history.</summary>
    public static IReadOnlyList<ActivityLine> Of(AccountView view)
    {
        var asked = ShopsOf(view.History);
        var lines = view.History.SelectMany(entry => entry.Events)
            .Select(happened => LineOf(happened, view.State, asked.GetValueOrDefault)).OfType<ActivityLine>().ToList();
        lines.Reverse();
        return [.. lines.OrderByDescending(line => line.On)];
    }

    /// <summary>A page of it, as it was booked.</summary>
    /// <param name="view">The account; its history is not read.</param>
    /// <param name="ask">Which lines.</param>
    /// <param name="read">Reads the entries after a sequence and up to another.</param>
    /// <param name="shopOf">Where a purchase was made that is long settled; null when nobody knows.</param>
    public static ActivityFound Page(
        AccountView view, ActivityAsk ask, Func<long, long, IReadOnlyList<HistoryEntry>> read, Func<string, ActivityShop?> shopOf)
    {
        var (lines, last) = (new List<ActivityLine>(), default(ActivityPlace));
        for (var upTo = Math.Min(ask.Before?.Sequence ?? long.MaxValue, view.State.Version); upTo > 0; upTo -= Step)
        {
            var entries = read(Math.Max(0, upTo - Step), upTo);
            var near = ShopsOf(entries);
            ActivityShop? Shop(string purchase) => near.GetValueOrDefault(purchase) ?? Known(view.State, purchase) ?? shopOf(purchase);
            foreach (var entry in entries.Reverse())
            {
                // What was booked before a day did not happen after it.
                if (entry.BookedOn < ask.From)
                {
                    return new ActivityFound(lines, null);
                }

                for (var i = entry.Events.Count - 1; i >= 0; i--)
                {
                    var place = new ActivityPlace(entry.Sequence, i);
                    if ((ask.Before is { } before && !place.IsOlderThan(before))
                        || LineOf(entry.Events[i], view.State, Shop) is not { } line || !ask.Fits(line))
                    {
                        continue;
                    }

                    if (lines.Count == ask.Most)
                    {
                        return new ActivityFound(lines, last);
                    }

                    lines.Add(line);
                    last = place;
                }
            }
        }

        return new ActivityFound(lines, null);
    }

    private static Dictionary<string, ActivityShop> ShopsOf(IEnumerable<HistoryEntry> entries)
    {
        var shops = new Dictionary<string, ActivityShop>(StringComparer.Ordinal);
        foreach (var happened in entries.SelectMany(entry => entry.Events))
        {
            if (happened is PurchaseAuthorised { Fact: var asked })
            {
                shops[asked.PurchaseId] = new ActivityShop(asked.Merchant, asked.Scene);
            }
            else if (happened is OfflinePurchaseTaken { Fact: var taken })
            {
                shops[taken.PurchaseId] = new ActivityShop(taken.Merchant, taken.Scene);
            }
        }

        return shops;
    }

    private static ActivityShop? Known(AccountState state, string purchase) =>
        state.Purchases.Find(one => one.Id == purchase) is { } found ? new ActivityShop(found.Merchant, found.Scene) : null;

    private static ActivityLine? LineOf(AccountEvent happened, AccountState state, Func<string, ActivityShop?> shopOf)
    {
        var name = EventNames.Of(happened);
        return happened switch
        {
            PurchaseAuthorised e => state.Purchases.Any(p => p.Id == e.Fact.PurchaseId && p.Held.IsPositive)
                ? new ActivityLine(e.EffectiveOn, name, e.Fact.Merchant, e.Fact.Scene, -e.Fact.Amount)
                : null,
            PurchasePosted e => shopOf(e.PurchaseId) is { } shop
                ? new ActivityLine(e.EffectiveOn, name, shop.Merchant, shop.Scene, -e.Amount)
                : new ActivityLine(e.EffectiveOn, name, null, null, -e.Amount),
            RepaymentReceived e => new ActivityLine(e.EffectiveOn, name, null, null, e.Amount),
            RefundReceived e => new ActivityLine(
                e.EffectiveOn, name, e.Fact.PurchaseId is { } id ? shopOf(id)?.Merchant : null, null,
                e.Fact.Amount),
            InterestPosted e => new ActivityLine(e.EffectiveOn, name, null, null, -e.Amount),
            OverdueChargePosted e => new ActivityLine(e.EffectiveOn, name, null, null, -e.Amount),
            LoanDisbursed e => new ActivityLine(e.EffectiveOn, name, null, null, e.Loan.Principal),
            LoanAccrualPosted e => new ActivityLine(e.EffectiveOn, name, null, null, -e.Amount),
            EarlyFeePosted e => new ActivityLine(e.EffectiveOn, name, null, null, -e.Amount),
            PlanStarted e => new ActivityLine(e.EffectiveOn, name, null, null, null),
            LoanSettled e => new ActivityLine(e.EffectiveOn, name, null, null, null),
            CreditBalanceReturned e => new ActivityLine(e.EffectiveOn, name, null, null, -e.Fact.Amount),
            AccountCorrected e => new ActivityLine(
                e.EffectiveOn, name, null, null,
                e.Late is ReceiveRepayment late ? late.Sources.Sum(state.Currency, source => source.Amount) : null),
            // The rest: nothing a borrower would look for in a list of money.
            _ => null,
        };
    }
}
