using Mingzhang.Services.Payments;

namespace Mingzhang.Web.App;

/// <summary>A borrower's payments: all of them, and one with everything that happened to it.</summary>
internal static class PaymentEndpoints
{
    private const int Most = 50;
    private const int Few = 6;

    /// <summary>Maps the pages.</summary>
    public static void MapPayments(this RouteGroupBuilder pages)
    {
        pages.MapGet("/payments", (BorrowerDesk desk, TransferDesk transfers, AutoDebitDesk automatic, HttpContext http) =>
            desk.ShowAsync<PaymentsPage>(http, visit => new()
            {
                ["Transfers"] = transfers.Of(visit.Account.State.Id, Most), ["Automatic"] = automatic.Of(visit.Account.State.Id, Few),
            }));
        pages.MapGet("/payments/{id}", OneAsync);
    }

    /// <summary>Where to go after a payment: on, when it is booked; else to the page that says how far it is.</summary>
    public static IResult After(Transfer transfer, string done) => Results.Redirect(
        transfer is { State: TransferState.Done, Booked: true } ? done : "/app/payments/" + transfer.Id);

    private static async Task<IResult> OneAsync(string id, BorrowerDesk desk, TransferDesk transfers, HttpContext http) =>
        await desk.VisitAsync(http) is { } visit && transfers.Find(id) is { } transfer && transfer.Account == visit.Account.State.Id
            ? BorrowerDesk.Show<PaymentPage>(visit, new() { ["Transfer"] = transfer, ["Steps"] = transfers.Steps(id) })
            : Results.NotFound();
}
