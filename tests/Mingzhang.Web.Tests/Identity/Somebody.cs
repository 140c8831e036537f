using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>A borrower of a test's own: nobody else changes the password or locks the PIN.</summary>
internal sealed record Somebody(Host Host, CustomerId Customer, string Phone, string Password)
{
    public const string Pin = "246810";

    private static int _last = 42_000_000;

    public Subject Subject => new(Realms.App, Phone, Customer.Value);

    public static async Task<Somebody> NewAsync(Host host)
    {
        _ = host.Address;
        var number = Interlocked.Increment(ref _last);
        var one = new Somebody(
            host, new CustomerId(number), string.Create(CultureInfo.InvariantCulture, $"199{number}"), "correct horse battery");
        await host.Services.GetRequiredService<PersonShelf>().AddAsync(new Person(number, "Somebody", one.Phone));
        await host.Services.GetRequiredService<PinDesk>().SeedAsync(one.Customer, Secrets.Hash(Pin));
        await host.Services.GetRequiredService<Logins>().AddAsync(Realms.App, one.Phone, Secrets.Hash(one.Password), one.Customer);
        return one;
    }

    public async Task<HttpClient> EnterAsync(string? password = null)
    {
        var visitor = Host.Visitor();
        var answer = await TryAsync(visitor, password ?? Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> TryAsync(HttpClient visitor, string password) =>
        Host.PostAsync(visitor, "/login", "/login", new() { ["login"] = Phone, ["password"] = password });
}
