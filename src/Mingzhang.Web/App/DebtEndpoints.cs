using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>How much a person may still borrow and why; declaring debts to others and income.</summary>
public static class DebtEndpoints
{
    /// <summary>The consent a declaration needs, and the version of its text.</summary>
    public static Consent Consent { get; } = new("debt-declaration", "2026-08");

    /// <summary>Maps the page and its form.</summary>
    public static void MapDebts(this RouteGroupBuilder pages)
    {
        pages.MapGet("/room", async (BorrowerDesk desk, AccountReader reader, HttpContext http) =>
            await desk.VisitAsync(http) is { } visit ? await ShowAsync(reader, visit) : Results.NotFound());
        pages.MapPost("/room", DeclareAsync);
    }

    private static async Task<IResult> DeclareAsync(BorrowerDesk desk, AccountReader reader, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var problem = Read(visit, form) is { } command
            ? await desk.AskPinAsync(visit, form) ?? await desk.SubmitAsync(visit, form, command)
            : new PageNotice(false, speech["form.incomplete"]);
        return problem is null
            ? Results.Redirect("/app/room?done=saved")
            : await ShowAsync(reader, visit with { Notice = problem }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ShowAsync(AccountReader reader, BorrowerVisit visit, int status = 200) =>
        BorrowerDesk.Show<RoomPage>(visit, new() { ["Room"] = await reader.ExposureAsync(visit.Account) }, status);

    private static DeclareDebts? Read(BorrowerVisit visit, IFormCollection form)
    {
        var (owed, monthly, income) = (Fen(form["owed"]), Fen(form["monthly"]), Fen(form["income"]));
        return owed is null || monthly is null || income is null || Typed.Number(form["institutions"]) is not { } institutions
            || form["agree"] != "true"
            ? null
            : new DeclareDebts(
                In(visit, owed.Value), In(visit, monthly.Value), institutions, In(visit, income.Value), "own-declaration", Consent)
            {
                EffectiveOn = visit.Account.Today,
            };
    }

    private static long? Fen(string? text) => text?.Trim() is "0" or "0.00" ? 0 : Typed.Fen(text);

    private static Money In(BorrowerVisit visit, long fen) => Money.Of(fen, visit.Account.State.Currency);
}
