using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Services.Tickets.Identity;

namespace Mingzhang.Web.Tickets;

/// <summary>The people of this house: bound phones, the ends of identity numbers, and those of the cards their accounts have.</summary>
internal sealed class HouseKnownPeople(CreditHouse house, PersonShelf people, AccountReader reader) : IKnownPeople
{
    /// <inheritdoc/>
    public async Task<KnownPerson?> ByPhoneAsync(string phone)
    {
        // A short text would be looked for as the last four of somebody.
        if (phone.Length < 6 || people.Find(people.Search(phone)).FirstOrDefault(one => one.Phone == phone) is not { } person)
        {
            return null;
        }

        var lastFours = new List<string>();
        if (person.IdNumber.Length >= 4)
        {
            lastFours.Add(person.IdNumber[^4..]);
        }

        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            if (await reader.FindAsync(AccountId.Of(person.Customer, slot)) is { State.Card: { } card })
            {
                lastFours.Add(card.LastFour);
            }
        }

        return new KnownPerson(person.Customer, lastFours);
    }
}
