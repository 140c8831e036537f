using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Identity.Roles;

namespace Mingzhang.Web.Identity;

/// <summary>Gives the demo customers of a sandbox names, log-ins and PINs.</summary>
public static class DemoPeople
{
    private const string Region = "110103";

    /// <summary>Adds them; doing it twice is doing it once.</summary>
    public static async Task SeedAsync(PersonShelf shelf, CardShelf cards, Logins logins, PinDesk pins, StaffBook staff)
    {
        var password = Secrets.Hash(DemoCustomer.Password);
        var pin = Secrets.Hash(DemoCustomer.Pin);
        foreach (var demo in DemoCustomer.All)
        {
            var customer = new CustomerId(demo.Customer);
            await shelf.AddAsync(new Person(demo.Customer, demo.Name, demo.Phone) { IdNumber = IdOf(demo.Customer), Region = Region });
            await cards.AddAsync(
                customer, $"tok-{demo.Customer}", (demo.Customer % 10_000).ToString("0000", CultureInfo.InvariantCulture), "ICBC", "debit");
            await pins.SeedAsync(customer, pin);
            await logins.AddAsync(Realms.App, demo.Phone, password, customer);
        }

        await logins.AddAsync(Realms.Console, DemoCustomer.StaffLogin, Secrets.Hash(DemoCustomer.StaffPassword), null);
        await logins.AddAsync(Realms.Console, DemoCustomer.CheckerLogin, Secrets.Hash(DemoCustomer.CheckerPassword), null);
        await staff.PutAsync(DemoCustomer.StaffLogin, StaffRole.Every, true, 0, "sandbox");
        await staff.PutAsync(DemoCustomer.CheckerLogin, StaffRole.Every, true, 0, "sandbox");
    }

    /// <summary>What a demo customer says at the phone: the last four signs of the identity number.</summary>
    public static string IdTail(long customer) => IdOf(customer)[^4..];

    // A number that fulfils the rule of form, of an area that is not given out any more; nobody has it.
    private static string IdOf(long customer)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{Region}19900101{customer % 1000:000}");
        return digits + IdNumber.CheckDigit(digits);
    }
}
