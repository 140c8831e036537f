using Mingzhang.Services.People;
using Mingzhang.Services.Tickets.Identity;

namespace Mingzhang.Web.Tickets;

/// <summary>The people of this house by their bound phones.</summary>
internal sealed class HouseKnownPeople(PersonShelf people) : IKnownPeople
{
    /// <inheritdoc/>
    public Task<KnownPerson?> ByPhoneAsync(string phone)
    {
        // A short text would be looked for as the last four of somebody.
        var person = phone.Length < 6 ? null : people.Find(people.Search(phone)).FirstOrDefault(one => one.Phone == phone);
        return Task.FromResult(person is null
            ? null
            : new KnownPerson(person.Customer, person.IdNumber.Length >= 4 ? person.IdNumber[^4..] : ""));
    }
}
