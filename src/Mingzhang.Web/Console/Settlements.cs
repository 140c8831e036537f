using System.Globalization;
using Mingzhang.Services.Payments;
using Mingzhang.Services.Reconciliation;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>Where the house and the bank's files differ, and closing what was dealt with.</summary>
internal static class Settlements
{
    private const int Most = 300;
    private const int ShortestNote = 3;
    private const int LongestNote = 200;

    /// <summary>Maps the page and its form.</summary>
    public static void MapSettlements(this RouteGroupBuilder pages)
    {
        pages.MapGet("/settlement", (StaffDesk desk, Reconciler reconciler, MoneyDesk money, HttpContext http) =>
            Show(desk, reconciler, money, http, null)).Needs(Can.SeeBooks);
        pages.MapPost("/settlement", CloseAsync).Needs(Can.Settle);
    }

    private static IResult Show(StaffDesk desk, Reconciler reconciler, MoneyDesk money, HttpContext http, PageNotice? notice) =>
        desk.Show<SettlementPage>(
            http, new() { ["Breaks"] = reconciler.Breaks(open: false, Most), ["IsSetUp"] = money.IsSetUp }, notice);

    private static async Task<IResult> CloseAsync(
        StaffDesk desk, Reconciler reconciler, MoneyDesk money, HttpContext http, Speech speech)
    {
        var form = await http.Request.ReadFormAsync();
        var note = form["note"].ToString().Trim();
        if (note.Length is < ShortestNote or > LongestNote)
        {
            return Show(desk, reconciler, money, http, new PageNotice(false, speech["settlement.note-missing"]));
        }

        var wanted = form["break"].ToString();
        var one = reconciler.Breaks(open: true, Most).FirstOrDefault(one => string.Create(
            CultureInfo.InvariantCulture, $"{one.Day:yyyy-MM-dd}|{one.Kind}|{one.TransferId}") == wanted);
        return one is not null && await reconciler.CloseAsync(one, StaffDesk.ActorOf(http), note)
            ? Results.Redirect("/console/settlement?done=break-closed")
            : Show(desk, reconciler, money, http, new PageNotice(false, speech["settlement.gone"]));
    }
}
