using System.Globalization;
using Dapper;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Versions;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>A version in the list.</summary>
/// <param name="Terms">It.</param>
/// <param name="InForce">Whether new accounts get it today.</param>
/// <param name="Accounts">Live accounts that run under it.</param>
/// <param name="Proposal">The proposal that published it; 0 = a product file.</param>
public sealed record VersionRow(ProductTerms Terms, bool InForce, long Accounts, long Proposal);

/// <summary>A product file that staff look at before they propose it.</summary>
/// <param name="Json">As typed.</param>
/// <param name="Errors">Every broken rule.</param>
/// <param name="Terms">What it says; null when it breaks a rule.</param>
/// <param name="Before">The version before it.</param>
/// <param name="Shadow">Its shadow run, under way or done; null when it was not asked for.</param>
public sealed record VersionDraft(
    string Json, IReadOnlyList<ProductError> Errors, ProductTerms? Terms, ProductTerms? Before, ShadowState? Shadow)
{
    /// <summary>What differs from the version before.</summary>
    public ValueList<TermChange> Changes => Terms is null || Before is null ? default : TermsComparison.Of(Before, Terms);
}

/// <summary>The pages of product versions: the list, what differs, and a draft that is checked, tried and proposed.</summary>
public static class VersionPages
{
    private const int RunsListed = 20;

    private const string Counts =
        "SELECT product AS Product, terms_version AS Version, count(*) AS Accounts FROM account "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND status IN ('active', 'closing') GROUP BY product, terms_version";

    /// <summary>Maps them.</summary>
    public static void MapVersions(this RouteGroupBuilder pages)
    {
        pages.MapGet("/versions", List).Needs(Can.SeeProducts);
        pages.MapGet("/versions/{code}/{version:int}", Compare).Needs(Can.SeeProducts);
        pages.MapGet("/versions/shadow/{id}", Shadow).Needs(Can.SeeProposals);
        pages.MapPost("/versions/check", DraftAsync).Needs(Can.ProposeProducts);
        pages.MapPost("/versions/propose", ProposeAsync).Needs(Can.ProposeProducts);
        pages.MapGet("/approvals/{number:long}/shadow", ShadowAsync).Needs(Can.SeeProposals);
    }

    private static IResult List(StaffDesk desk, CreditHouse house, ShadowJobs jobs, HttpContext http) =>
        Show(desk, house, jobs, http, null, null);

