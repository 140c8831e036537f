using System.Globalization;
using Mingzhang.Domain.Progress;
using Mingzhang.Services.Progress.Import;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Progress;

/// <summary>Spending elsewhere: brought from a bill file or bank messages, shown marked, deleted again (R032, R040).</summary>
internal static class ImportEndpoints
{
    private const string Home = "/app/spend/imported";
    private const int LongestText = 40_000;
    private const int MonthsBack = 24;

    /// <summary>Maps the page and its forms.</summary>
    public static void MapImports(this RouteGroupBuilder pages)
    {
        pages.MapGet("/spend/imported", (BorrowerDesk desk, ImportDesk imports, MerchantTypes types, HttpContext http) =>
            ShowAsync(desk, imports, types, http, null, null));
        pages.MapPost("/spend/imported/bill", BillAsync);
        pages.MapPost("/spend/imported/messages", MessagesAsync);
        pages.MapPost("/spend/imported/delete", DeleteAsync);
    }

    private static async Task<IResult> ShowAsync(
        BorrowerDesk desk, ImportDesk imports, MerchantTypes types, HttpContext http, ImportAnswer? answer, Speech? speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var today = visit.Account.Today;
        var problem = answer?.Refusal is { } refusal ? new PageNotice(false, RefusalText.Of(refusal, speech!.IsChinese)) : null;
        return BorrowerDesk.Show<ImportPage>(
            problem is null ? visit : visit with { Notice = problem },
            new()
            {
                ["Lines"] = await imports.OfAsync(visit.Account.State.Id, today.AddMonths(-MonthsBack), today), ["Types"] = types,
                ["Answer"] = answer,
            },
            problem is null ? 200 : 422);
    }

    private static async Task<IResult> BillAsync(
        BorrowerDesk desk, ImportDesk imports, MerchantTypes types, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var sent = (await http.Request.ReadFormAsync()).Files.GetFile("file");
        if (sent is null || sent.Length > ImportDesk.Largest)
        {
            var why = sent is null ? speech["import.no-file"] : speech.Say("import.too-large", ImportDesk.Largest / 1024 / 1024);
            return await ShowAsync(desk, imports, types, http, new ImportAnswer(0, 0, 0, [], new ImportUnreadable(why)), speech);
        }

        using var content = new MemoryStream();
        await sent.CopyToAsync(content);
        return await ShowAsync(
            desk, imports, types, http, await imports.TakeBillAsync(visit.Account.State.Id, content.ToArray()), speech);
    }

    private static async Task<IResult> MessagesAsync(
        BorrowerDesk desk, ImportDesk imports, MerchantTypes types, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var text = (await http.Request.ReadFormAsync())["text"].ToString();
        var answer = text.Length is 0 or > LongestText ? new ImportAnswer(0, 0, 0, [], new SmsNotUnderstood())
            : await imports.TakeMessagesAsync(visit.Account.State.Id, text);
        return await ShowAsync(desk, imports, types, http, answer, speech);
    }

    private static async Task<IResult> DeleteAsync(BorrowerDesk desk, ImportDesk imports, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var (batch, number) = (Number(form["batch"]), Number(form["number"]));
        if (batch is not null || number is not null || form["all"] == "1")
        {
            await imports.DropAsync(visit.Account.State.Id, batch, number);
        }

        return Results.Redirect(Home + "?done=import-deleted");
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
