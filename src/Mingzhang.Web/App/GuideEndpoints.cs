using Mingzhang.Engine;
using Mingzhang.Services.Help;
using Mingzhang.Services.Notifications;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.App;

/// <summary>An article as a page shows it, its figures filled in.</summary>
/// <param name="Article">As it is kept.</param>
/// <param name="Title">In the visitor's language.</param>
/// <param name="Body">Paragraphs.</param>
public sealed record Advice(HelpArticle Article, string Title, IReadOnlyList<string> Body);

/// <summary>The help centre: search in everyday words, figures of the products in force, links to one's own pages.</summary>
internal static class GuideEndpoints
{
    private const int MostHits = 8;
    private const int LongestQuery = 100;

    /// <summary>Maps the pages.</summary>
    public static void MapGuide(this RouteGroupBuilder pages)
    {
        pages.MapGet("/help/articles", ListAsync);
        pages.MapGet("/help/articles/{id}", OneAsync);
        pages.MapGet("/help/advice", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<AdvicePage>(http));
    }

    private static async Task<IResult> ListAsync(
        BorrowerDesk desk, CreditHouse house, NoticeBook notices, ContactRules rules, HelpBook book, HelpIndex index, Speech speech,
        HttpContext http)
    {
        var asked = http.Request.Query["q"].ToString().Trim();
        var query = asked.Length > LongestQuery ? asked[..LongestQuery] : asked;
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var figures = HelpFigures.Of(house.Terms, visit.Account.Today, notices, rules, speech.IsChinese);
        var articles = query.Length == 0 ? book.Articles : [.. index.Find(query, MostHits).Select(hit => hit.Article)];
        return BorrowerDesk.Show<GuidePage>(visit, new()
        {
            ["Query"] = query, ["Book"] = book,
            ["Articles"] = articles.Select(article => Read(article, figures, speech)).OfType<Advice>().ToList(),
        });
    }

    private static async Task<IResult> OneAsync(
        string id, BorrowerDesk desk, CreditHouse house, NoticeBook notices, ContactRules rules, HelpBook book, Speech speech,
        HttpContext http) =>
        await desk.VisitAsync(http) is { } visit && book.Articles.FirstOrDefault(one => one.Id == id) is { } article
        && Read(article, HelpFigures.Of(house.Terms, visit.Account.Today, notices, rules, speech.IsChinese), speech) is { } advice
            ? BorrowerDesk.Show<GuideArticlePage>(visit, new() { ["Advice"] = advice, ["Book"] = book }) : Results.NotFound();

    /// <summary>Null when it speaks of a product that is not sold here.</summary>
    internal static Advice? Read(HelpArticle article, IReadOnlyDictionary<string, string> figures, Speech speech)
    {
        var text = article.In(speech.IsChinese);
        List<string?> said = [HelpBook.Fill(text.Title, figures), .. text.Body.Select(one => HelpBook.Fill(one, figures))];
        return said.Contains(null) ? null : new Advice(article, said[0]!, [.. said.Skip(1).OfType<string>()]);
    }
}
