using System.Globalization;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.App;

/// <summary>A notice as a page shows it.</summary>
/// <param name="Notice">As it is kept.</param>
/// <param name="Said">In the visitor's language.</param>
/// <param name="Kind">Its kind; null when this program no longer knows it.</param>
public sealed record Told(Notice Notice, NoticeSaid Said, NoticeKind? Kind);

/// <summary>The borrower's messages: all or unread, of one group, one with its page, marking them read.</summary>
internal static class MessageEndpoints
{
    /// <summary>Messages on a page.</summary>
    public const int PageSize = 30;

    private const int MostPages = 1000;

    /// <summary>Maps the pages.</summary>
    public static void MapMessages(this RouteGroupBuilder pages)
    {
        pages.MapGet("/messages", ListAsync);
        pages.MapGet("/messages/{id}", OneAsync);
        pages.MapPost("/messages/read", ReadAllAsync);
    }

    private static async Task<IResult> ListAsync(BorrowerDesk desk, NoticeDesk notices, Speech speech, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var query = http.Request.Query;
        var page = Math.Clamp(Typed.Number(query["page"]) ?? 1, 1, MostPages);
        var group = notices.Book.Kinds.FirstOrDefault(kind => kind.Group == query["group"])?.Group;
        var asked = new NoticeQuery(
            query["show"] == "unread",
            group is null ? null : [.. notices.Book.Kinds.Where(kind => kind.Group == group).Select(kind => kind.Code)],
            PageSize + 1, (page - 1) * PageSize);
        var found = notices.Of(visit.Account.State.Id.Customer, asked);
        return BorrowerDesk.Show<MessagesPage>(visit, new()
        {
            ["Messages"] = found.Take(PageSize).Select(one => Tell(notices, visit, one, speech)).ToList(),
            ["Groups"] = notices.Book.Kinds.Select(kind => kind.Group).Distinct().ToList(),
            ["Group"] = group, ["Unread"] = asked.Unread, ["Page"] = page, ["More"] = found.Count > PageSize,
            ["Count"] = notices.UnreadOf(visit.Account.State.Id.Customer),
        });
    }

    private static async Task<IResult> OneAsync(string id, BorrowerDesk desk, NoticeDesk notices, Speech speech, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit || notices.Find(visit.Account.State.Id.Customer, id) is not { } notice)
        {
            return Results.NotFound();
        }

        if (notice.ReadAt == 0)
        {
            await notices.MarkAsync(notice.Customer, id);
        }

        return BorrowerDesk.Show<MessagePage>(visit, new() { ["One"] = Tell(notices, visit, notice, speech) });
    }

    private static async Task<IResult> ReadAllAsync(BorrowerDesk desk, NoticeDesk notices, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (long.TryParse(form["until"], NumberStyles.None, CultureInfo.InvariantCulture, out var until))
        {
            await notices.MarkAllAsync(visit.Account.State.Id.Customer, until);
        }

        return Results.Redirect("/app/messages?done=messages-read");
    }

    private static Told Tell(NoticeDesk notices, BorrowerVisit visit, Notice notice, Speech speech) => new(
        notice,
        NoticeWords.Say(
            notices.Book, notice,
            new NoticeNames(
                notices.ProductOf(notice, speech.IsChinese), visit.Account.State.Card?.LastFour ?? "",
                visit.Person.MaskedName),
            speech.IsChinese),
        notices.Book.Find(notice.Kind));
}
