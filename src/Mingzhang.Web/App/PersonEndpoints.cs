using System.Globalization;
using Mingzhang.Services.People;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>A borrower's cards and consents, what the house holds of them, and who looked.</summary>
internal static class PersonEndpoints
{
    private const int Most = 50;

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
        pages.MapGet("/privacy", (BorrowerDesk desk, CardShelf cards, DeviceShelf devices, LookLog looks, HttpContext http) =>
            desk.ShowAsync<PrivacyPage>(http, visit => new()
            {
                ["Cards"] = cards.Of(visit.Person.Customer).Count, ["Devices"] = devices.Of(visit.Person.Customer),
                ["Looks"] = looks.Of(visit.Person.Customer, Most),
            }));
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

    private static async Task<IResult> ConsentsAsync(BorrowerDesk desk, ConsentLedger consents, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        await consents.TakeOverAsync(visit.Person.Customer);
        return Consents(visit, consents, visit.Notice);
    }

    private static async Task<IResult> WithdrawAsync(BorrowerDesk desk, ConsentLedger consents, Speech speech, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (form["key"].ToString() is not { Length: >= 8 and <= 100 } key)
        {
            return Consents(visit, consents, new PageNotice(false, speech["form.stale"]));
        }

        if (await desk.AskPinAsync(visit, form) is { } locked)
        {
            return Consents(visit, consents, locked);
        }

        var refusal = await consents.WithdrawAsync(
            visit.Person.Customer, form["code"].ToString(), "app", key, BorrowerDesk.ActorOf(visit));
        return refusal is null ? Results.Redirect("/app/consents?done=saved")
            : Consents(visit, consents, new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)));
    }

    private static async Task<IResult> ForgetAsync(BorrowerDesk desk, DeviceShelf devices, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        return await desk.VisitAsync(http) is { } visit && await devices.RemoveAsync(visit.Person.Customer, form["device"].ToString())
            ? Results.Redirect("/app/privacy?done=saved") : Results.NotFound();
    }

    private static IResult Cards(BorrowerVisit visit, CardShelf cards, PageNotice notice) => BorrowerDesk.Show<CardsPage>(
        visit with { Notice = notice }, new() { ["Cards"] = cards.Of(visit.Person.Customer) },
        StatusCodes.Status422UnprocessableEntity);

    private static IResult Consents(BorrowerVisit visit, ConsentLedger consents, PageNotice? notice) => BorrowerDesk.Show<ConsentsPage>(
        visit with { Notice = notice }, new() { ["Lines"] = consents.Of(visit.Person.Customer) },
        notice is { Good: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
