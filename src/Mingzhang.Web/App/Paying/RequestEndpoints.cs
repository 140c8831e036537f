using Mingzhang.Services.Payments;
using Mingzhang.Services.People;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Paying;

/// <summary>Asking somebody to pay, and paying for somebody.</summary>
internal static class RequestEndpoints
{
    private const int LongestNote = 60;

    /// <summary>Maps the pages and forms.</summary>
    public static void MapPayRequests(this RouteGroupBuilder pages)
    {
        pages.MapGet("/pay/ask", (BorrowerDesk desk, PayRequestDesk requests, HttpContext http) =>
            desk.ShowAsync<PayAskPage>(http, visit => Asked(visit, requests, null)));
        pages.MapPost("/pay/ask", AskAsync);
        pages.MapPost("/pay/ask/withdraw", WithdrawAsync);
        pages.MapGet("/pay/for/{code}", (string code, BorrowerDesk desk, PayRequestDesk requests, PersonShelf people, HttpContext http) =>
            desk.ShowAsync<PayForPage>(http, _ => For(code, requests, people)));
        pages.MapPost("/pay/for/{code}", PayAsync);
    }

    private static async Task<IResult> AskAsync(BorrowerDesk desk, PayRequestDesk requests, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var note = form["note"].ToString().Trim();
        if (Typed.Fen(form["amount"]) is not { } fen || fen <= 0 || fen > visit.Account.Payable.MinorUnits || note.Length > LongestNote)
        {
            var problem = new PageNotice(false, speech.Say("ask.wrong", speech.Money(visit.Account.Payable), LongestNote));
            return BorrowerDesk.Show<PayAskPage>(visit with { Notice = problem }, Asked(visit, requests, null), 422);
        }

        var code = await requests.MakeAsync(visit.Account.State.Id, fen, note);
        return BorrowerDesk.Show<PayAskPage>(visit, Asked(
            visit, requests, $"{http.Request.Scheme}://{http.Request.Host}/app/pay/for/{code}"));
    }

    private static async Task<IResult> WithdrawAsync(BorrowerDesk desk, PayRequestDesk requests, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        return await requests.WithdrawAsync(visit.Account.State.Id, form["request"].ToString()) is { } refusal
            ? BorrowerDesk.Show<PayAskPage>(
                visit with { Notice = new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)) }, Asked(visit, requests, null), 422)
            : Results.Redirect("/app/pay/ask?done=saved");
    }

    private static async Task<IResult> PayAsync(
        string code, BorrowerDesk desk, PayRequestDesk requests, PersonShelf people, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (await desk.AskPinAsync(visit, form) is { } locked)
        {
            return BorrowerDesk.Show<PayForPage>(visit with { Notice = locked }, For(code, requests, people), 422);
        }

        var (transfer, refusal) = await requests.PayAsync(code, visit.Person.Customer);
        var notice = refusal is not null ? new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese))
            : transfer!.State switch
            {
                TransferState.Done => new PageNotice(true, speech["payfor.done"]),
                TransferState.Failed => new PageNotice(false, speech["payfor.failed"]),
                _ => new PageNotice(true, speech["payfor.under-way"]),
            };
        return BorrowerDesk.Show<PayForPage>(
            visit with { Notice = notice }, For(code, requests, people), refusal is null ? StatusCodes.Status200OK : 422);
    }

    private static Dictionary<string, object?> Asked(BorrowerVisit visit, PayRequestDesk requests, string? link) => new()
    {
        ["Requests"] = requests.Of(visit.Account.State.Id, 10), ["Link"] = link,
    };

    /// <summary>What somebody with the link may see: a masked name, the sum and the note.</summary>
    private static Dictionary<string, object?> For(string code, PayRequestDesk requests, PersonShelf people)
    {
        var request = requests.Find(code);
        return new()
        {
            ["Code"] = code, ["Request"] = request,
            ["Name"] = request is null ? "" : people.Find(request.Account.Customer)?.MaskedName ?? "",
        };
    }
}
