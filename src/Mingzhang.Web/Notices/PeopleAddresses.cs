using Mingzhang.Domain.Values;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Notices;

/// <summary>Finds addresses in the people store.</summary>
internal sealed class PeopleAddresses(PeopleStore people) : IAddressBook
{
    /// <inheritdoc/>
    public Recipient? Find(CustomerId customer) => people.Find(customer) is { } person
        ? new Recipient(person.Name, NoticeWords.Masked(person.Name), person.Phone, "") : null;

    /// <inheritdoc/>
    public Task<bool> ChangeEmailAsync(CustomerId customer, string email) => Task.FromResult(false);
}
