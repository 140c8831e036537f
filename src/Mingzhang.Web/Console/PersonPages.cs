using System.Globalization;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.People;
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
            },
            notice);
    }
}
