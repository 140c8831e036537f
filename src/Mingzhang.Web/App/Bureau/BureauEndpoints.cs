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
        pages.MapPost(Page + "/file", CompareFileAsync);
        pages.MapPost(Page + "/objection", ObjectAsync);
    }

    private static async Task<IResult> CompareAsync(BorrowerDesk desk, BureauReader reader, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var text = form["report"].ToString();
        return Compared(visit, reader, speech, text.Length > LongestText ? "" : text);
    }

    /// <summary>As <see cref="CompareAsync"/>, from a file.</summary>
    private static async Task<IResult> CompareFileAsync(BorrowerDesk desk, BureauReader reader, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var sent = (await http.Request.ReadFormAsync()).Files.GetFile("file");
        if (sent is null || sent.Length > BureauSheet.Largest)
        {
            return Show(visit, reader, speech.Say("bureau.file-wrong", BureauSheet.Largest / 1024), new());
        }

        using var content = new StreamReader(sent.OpenReadStream(), Encoding.UTF8);
        return Compared(visit, reader, speech, await content.ReadToEndAsync());
    }

    private static IResult Compared(BorrowerVisit visit, BureauReader reader, Speech speech, string text)
    {
        var sheet = BureauSheet.Read(text);
        var typed = text.Length > LongestText ? "" : text;
        if (sheet.Wrong.Count > 0)
        {
            return Show(
                visit, reader, string.Join(' ', sheet.Wrong.Select(one => speech.Say("bureau.wrong-" + one.Field, one.Line))),
                new() { ["Text"] = typed });
        }

        var loans = reader.LoansOf(visit.Account.State.Id);
        var found = sheet.Differences(reader.Of(visit.Account.State.Id), loans);
        return Show(visit, reader, null, new()
        {
            ["Text"] = typed, ["Differences"] = found, ["Missing"] = sheet.Missing(loans), ["Evidence"] = Evidence(sheet, found),
        });
    }

    private static IResult Show(BorrowerVisit visit, BureauReader reader, string? problem, Dictionary<string, object?> more)
    {
        more["Ours"] = reader.Of(visit.Account.State.Id);
        return problem is null ? BorrowerDesk.Show<BureauPage>(visit, more) : BorrowerDesk.Show<BureauPage>(
            visit with { Notice = new PageNotice(false, problem) }, more, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The lines of a report that differ, as they were read: what goes along with an objection.</summary>
    private static string Evidence(BureauSheet sheet, IReadOnlyList<LoanDifferences> found)
    {
        var differ = found.SelectMany(one => one.Months.Select(month => (one.Loan, month.Month))).ToHashSet();
        var text = string.Join('\n', sheet.Lines.Where(one => differ.Contains((one.Loan, one.Month.Month))).Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"{(one.Loan.Length > 0 ? one.Loan + "," : "")}{one.Month.Month:yyyy-MM},{one.Month.Status},")
            + string.Create(CultureInfo.InvariantCulture, $"{one.Month.BalanceMinor / 100m:0.00}")));
        return text.Length <= LongestText ? text : text[..text.LastIndexOf('\n', LongestText)];
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
        var sheet = BureauSheet.Read(text.Length > LongestText ? "" : text);
        var account = visit.Account.State.Id;
        if (sheet.Wrong.Count > 0 || sheet.Differences(reader.Of(account), reader.LoansOf(account)) is not { Count: > 0 } found)
        {
            return Compared(visit, reader, speech, text);
        }

        var actor = BorrowerDesk.ActorOf(visit);
        var said = string.Join('\n', found.SelectMany(one => one.Months.Select(month => (one.Loan, Month: month))).Take(20)
            .Select(one => (one.Loan.Length > 0 ? one.Loan + " " : "") + Line(one.Month)));
        var answer = await tickets.OpenAsync(new OpenTicket(
            visit.Person.Customer, account, TicketKind.BureauObjection, "account", TicketChannel.App, said, actor)
        {
            Key = "bureau-" + form["key"],
        });
        if (answer.Refusal is { } refusal)
        {
            return Show(visit, reader, RefusalText.Of(refusal, speech.IsChinese), new() { ["Text"] = text });
        }

        // Written anew from what was read, so that the file holds months, codes and sums and nothing else.
        await files.AddLinesAsync(answer.Ticket!, actor, "bureau-report.txt", Evidence(sheet, found), "bureau-file-" + form["key"]);
        return Results.Redirect($"{Home}/{answer.Ticket!.Number}?done=ticket-opened");
    }

    private static string Line(BureauDifference one) => string.Create(
        CultureInfo.InvariantCulture, $"{one.Month:yyyy-MM}: {Said(one.Ours)} / {Said(one.Theirs)}");

    private static string Said(BureauMonth? month) => month is null ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{month.Status} {month.BalanceMinor / 100m:0.00}");

    private static string Csv(IReadOnlyList<BureauMonth> months) => string.Join('\n', ["month,status,balance", .. months.Select(month =>
        string.Create(CultureInfo.InvariantCulture, $"{month.Month:yyyy-MM},{month.Status},{month.BalanceMinor / 100m:0.00}"))]) + "\n";
}
