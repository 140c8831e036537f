using System.Net.Mail;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>What a borrower wants to hear, and how: kinds by channels, night, language, e-mail address.</summary>
internal static class WishEndpoints
{
    private const int LongestEmail = 100;

    /// <summary>Maps the page and its form.</summary>
    public static void MapWishes(this RouteGroupBuilder pages)
    {
        pages.MapGet("/settings/notifications", async (BorrowerDesk desk, WishDesk wishes, NoticeBook book, IAddressBook addresses,
            HttpContext http) => await desk.VisitAsync(http) is { } visit ? Show(visit, wishes, book, addresses) : Results.NotFound());
        pages.MapPost("/settings/notifications", TakeAsync);
    }

    private static IResult Show(BorrowerVisit visit, WishDesk wishes, NoticeBook book, IAddressBook addresses)
    {
        var customer = visit.Account.State.Id.Customer;
        return BorrowerDesk.Show<WishPage>(
            visit,
            new() { ["Book"] = book, ["Said"] = wishes.Of(customer), ["Email"] = addresses.Find(customer)?.Email ?? "" },
            visit.Notice is { Good: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> TakeAsync(
        BorrowerDesk desk, WishDesk wishes, NoticeBook book, IAddressBook addresses, Speech speech, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var email = form["email"].ToString().Trim();
        if (email.Length > 0 && (email.Length > LongestEmail || !MailAddress.TryCreate(email, out var read) || read.Address != email))
        {
            return Show(visit with { Notice = new PageNotice(false, speech["wishes.bad-email"]) }, wishes, book, addresses);
        }

        var chosen = form["want"].ToHashSet(StringComparer.Ordinal);
        var customer = visit.Account.State.Id.Customer;
        var locked = await wishes.TakeAsync(
            customer, (kind, channel) => chosen.Contains($"{kind.Code}:{channel}"), form["night"] == "1", form["language"] == "en");
        if (locked?.Locked is { } rule)
        {
            return Show(visit with { Notice = new PageNotice(false, speech.Pick(rule.Zh, rule.En)) }, wishes, book, addresses);
        }

        await ChangeEmailAsync(addresses, customer, email);
        return Results.Redirect("/app/settings/notifications?done=wishes-kept");
    }

    private static async Task ChangeEmailAsync(IAddressBook addresses, CustomerId customer, string email)
    {
        if (addresses.Find(customer) is { } known && known.Email != email)
        {
            await addresses.ChangeEmailAsync(customer, email);
        }
    }
}
