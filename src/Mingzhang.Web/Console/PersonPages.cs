using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>One person for staff, each look written down; and proposing to erase one.</summary>
public static class PersonPages
{
    private const int Most = 50;

    /// <summary>Maps them.</summary>
    public static void MapPeople(this RouteGroupBuilder pages)
    {
        pages.MapGet("/people/{customer}", ShowAsync).Needs(Can.SeeAccounts);
        pages.MapPost("/people/{customer}/erase", EraseAsync).Needs(Can.Propose);
        pages.MapPost("/people/{customer}/correct", CorrectAsync).Needs(Can.Propose);
    }

    private static async Task<IResult> ShowAsync(string customer, StaffDesk desk, PersonShelf people, LookLog looks, HttpContext http) =>
        await PageAsync(customer, desk, people, looks, http, null) ?? Results.NotFound();

    private static async Task<IResult> EraseAsync(
        string customer, StaffDesk desk, PersonShelf people, LookLog looks, ApprovalDesk approvals, Speech speech, HttpContext http)
    {
        if (!CustomerId.TryParse(customer, out var whom) || people.Find(whom) is null)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        if (form["reason"].ToString().Trim() is not { Length: > 0 and <= 200 } reason)
        {
            return (await PageAsync(customer, desk, people, looks, http, new PageNotice(false, speech["staff.reason-missing"])))!;
        }

        var answer = await approvals.ProposeAsync(ErasureProposals.Draft(whom, reason), StaffDesk.SignerOf(http));
        return answer.Proposal is { } proposal
            ? Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/console/approvals/{proposal.Number}?done=proposed"))
            : (await PageAsync(customer, desk, people, looks, http, desk.Refused(answer.Refusal!)))!;
    }

    private static async Task<IResult> CorrectAsync(
        string customer, StaffDesk desk, PersonShelf people, LookLog looks, IdentityProposals corrections, ApprovalDesk approvals,
        Speech speech, HttpContext http)
    {
        if (!CustomerId.TryParse(customer, out var whom) || people.Find(whom) is not { } person)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var (name, typed) = (form["name"].ToString().Trim(), form["idNumber"].ToString().Trim().ToUpperInvariant());
        var reason = form["reason"].ToString().Trim();
        var said = form["said"].ToString().Trim() is { Length: > 0 and <= 500 } words ? words : speech["person.correct-said-text"];
        var problem = name.Length is 0 or > 64 ? "person.correct-name-missing"
            : typed.Length > 0 && IdNumberReader.Read(typed, desk.Today) is not IdNumberRead ? "person.correct-id-wrong"
            : reason.Length is 0 or > 200 ? "staff.reason-missing" : null;
        if (problem is not null)
        {
            return (await PageAsync(customer, desk, people, looks, http, new PageNotice(false, speech[problem])))!;
        }

        var draft = corrections.Draft(whom, name, typed.Length > 0 ? typed : person.IdNumber, said, reason)!;
        var answer = await approvals.ProposeAsync(draft, StaffDesk.SignerOf(http));
        return answer.Proposal is { } proposal
            ? Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"/console/approvals/{proposal.Number}?done=proposed"))
            : (await PageAsync(customer, desk, people, looks, http, desk.Refused(answer.Refusal!)))!;
    }

    private static async Task<IResult?> PageAsync(
        string customer, StaffDesk desk, PersonShelf people, LookLog looks, HttpContext http, PageNotice? notice)
    {
        if (!CustomerId.TryParse(customer, out var whom) || people.Find(whom) is not { } person)
        {
            return null;
        }

        await looks.AddAsync(whom, StaffDesk.ActorOf(http), "console.person");
        var services = http.RequestServices;
        return desk.Show<PersonPage>(
            http,
            new()
            {
                ["Person"] = person, ["Cards"] = services.GetRequiredService<CardShelf>().Of(whom),
                ["Consents"] = services.GetRequiredService<ConsentLedger>().Of(whom), ["Looks"] = looks.Of(whom, Most),
                ["Asked"] = services.GetRequiredService<PrivacyDesk>().Of(whom)
                    .Any(one => one is { Kind: PrivacyKind.Correct, State: PrivacyState.Open }),
            },
            notice);
    }
}
