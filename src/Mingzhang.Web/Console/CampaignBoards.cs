using Mingzhang.Engine;
using Mingzhang.Services.Campaigns;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>Staff's side of campaigns: who is in the segment and why, how far lessons got, and a stop for each.</summary>
internal static class CampaignBoards
{
    private const int Most = 200;
    private const int LongestReason = 200;

    /// <summary>Maps the page and its forms.</summary>
    public static void MapCampaignBoards(this RouteGroupBuilder pages)
    {
        pages.MapGet("/campaigns", (StaffDesk desk, HttpContext http) => Show(desk, http, null)).Needs(Can.SeeHouse);
        pages.MapPost("/campaigns/{code}/stop", StopAsync).Needs(Can.RunHouse);
        pages.MapPost("/campaigns/{code}/resume", ResumeAsync).Needs(Can.RunHouse);
    }

    private static IResult Show(StaffDesk desk, HttpContext http, PageNotice? notice)
    {
        var services = http.RequestServices;
        var (book, winBack) = (services.GetRequiredService<CampaignBook>(), services.GetRequiredService<WinBackDesk>());
        return desk.Show<CampaignsPage>(
            http,
            new()
            {
                ["Rule"] = book.RuleOn(services.GetRequiredService<CreditHouse>().BusinessDate), ["Members"] = winBack.Members(Most),
                ["Figures"] = winBack.Figures(), ["Reach"] = services.GetRequiredService<LessonDesk>().Reach(),
                ["Stops"] = services.GetRequiredService<CampaignStops>().Stopped(),
            },
            notice);
    }

    private static async Task<IResult> StopAsync(
        string code, StaffDesk desk, CampaignBook book, CampaignStops stops, Speech speech, HttpContext http)
    {
        var reason = (await http.Request.ReadFormAsync())["reason"].ToString().Trim();
        if (!Knows(book, code))
        {
            return Results.NotFound();
        }

        if (reason.Length is 0 or > LongestReason)
        {
            return Show(desk, http, new PageNotice(false, speech["staff.reason-missing"]));
        }

        await stops.StopAsync(code, StaffDesk.ActorOf(http), reason);
        return Results.Redirect("/console/campaigns?done=saved");
    }

    private static async Task<IResult> ResumeAsync(string code, CampaignBook book, CampaignStops stops)
    {
        if (!Knows(book, code))
        {
            return Results.NotFound();
        }

        await stops.ResumeAsync(code);
        return Results.Redirect("/console/campaigns?done=saved");
    }

    private static bool Knows(CampaignBook book, string code) =>
        (code == CampaignBook.WinBackCode && book.WinBack.Count > 0) || book.Lessons.Any(one => one.Code == code);
}
