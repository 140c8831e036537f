using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Leaving;

/// <summary>
/// What ends when a closing is confirmed: benefits, services that use the line, optional data sharing (R065, R133). What another line of
/// the person needs stays, and so does the consent to offers while another line is used: it is the person's, not this line's (R052).
/// </summary>
public sealed class LeaveEnding(CreditHouse house, ConsentLedger consents, WishDesk wishes, NoticeDesk notices, AccountReader reader)
{
    /// <summary>The notice told of it.</summary>
    public const string Told = "closing-ended-sharing";

    /// <summary>What no line of the person needs: consents that end with a closing.</summary>
    /// <remarks>A consent that a living line's terms require stays; reporting of debts is by law and ends when they are settled.</remarks>
    public async Task<IReadOnlyList<string>> OptionalAsync(AccountView view)
    {
        var needed = new HashSet<string>(view.Terms.RequiredConsents, StringComparer.Ordinal);
        foreach (var other in await OthersAsync(view))
        {
            needed.UnionWith(other.Terms.RequiredConsents);
        }

        return [.. consents.Of(view.State.Id.Customer).GroupBy(line => line.Code)
            .Where(group => group.Last().Given && !needed.Contains(group.Key)).Select(group => group.Key)];
    }

    /// <summary>Ends them; doing it again changes nothing more.</summary>
    public async Task BeginAsync(AccountView view, string channel, string key, string actor)
    {
        var customer = view.State.Id.Customer;
        await house.WriteAsync((connection, transaction) =>
            BenefitDesk.Forfeit(connection, transaction, view.State.Id, view.Today));
        // Where the ledger runs off itself, its confirmation has ended them; a closed account is not woken for it.
        var waits = await house.ReadAsync(view.State.Id) is { Lifecycle: Active } state ? state.LinkedServices : [];
        foreach (var service in waits)
        {
            await house.SubmitAsync(new CommandEnvelope(
                view.State.Id, $"{channel}:{key}:{service}", new SetLinkedService(service, false) { EffectiveOn = view.Today }, actor));
        }

        var ended = await OptionalAsync(view);
        foreach (var code in ended)
        {
            await consents.WithdrawAsync(customer, code, channel, key + ":" + code, actor);
        }

        var marketing = await EndsOfferMessagesAsync(view);
        if (marketing)
        {
            await MuteAsync(customer);
        }

        if (ended.Count > 0 || marketing)
        {
            await notices.TellAsync(
                customer, view.State.Id, Told, $"{view.State.Id}-{key}"[..Math.Min(90, $"{view.State.Id}-{key}".Length)],
                new Dictionary<string, string>
                {
                    ["count"] = (ended.Count + (marketing ? 1 : 0)).ToString(CultureInfo.InvariantCulture),
                });
        }
    }

    /// <summary>Whether the person agreed to messages about offers, and uses no other line.</summary>
    public async Task<bool> EndsOfferMessagesAsync(AccountView view) =>
        Wishes.Channels.Any(wishes.Of(view.State.Id.Customer).AgreesToMarketing)
        && !(await OthersAsync(view)).Exists(other => other.State.Lifecycle is Active
            && !other.State.Restrictions.Any(one => one.Id == LeaveDesk.StopId));

    private async Task<List<AccountView>> OthersAsync(AccountView view)
    {
        var found = new List<AccountView>();
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            var id = AccountId.Of(view.State.Id.Customer, slot);
            if (id != view.State.Id && await reader.GlanceAsync(id) is { } other)
            {
                found.Add(other);
            }
        }

        return found;
    }

    /// <summary>Takes back the consent to offers.</summary>
    private async Task MuteAsync(CustomerId customer)
    {
        var now = wishes.Of(customer);
        await wishes.TakeAsync(
            customer, (kind, channel) => kind.Class != NoticeClass.Marketing && now.Wants(kind, channel), now.AgreesToNight,
            now.WantsEnglish);
    }
}
