using Mingzhang.Services.Payments;
using Mingzhang.Services.People;

namespace Mingzhang.Web.App;

/// <summary>A borrower's payments: all of them, and one with everything that happened to it.</summary>
internal static class PaymentEndpoints
{
    private const int Most = 50;
    private const int Few = 6;

    /// <summary>Maps the pages.</summary>
    public static void MapPayments(this RouteGroupBuilder pages)
    {
        pages.MapGet("/payments", async (BorrowerDesk desk, HttpContext http) =>
            await desk.VisitAsync(http) is { } visit ? await ShowAsync(http, visit) : Results.NotFound());
        pages.MapGet("/payments/{id}", OneAsync);
    }

    /// <summary>Where to go after a payment: on, when it is booked; else to the page that says how far it is.</summary>
    public static IResult After(Transfer transfer, string done) => Results.Redirect(
        transfer is { State: TransferState.Done, Booked: true } ? done : "/app/payments/" + transfer.Id);

    /// <summary>The page of payments; with something to say it is the answer to a form that did not do it.</summary>
    public static Task<IResult> ShowAsync(HttpContext http, BorrowerVisit visit)
    {
        var services = http.RequestServices;
        var account = visit.Account.State.Id;
        var automatic = services.GetRequiredService<AutoDebitDesk>().Of(account, Most);
        var cards = services.GetRequiredService<CardShelf>().Of(visit.Person.Customer);
        return Task.FromResult(BorrowerDesk.Show<PaymentsPage>(
            visit,
            new()
            {
                ["Transfers"] = services.GetRequiredService<TransferDesk>().Of(account, Most),
                ["Automatic"] = automatic.Where(one => one.Rule is null).Take(Few).ToList(),
                ["Planned"] = automatic.Where(one => one.Rule is not null).Take(Few).ToList(),
                ["Mandates"] = services.GetRequiredService<MandateDesk>().Of(account), ["Cards"] = cards,
            },
            visit.Notice is { Good: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK));
    }

    private static async Task<IResult> OneAsync(string id, BorrowerDesk desk, TransferDesk transfers, HttpContext http) =>
        await desk.VisitAsync(http) is { } visit && transfers.Find(id) is { } transfer && transfer.Account == visit.Account.State.Id
            ? BorrowerDesk.Show<PaymentPage>(visit, new() { ["Transfer"] = transfer, ["Steps"] = transfers.Steps(id) })
            : Results.NotFound();
}
