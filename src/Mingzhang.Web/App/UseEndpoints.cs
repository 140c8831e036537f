using Mingzhang.Domain.Values;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Tickets;

namespace Mingzhang.Web.App;

/// <summary>"Can I use it, and why not": the page, and what it rests on to keep.</summary>
internal static class UseEndpoints
{
    /// <summary>Maps the page and the download.</summary>
    public static void MapUse(this RouteGroupBuilder pages)
    {
        pages.MapGet("/use", PageAsync);
        pages.MapGet("/use/trace.json", TraceAsync);
    }

    private static async Task<IResult> PageAsync(BorrowerDesk desk, UseDiagnoser diagnoser, TicketDesk tickets, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var fen = Typed.Fen(http.Request.Query["amount"]);
        var amount = fen is { } minor ? Money.Of(minor, visit.Account.State.Currency) : (Money?)null;
        var scene = visit.Account.Terms.Scene(http.Request.Query["scene"].ToString())?.Code;
        var why = await diagnoser.AskAsync(new UseQuestion(visit.Account.State.Id)
        {
            Amount = amount, Scene = scene, Shown = UseWords.ShownIn(http.Request.Query),
        });
        var ticket = why is null ? null : await UnlocatedCause.HandOverAsync(tickets, why);
        return BorrowerDesk.Show<UsePage>(
            visit, new() { ["Why"] = why, ["Amount"] = amount, ["Scene"] = scene, ["Ticket"] = ticket?.Number.ToString() });
    }

    private static async Task<IResult> TraceAsync(BorrowerDesk desk, UseDiagnoser diagnoser, HttpContext http) =>
        await desk.VisitAsync(http) is { } visit
            && await diagnoser.TraceAsync(new UseQuestion(visit.Account.State.Id)) is { } trace
            ? Results.Json(trace, Api.ApiJson.Options)
            : Results.NotFound();
}
