using System.Globalization;
using System.Text;
using Mingzhang.Services.Bureau;
using Mingzhang.Services.Tickets;
using Mingzhang.Services.Tickets.Files;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Bureau;

/// <summary>The account's record for the credit bureau, and comparing it with what a report says; a difference becomes an objection with
/// the report's lines as evidence.</summary>
internal static class BureauEndpoints
{
    private const string Page = "/bureau";
    private const string Home = "/app/help/tickets";
    private const int LongestText = 10_000;

    /// <summary>Maps the page and its forms.</summary>
    public static void MapBureau(this RouteGroupBuilder pages)
    {
        pages.MapGet(Page, (BorrowerDesk desk, BureauReader reader, HttpContext http) =>
            desk.ShowAsync<BureauPage>(http, visit => new() { ["Ours"] = reader.Of(visit.Account.State.Id) }));
        pages.MapGet(Page + "/record.csv", async (BorrowerDesk desk, BureauReader reader, HttpContext http) =>
            await desk.VisitAsync(http) is { } visit
                ? Results.Text(Csv(reader.Of(visit.Account.State.Id)), "text/csv", Encoding.UTF8) : Results.NotFound());
        pages.MapPost(Page, CompareAsync);
        pages.MapPost(Page + "/objection", ObjectAsync);
    }

    private static async Task<IResult> CompareAsync(BorrowerDesk desk, BureauReader reader, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        return Compared(visit, reader, speech, form["report"].ToString());
    }

    private static IResult Compared(BorrowerVisit visit, BureauReader reader, Speech speech, string text)
    {
        var ours = reader.Of(visit.Account.State.Id);
        var (theirs, wrong) = text.Length > LongestText ? ([], (1, "empty")) : BureauFile.Read(text);
        var parameters = new Dictionary<string, object?> { ["Ours"] = ours, ["Text"] = text };
        if (wrong is var (line, field))
        {
            var problem = new PageNotice(false, speech.Say("bureau.wrong-" + field, line));
            return BorrowerDesk.Show<BureauPage>(visit with { Notice = problem }, parameters, StatusCodes.Status422UnprocessableEntity);
        }

        parameters["Differences"] = BureauComparison.Of(ours, theirs);
        return BorrowerDesk.Show<BureauPage>(visit, parameters);
    }

    /// <summary>Opens an objection with what was compared; the same lines twice are one objection.</summary>
    private static async Task<IResult> ObjectAsync(
        BorrowerDesk desk, BureauReader reader, TicketDesk tickets, TicketFileDesk files, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var text = form["report"].ToString();
        var (theirs, wrong) = BureauFile.Read(text);
        if (wrong is not null || BureauComparison.Of(reader.Of(visit.Account.State.Id), theirs) is not { Count: > 0 } differences)
        {
            return Compared(visit, reader, speech, text);
        }

        var actor = BorrowerDesk.ActorOf(visit);
        var said = string.Join('\n', differences.Take(20).Select(one => Line(one)));
        var answer = await tickets.OpenAsync(new OpenTicket(
            visit.Person.Customer, visit.Account.State.Id, TicketKind.BureauObjection, "account", TicketChannel.App, said, actor)
        {
            Key = "bureau-" + form["key"],
        });
        if (answer.Refusal is { } refusal)
        {
            return BorrowerDesk.Show<BureauPage>(
                visit with { Notice = new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)) },
                new() { ["Ours"] = reader.Of(visit.Account.State.Id), ["Text"] = text }, StatusCodes.Status422UnprocessableEntity);
        }

        await files.AddAsync(answer.Ticket!, actor, "bureau-report.txt", Encoding.UTF8.GetBytes(text), "bureau-file-" + form["key"]);
        return Results.Redirect($"{Home}/{answer.Ticket!.Number}?done=ticket-opened");
    }

    private static string Line(BureauDifference one) => string.Create(
        CultureInfo.InvariantCulture, $"{one.Month:yyyy-MM}: {Said(one.Ours)} / {Said(one.Theirs)}");

    private static string Said(BureauMonth? month) => month is null ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{month.Status} {month.BalanceMinor / 100m:0.00}");

    private static string Csv(IReadOnlyList<BureauMonth> months) => string.Join('\n', ["month,status,balance", .. months.Select(month =>
        string.Create(CultureInfo.InvariantCulture, $"{month.Month:yyyy-MM},{month.Status},{month.BalanceMinor / 100m:0.00}"))]) + "\n";
}
