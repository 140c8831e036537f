using Mingzhang.Engine;
using Mingzhang.Services.Campaigns;
using Mingzhang.Services.Help;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>The borrower's side of campaigns: why an invitation came and how to refuse them, and lessons with "I read it".</summary>
internal static class CampaignEndpoints
{
    /// <summary>Maps the pages and their forms.</summary>
    public static void MapCampaigns(this RouteGroupBuilder pages)
    {
        pages.MapGet("/progress/invitation", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<InvitationPage>(http, visit => Why(
            visit, http)));
        pages.MapPost("/progress/invitation/refuse", RefuseAsync);
        pages.MapGet("/help/lessons", (BorrowerDesk desk, LessonDesk lessons, HttpContext http) => desk.ShowAsync<LessonsPage>(
            http, visit => new() { ["Lessons"] = lessons.For(visit.Account) }));
        pages.MapGet("/help/lessons/{code}", (string code, HttpContext http) => OneAsync(code, http, null));
        pages.MapPost("/help/lessons/{code}", DoneAsync);
    }

    private static Dictionary<string, object?> Why(BorrowerVisit visit, HttpContext http)
    {
        var services = http.RequestServices;
        var customer = visit.Account.State.Id.Customer;
        return new()
        {
            ["Member"] = services.GetRequiredService<WinBackDesk>().Of(customer)
                .FirstOrDefault(one => one.Account == visit.Account.State.Id),
            ["Rule"] = services.GetRequiredService<CampaignBook>().RuleOn(visit.Account.Today),
            ["Said"] = services.GetRequiredService<WishDesk>().Of(customer),
        };
    }

    private static async Task<IResult> RefuseAsync(BorrowerDesk desk, WinBackDesk invitations, WishDesk wishes, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        await invitations.RefuseAsync(visit.Account.State.Id.Customer, wishes);
        return Results.Redirect("/app/progress/invitation?done=offers-refused");
    }

    private static async Task<IResult> OneAsync(string code, HttpContext http, PageNotice? notice)
    {
        var services = http.RequestServices;
        var lessons = services.GetRequiredService<LessonDesk>();
        if (await services.GetRequiredService<BorrowerDesk>().VisitAsync(http) is not { } visit
            || lessons.For(visit.Account).FirstOrDefault(one => one.Lesson.Code == code) is not { Lesson: { } lesson } found
            || Read(services, visit, lesson) is not { } advice)
        {
            return Results.NotFound();
        }

        await lessons.ShowAsync(visit.Account.State.Id.Customer, lesson);
        return BorrowerDesk.Show<LessonPage>(
            notice is null ? visit : visit with { Notice = notice },
            new() { ["Lesson"] = lesson, ["Advice"] = advice, ["Read"] = found.Read },
            notice is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> DoneAsync(string code, BorrowerDesk desk, LessonDesk lessons, Speech speech, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (form["read"] != "on")
        {
            return await OneAsync(code, http, new PageNotice(false, speech["lesson.tick-first"]));
        }

        if (await desk.VisitAsync(http) is not { } visit
            || lessons.For(visit.Account).FirstOrDefault(one => one.Lesson.Code == code).Lesson is not { } lesson)
        {
            return Results.NotFound();
        }

        await lessons.ReadAsync(visit.Account.State.Id.Customer, lesson);
        return Results.Redirect($"/app/help/lessons/{code}?done=lesson-read");
    }

    private static Advice? Read(IServiceProvider services, BorrowerVisit visit, Lesson lesson)
    {
        var speech = services.GetRequiredService<Speech>();
        var figures = HelpFigures.Of(
            services.GetRequiredService<CreditHouse>().Terms, visit.Account.Today, services.GetRequiredService<NoticeBook>(),
            services.GetRequiredService<ContactRules>(), speech.IsChinese);
        var article = services.GetRequiredService<HelpBook>().Articles.First(one => one.Id == lesson.Article);
        return GuideEndpoints.Read(article, figures, speech);
    }
}
