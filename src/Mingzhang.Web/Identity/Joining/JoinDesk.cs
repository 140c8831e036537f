using System.Security.Cryptography;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Web.Identity.Once;

namespace Mingzhang.Web.Identity.Joining;

/// <summary>
/// Takes somebody in who owns a phone number: the person, sealed, the log-in and the consent are written together or not at all. No
/// account is opened by it.
/// </summary>
public sealed class JoinDesk(CreditHouse house, PersonShelf people, Logins logins, ConsentLedger consents, OnceCodes codes)
{
    // Ten digits that nobody can count up: a number says neither who came before nor how many there are.
    private const long FirstNumber = 2_100_000_000;
    private const int Numbers = 1_900_000_000;
    private const int Draws = 20;

    /// <summary>Takes a person in; the key of a text that says why not. The form's own faults were asked before.</summary>
    public async Task<(Subject? Subject, string? Problem)> JoinAsync(JoinForm form)
    {
        var key = logins.KeyOf(Realms.App, form.Phone);
        if (!await codes.TakeAsync(Realms.App, key, OncePurpose.Register, form.Code))
        {
            return (null, "once.wrong");
        }

        var id = form.IdNumber.ToUpperInvariant();
        if (people.HasIdNumber(id))
        {
            return (null, "register.by-staff");
        }

        var customer = await FreeNumberAsync();
        var text = ConsentTexts.Latest(JoinForm.Privacy)!;
        var hash = Secrets.Hash(form.Password);
        var added = await house.WriteAsync((connection, transaction) =>
            logins.Add(connection, transaction, Realms.App, key, hash, customer)
            && people.Add(connection, transaction, new Person(customer.Value, form.Name, form.Phone) { IdNumber = id })
            && consents.Give(connection, transaction, customer, new ConsentLine(
                0, text.Code, text.Version, true, 0, "app", $"register {customer} {text.Code} {text.Version} {text.Zh.Text}")));
        return added ? (new Subject(Realms.App, key, customer.Value), null) : (null, "once.wrong");
    }

    private async Task<CustomerId> FreeNumberAsync()
    {
        for (var i = 0; i < Draws; i++)
        {
            var customer = new CustomerId(FirstNumber + RandomNumberGenerator.GetInt32(Numbers));
            if (people.Find(customer) is null && await IsFreeAsync(customer))
            {
                return customer;
            }
        }

        throw new InvalidOperationException("No free customer number was drawn.");
    }

    // The API may have opened accounts for a number nobody stands behind yet.
    private async Task<bool> IsFreeAsync(CustomerId customer)
    {
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            if (await house.ReadAsync(AccountId.Of(customer, slot)) is { Lifecycle: not NotOpened })
            {
                return false;
            }
        }

        return true;
    }
}
