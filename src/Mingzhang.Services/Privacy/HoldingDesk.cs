using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Privacy;

/// <summary>What is held about a person, why, and until when: three clocks worked out from the person's own accounts.</summary>
/// <remarks>Closed on 2026-07-31, ten years: until 2036-07-31. An overdue cured on 2026-03-05, five: shown until 2031-03-05.</remarks>
public sealed class HoldingDesk(
    CreditHouse house, AccountReader reader, ContactGovernor contacts, IEnumerable<IPersonPart> parts, PrivacyRules rules)
{
    private const int MostContacts = 1000;

    /// <summary>Everything held about a person.</summary>
    public async Task<IReadOnlyList<Holding>> OfAsync(CustomerId customer)
    {
        var accounts = await AccountsAsync(customer);
        var relation = Relation(accounts);
        var found = new List<Holding>();
        foreach (var account in accounts)
        {
            found.Add(Books(account));
            found.Add(Adverse(account));
        }

        found.Add(Collection(customer));
        // The events are the books of the accounts, which stand above one by one.
        found.AddRange(parts.Where(part => part.Code != PersonParts.Transactions
            && part.Clock is HoldingClock.Relation or HoldingClock.Product).Select(part =>
            part.Clock == HoldingClock.Relation ? relation with { Code = part.Code, Count = part.CountOf(customer) }
            : new Holding(part.Code, "", part.CountOf(customer), part.Clock, HoldingState.Over, null, null)));
        return [.. found.Select(one => one.Count == 0 && one.State != HoldingState.NotBegun
            ? one with { State = HoldingState.Nothing, From = null, Until = null } : one)];
    }

    private async Task<List<AccountView>> AccountsAsync(CustomerId customer)
    {
        var found = new List<AccountView>();
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct().Order())
        {
            if (await reader.FindAsync(AccountId.Of(customer, slot)) is { State.Lifecycle: not NotOpened } view)
            {
                found.Add(view);
            }
        }

        return found;
    }

    // The relation ends with the last account; without any there never was one.
    private Holding Relation(List<AccountView> accounts)
    {
        var ends = accounts.Select(EndOf).ToList();
        var latest = ends.Count == 0 || ends.Contains(null) ? null : ends.Max();
        return Dated(
            new Holding("", "", 1, HoldingClock.Relation, ends.Count == 0 ? HoldingState.Over : HoldingState.NotBegun, null, null),
            latest, rules.YearsKept);
    }

    private Holding Books(AccountView account) => Dated(
        new Holding(
            "account", account.State.Id.ToString(), account.History.Count, HoldingClock.Relation, HoldingState.NotBegun, null, null),
        EndOf(account), rules.YearsKept);

    private Holding Adverse(AccountView account)
    {
        var cured = account.History.SelectMany(entry => entry.Events).OfType<OverdueCured>().Select(one => (DateOnly?)one.EffectiveOn)
            .ToList();
        var owes = account.State.DaysPastDue(account.Today) > 0;
        var blank = new Holding(
            "adverse", account.State.Id.ToString(), cured.Count + (owes ? 1 : 0), HoldingClock.Adverse,
            owes ? HoldingState.NotBegun : HoldingState.Nothing, null, null);
        return owes || cured.Count == 0 ? blank : Dated(blank, cured.Max(), rules.YearsOfAdverse);
    }

    private Holding Collection(CustomerId customer)
    {
        var asked = contacts.Of(customer, MostContacts).Where(one => one.Purpose == NoticeClass.Collection).ToList();
        var last = asked.Count == 0 ? (DateOnly?)null : Tickets.Clocks.Deadlines.DayOf(asked.Max(one => one.At));
        return Dated(
            new Holding("collection", "", asked.Count, HoldingClock.Collection, HoldingState.Nothing, null, null), last,
            rules.YearsOfCollection);
    }

    private Holding Dated(Holding blank, DateOnly? from, int years) => from is not { } begun ? blank : blank with
    {
        From = begun, Until = begun.AddYears(years),
        State = begun.AddYears(years) > house.BusinessDate ? HoldingState.Runs : HoldingState.Over,
    };

    private static DateOnly? EndOf(AccountView account) => account.State.Lifecycle is Closed closed
        && !account.TotalDebt.IsPositive && !account.State.CreditBalance.IsPositive ? closed.ClosedOn : null;
}
