using System.Globalization;
using System.Text;
using Mingzhang.Services.Reconciliation;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>Where the house, the bank's files and the lenders' statements differ: who looks after it, and what was done.</summary>
internal static class Settlements
{
    internal const int MostShown = 300;
    private const int MostInFile = 100_000;
    private const int ShortestNote = 3;
    private const int LongestNote = 200;
    private const long LargestFile = 20 * 1024 * 1024;

    /// <summary>Maps the page and its forms.</summary>
    public static void MapSettlements(this RouteGroupBuilder pages)
    {
        pages.MapGet("/settlement", (SettlementDesk desk, HttpContext http) => desk.Show(http, null)).Needs(Can.SeeBooks);
        pages.MapGet("/settlement/breaks.csv", (Reconciler reconciler) => Results.Text(
            BreakFile.Write(reconciler.Breaks(open: false, MostInFile)), "text/csv", Encoding.UTF8)).Needs(Can.SeeBooks);
        pages.MapPost("/settlement", CloseAsync).Needs(Can.Settle);
        pages.MapPost("/settlement/owner", OwnAsync).Needs(Can.Settle);
        pages.MapPost("/settlement/file", CompareAsync).Needs(Can.Settle);
    }

    private static async Task<IResult> CloseAsync(SettlementDesk desk, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        var note = form["note"].ToString().Trim();
        if (note.Length is < ShortestNote or > LongestNote)
        {
            return desk.Show(http, new PageNotice(false, speech["settlement.note-missing"]));
        }

        return desk.Named(form["break"]) is { } one && await desk.Bank.CloseAsync(one, StaffDesk.ActorOf(http), note)
            ? Results.Redirect("/console/settlement?done=break-closed")
            : desk.Show(http, new PageNotice(false, speech["settlement.gone"]));
    }

    private static async Task<IResult> OwnAsync(SettlementDesk desk, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        return desk.Named(form["break"]) is { } one && await desk.Bank.OwnAsync(one, StaffDesk.ActorOf(http))
            ? desk.Show(http, new PageNotice(true, speech["settlement.taken"]))
            : desk.Show(http, new PageNotice(false, speech["settlement.gone"]));
    }

    private static async Task<IResult> CompareAsync(SettlementDesk desk, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        if (Typed(form["day"]) is not { } day || day >= desk.Today
            || form.Files.GetFile("file") is not { Length: > 0 and <= LargestFile } file)
        {
            return desk.Show(http, new PageNotice(false, speech["settlement.file-day"]));
        }

        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        try
        {
            var (lines, breaks) = await desk.CompareAsync(form["from"].ToString(), day, await reader.ReadToEndAsync(), http.RequestAborted);
            return desk.Show(http, new PageNotice(true, speech.Say("settlement.compared", lines, breaks)));
        }
        catch (FormatException wrong)
        {
            return desk.Show(http, new PageNotice(false, speech.Say("settlement.file-wrong", wrong.Message)));
        }
    }

    private static DateOnly? Typed(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
