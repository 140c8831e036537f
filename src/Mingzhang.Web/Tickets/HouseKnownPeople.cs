using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets.Identity;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tickets;

/// <summary>The people of this host: bound phones, and the last four digits of the cards their accounts have.</summary>
internal sealed class HouseKnownPeople(CreditHouse house, PeopleStore people, AccountReader reader) : IKnownPeople
{
    /// <inheritdoc/>
    public async Task<KnownPerson?> ByPhoneAsync(string phone)
    {
        if (phone.Length < 6 || people.Search(phone).FirstOrDefault(one => one.Phone == phone) is not { } person)
        {
            return null;
        }

        var customer = new CustomerId(person.CustomerId);
        var lastFours = new List<string>();
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            if (await reader.FindAsync(AccountId.Of(customer, slot)) is { State.Card: { } card })
            {
                lastFours.Add(card.LastFour);
            }
        }

        return new KnownPerson(customer, lastFours);
    }
}
