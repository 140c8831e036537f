using Mingzhang.Domain.Values;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.People;

namespace Mingzhang.Web.Notices;

/// <summary>Finds addresses in the people store, where they are sealed.</summary>
internal sealed class PeopleAddresses(PersonShelf people) : IAddressBook
{
    /// <inheritdoc/>
    public Recipient? Find(CustomerId customer) => people.Find(customer) is { } person
        ? new Recipient(person.Name, person.MaskedName, person.Phone, person.Email) : null;

    /// <inheritdoc/>
    public async Task<bool> ChangeEmailAsync(CustomerId customer, string email) =>
        people.Find(customer) is { } person && await people.ChangeAsync(person with { Email = email });
}