    private static IResult Compare(string code, int version, StaffDesk desk, CreditHouse house, HttpContext http)
    {
        var book = house.Terms;
        var before = int.TryParse(http.Request.Query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            ? book.Find(code, from) : book.All.LastOrDefault(one => one.Code == code && one.Version < version);
        return book.Find(code, version) is { } terms
            ? desk.Show<VersionPage>(http, new() { ["Terms"] = terms, ["Before"] = before })
            : Results.NotFound();
    }

    private static async Task<IResult> DraftAsync(
        StaffDesk desk, CreditHouse house, ShadowJobs jobs, Speech speech, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var draft = Read(house, form["terms"].ToString());
        if (form["shadow"] == "1" && draft.Terms is not null)
        {
            if (Question(form) is not { } question)
            {
                return Show(desk, house, jobs, http, draft, new PageNotice(false, speech["shadow.bad-question"]));
            }

            draft = await TryAsync(draft, question, jobs, http);
        }

        return Show(desk, house, jobs, http, draft, null);
    }

    private static IResult Shadow(string id, StaffDesk desk, CreditHouse house, ShadowJobs jobs, HttpContext http) =>
        jobs.Find(id) is { } run
            ? Show(desk, house, jobs, http, Read(house, run.Asked.Json) with { Errors = [], Shadow = run }, null)
            : Results.NotFound();

    private static async Task<IResult> ProposeAsync(
        StaffDesk desk, CreditHouse house, ApprovalDesk approvals, ShadowJobs jobs, Speech speech, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var reason = form["reason"].ToString().Trim();
        var draft = Read(house, form["terms"].ToString());
        if (draft.Errors.Count > 0 || reason.Length is 0 or > 200)
        {
            return Show(desk, house, jobs, http, draft, new PageNotice(
                false, speech[draft.Errors.Count > 0 ? "versions.broken" : "staff.reason-missing"]));
        }

        var answer = await approvals.ProposeAsync(VersionProposals.Draft(draft.Json, reason), StaffDesk.SignerOf(http));
        return answer.Proposal is { } proposal
            ? Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/console/approvals/{proposal.Number}?done=proposed"))
            : Show(desk, house, jobs, http, draft, desk.Refused(answer.Refusal!));
    }

    private static async Task<IResult> ShadowAsync(
        long number, StaffDesk desk, CreditHouse house, ApprovalDesk approvals, ShadowJobs jobs, HttpContext http)
    {
        if (approvals.Find(number) is not { Draft.Kind: VersionProposals.Kind } proposal)
        {
            return Results.NotFound();
        }

        var draft = Read(house, proposal.Draft.Payload);
        return Show(
            desk, house, jobs, http,
            draft.Terms is null ? draft : await TryAsync(draft, new ShadowQuestion(3, ShadowPayer.Minimum), jobs, http), null);
    }

    private static async Task<VersionDraft> TryAsync(VersionDraft draft, ShadowQuestion question, ShadowJobs jobs, HttpContext http) =>
        draft with { Shadow = await jobs.StartAsync(draft.Json, draft.Terms!, question, StaffDesk.SignerOf(http).Person) };

    /// <summary>Null when the form asks what a run does not answer.</summary>
    private static ShadowQuestion? Question(IFormCollection form) =>
        int.TryParse(form["bills"], NumberStyles.None, CultureInfo.InvariantCulture, out var bills) && bills is >= 1 and <= 24
        && Enum.TryParse<ShadowPayer>(form["payer"], out var payer) && Enum.IsDefined(payer)
            ? new ShadowQuestion(bills, payer)
            : null;

    private static IResult Show(
        StaffDesk desk, CreditHouse house, ShadowJobs jobs, HttpContext http, VersionDraft? draft, PageNotice? notice)
    {
        if (draft?.Shadow is { Runs: true } run)
        {
            // The page looks again by itself, also without a script.
            http.Response.Headers["Refresh"] = $"2;url=/console/versions/shadow/{run.Asked.Id}";
        }

        return desk.Show<VersionsPage>(
            http, new() { ["Rows"] = Rows(house), ["Draft"] = draft, ["Runs"] = jobs.Last(RunsListed) }, notice);
    }

    private static ProductTerms? Before(CreditHouse house, ProductTerms terms) =>
        house.Terms.All.LastOrDefault(one => one.Code == terms.Code && one.Version < terms.Version);

    private static VersionDraft Read(CreditHouse house, string json) =>
        ProductCatalogue.ParseNext(json, "terms", house.Terms) switch
        {
            ProductRead read => new VersionDraft(json, [], read.Terms, Before(house, read.Terms), null),
            var rejected => new VersionDraft(json, [.. ((ProductRejected)rejected).Errors], null, null, null),
        };

    private static List<VersionRow> Rows(CreditHouse house)
    {
        using var connection = house.OpenReadOnly();
        var accounts = connection.Query<(string Product, long Version, long Accounts)>(Counts)
            .ToDictionary(row => (row.Product, row.Version), row => row.Accounts);
        var published = house.PublishedVersions.ToDictionary(one => (one.Code, one.Version), one => one.Proposal);
        return
        [
            .. house.Terms.All.Select(terms => new VersionRow(
                terms, house.Terms.InForce(terms.Code, house.BusinessDate)?.Version == terms.Version,
                accounts.GetValueOrDefault((terms.Code, terms.Version)), published.GetValueOrDefault((terms.Code, terms.Version)))),
        ];
    }
}
