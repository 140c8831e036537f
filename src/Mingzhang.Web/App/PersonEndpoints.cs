using System.Globalization;
using Mingzhang.Services.People;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Keys;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>A borrower's cards, consents and devices.</summary>
internal static class PersonEndpoints
{
    /// <summary>Maps the pages.</summary>
    public static void MapPerson(this RouteGroupBuilder pages)
    {
        pages.MapGet("/cards", (BorrowerDesk desk, CardShelf cards, HttpContext http) => desk.ShowAsync<CardsPage>(
            http, visit => new() { ["Cards"] = cards.Of(visit.Person.Customer) }));
        pages.MapPost("/cards", AddAsync);
        pages.MapPost("/cards/remove", RemoveAsync);
        pages.MapPost("/cards/default", ChooseAsync);
        pages.MapGet("/consents", ConsentsAsync);
        pages.MapPost("/consents/withdraw", WithdrawAsync);
        pages.MapPost("/devices/remove", ForgetAsync);
    }

    /// <summary>A moment in China's time, to the minute.</summary>
    public static string Moment(long micros) => DateTimeOffset.FromUnixTimeMilliseconds(micros / 1000).ToOffset(TimeSpan.FromHours(8))
        .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static async Task<IResult> AddAsync(BorrowerDesk desk, CardShelf cards, CardDesk cardDesk, Speech speech, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (BankCardNumber.Read(form["number"].ToString()) is not BankCardRead read)
        {
            return Cards(visit, cards, new PageNotice(false, speech["cards.number-wrong"]));
        }

        if (await desk.AskPinAsync(visit, form) is { } locked)
        {
            return Cards(visit, cards, locked);
        }

        var (_, refusal) = await cardDesk.AddAsync(visit.Person.Customer, read.Card, http.RequestAborted);
        return refusal is null ? Results.Redirect("/app/cards?done=card-added")
            : Cards(visit, cards, new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)));
    }

    private static async Task<IResult> RemoveAsync(BorrowerDesk desk, CardShelf cards, CardDesk cardDesk, Speech speech, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var (_, refusal) = await cardDesk.RemoveAsync(visit.Person.Customer, form["card"].ToString());
        return refusal is null ? Results.Redirect("/app/cards?done=card-removed")
            : Cards(visit, cards, new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)));
    }

    private static async Task<IResult> ChooseAsync(BorrowerDesk desk, CardShelf cards, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        return await desk.VisitAsync(http) is { } visit && await cards.ChooseAsync(visit.Person.Customer, form["card"].ToString())
            ? Results.Redirect("/app/cards?done=saved") : Results.NotFound();
    }

    private static async Task<IResult> ConsentsAsync(ConsentLedger consents, HttpContext http)
    {
        await consents.TakeOverAsync(BorrowerDesk.CustomerOf(http));
        return Consents(http, consents, null);
    }

    private static async Task<IResult> WithdrawAsync(ConsentLedger consents, StepUp stepUp, Speech speech, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (form["key"].ToString() is not { Length: >= 8 and <= 100 } key)
        {
            return Consents(http, consents, new PageNotice(false, speech["form.stale"]));
        }

        if (await stepUp.AskAsync(form) is var asked and not StepUpAnswer.Right)
        {
            return Consents(http, consents, new PageNotice(false, Bare.Said(asked, speech)));
        }

        var customer = BorrowerDesk.CustomerOf(http);
        var refusal = await consents.WithdrawAsync(
            customer, form["code"].ToString(), "app", key, string.Create(CultureInfo.InvariantCulture, $"customer:{customer.Value}"));
        return refusal is null ? Results.Redirect("/app/consents?done=saved")
            : Consents(http, consents, new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)));
    }

    private static async Task<IResult> ForgetAsync(DeviceShelf devices, Sessions sessions, HttpContext http)
    {
        var device = (await http.Request.ReadFormAsync())["device"].ToString();
        var customer = BorrowerDesk.CustomerOf(http);
        if (!await devices.RemoveAsync(customer, device))
        {
            return Results.NotFound();
        }

        await sessions.ForgetAsync(new Subject(Realms.App, "", customer.Value), device, Doors.SessionOf(http));
        return Results.Redirect("/app/privacy?done=saved");
    }

    private static IResult Cards(BorrowerVisit visit, CardShelf cards, PageNotice notice) => BorrowerDesk.Show<CardsPage>(
        visit with { Notice = notice }, new() { ["Cards"] = cards.Of(visit.Person.Customer) },
        StatusCodes.Status422UnprocessableEntity);

    private static IResult Consents(HttpContext http, ConsentLedger consents, PageNotice? problem) =>
        Bare.Show<ConsentsPage>(http, new() { ["Lines"] = consents.Of(BorrowerDesk.CustomerOf(http)) }, problem);
}
