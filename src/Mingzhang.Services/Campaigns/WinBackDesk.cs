using System.Globalization;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Leaving;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Progress.State;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Campaigns;

/// <summary>
/// Invites people to open progress management again (R028): once a business day, only who agreed to offers, by a dated rule of the house.
/// Nobody else is looked at: who did not agree is in no list. Its messages ask the contact governor like all others.
/// </summary>
public sealed class WinBackDesk(
    CreditHouse house, AccountReader reader, ProgressDesk progress, NoticeDesk notices, CampaignBook book, CampaignStops stops)
    : IOpenOffers
{
    /// <summary>The kind of its message.</summary>
    public const string Kind = "win-back";

    private const int Page = 50;

    private DateOnly _done;

    /// <summary>Looks once at today's accounts; how many people were invited.</summary>
    public async Task<int> GoOnAsync(CancellationToken cancel)
    {
        var today = house.BusinessDate;
        if (today == _done)
        {
            return 0;
        }

        var invited = 0;
        if (book.RuleOn(today) is { } rule)
        {
            for (AccountId? after = null; ;)
            {
                var page = Next(today.AddDays(-rule.ClosedDays), after);
                foreach (var account in page)
                {
                    cancel.ThrowIfCancellationRequested();
                    invited += await LookAsync(account, rule) ? 1 : 0;
                }

                if (page.Count < Page)
                {
                    break;
                }

                after = page[^1];
            }
        }

        await house.WriteAsync((connection, transaction) => WinBackShelf.Sweep(connection, transaction, today));
        _done = today;
        return invited;
    }

    /// <summary>Who agreed to offers and is in the segment, or was invited and refused; the latest first.</summary>
    public IReadOnlyList<WinBackMember> Members(int most)
    {
        using var connection = house.OpenReadOnly();
        return WinBackShelf.All(connection, most);
    }

    /// <summary>What became of invitations.</summary>
    public WinBackFigures Figures()
    {
        using var connection = house.OpenReadOnly();
        return WinBackShelf.Figures(connection);
    }

    /// <summary>A person's accounts in it.</summary>
    public IReadOnlyList<WinBackMember> Of(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        return WinBackShelf.Of(connection, customer);
    }

    /// <inheritdoc/>
    public IReadOnlyList<OpenOffer> OpenFor(AccountView view) =>
        Of(view.State.Id.Customer).Any(one => one.Account == view.State.Id && one.State == "invited")
            ? [new OpenOffer(Kind, null)] : [];

    /// <summary>The person wants no offers any more, over no channel; what was kept about them for it goes.</summary>
    public async Task RefuseAsync(CustomerId customer, WishDesk wishes)
    {
        await wishes.KeepAsync(customer, [.. Wishes.Channels.Select(channel => new Wish(Wishes.Offers, channel, false))]);
        await house.WriteAsync((connection, transaction) => WinBackShelf.MarkRefused(connection, transaction, customer));
    }

    private async Task<bool> LookAsync(AccountId account, WinBackRule rule)
    {
        if (!MayLookAt(account.Customer) || progress.Of(account).Current is not { } closure
            || await reader.FindAsync(account) is not { State.Lifecycle: Domain.Accounts.Active } view)
        {
            return false;
        }

        var paid = FullPayment.Of(view.History, view.Book, closure.ClosedOn, view.Today);
        var usual = Behaviour.Of(view.History, view.Book, view.State.Currency, view.Today).Usual;
        var facts = new WinBackFacts(
            closure.DaysOn(view.Today), paid.Due, paid.Short, view.State.TotalLimit.MinorUnits, usual.MinorUnits);
        var stopped = stops.IsStopped(CampaignBook.WinBackCode);
        return rule.Fits(facts) && await house.WriteAsync((connection, transaction) =>
        {
            var known = WinBackShelf.Of(connection, account.Customer, transaction);
            var last = known.Select(one => one.InvitedOn).Max();
            var before = known.FirstOrDefault(one => one.Account == account)?.InvitedOn;
            var due = !stopped && (last is not { } on || on.AddDays(rule.PauseDays) <= view.Today);
            WinBackShelf.Put(connection, transaction, new WinBackMember(
                account, stopped ? "waiting" : due || before == view.Today ? "invited" : "resting", rule.Version, view.Today,
                due ? view.Today : before, facts));
            if (due)
            {
                notices.Tell(
                    connection, transaction, account.Customer, account, Kind,
                    string.Create(CultureInfo.InvariantCulture, $"{account}-{view.Today:yyyyMMdd}"),
                    new Dictionary<string, string> { ["days"] = facts.ClosedDays.ToString(CultureInfo.InvariantCulture) });
            }

            return due;
        });
    }

    // Consent comes before looking: a profile for offers of who never agreed to them is not made.
    private bool MayLookAt(CustomerId customer)
    {
        using var connection = house.OpenReadOnly();
        var wishes = WishShelf.Of(connection, customer);
        return Wishes.Channels.Any(wishes.AgreesToMarketing) && DataRestrictionShelf.Of(connection, customer) is null;
    }

    private IReadOnlyList<AccountId> Next(DateOnly until, AccountId? after)
    {
        using var connection = house.OpenReadOnly();
        return WinBackShelf.ClosedUntil(connection, until, after, Page);
    }
}
