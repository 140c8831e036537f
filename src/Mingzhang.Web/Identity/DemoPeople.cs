using Mingzhang.Domain.Values;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Identity;

/// <summary>Gives the demo customers of a sandbox names, log-ins and PINs.</summary>
public static class DemoPeople
{
    /// <summary>Adds them; doing it twice is doing it once.</summary>
    public static async Task SeedAsync(PeopleStore people)
    {
        var password = Secrets.Hash(DemoCustomer.Password);
        var pin = Secrets.Hash(DemoCustomer.Pin);
        foreach (var demo in DemoCustomer.All)
        {
            var customer = new CustomerId(demo.Customer);
            await people.AddAsync(customer, demo.Name, demo.Phone, pin);
            await people.AddLoginAsync(Realms.App, demo.Phone, password, customer);
        }

        await people.AddLoginAsync(Realms.Console, DemoCustomer.StaffLogin, Secrets.Hash(DemoCustomer.StaffPassword), null);
        await people.AddLoginAsync(Realms.Console, DemoCustomer.CheckerLogin, Secrets.Hash(DemoCustomer.CheckerPassword), null);
    }
}
