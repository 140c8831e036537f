using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Diagnosis;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>Staff's view of "repaid but cannot use": of one account, and of the whole house with incidents.</summary>
internal static class UseBoards
{
    private const int Most = 60;
    private const int LongestText = 200;
    private const int MostProposals = 500;
    private const long FirstInjected = 800_000_000;
    private const long Injections = 90_000_000;

    /// <summary>Maps the pages and their forms.</summary>
    public static void MapUseBoards(this RouteGroupBuilder pages)
    {
        pages.MapGet("/use", (StaffDesk desk, EntitlementDesk store, IncidentDesk incidents, HttpContext http) =>
            Board(desk, store, incidents, http, null)).Needs(Can.SeeHouse);
        pages.MapPost("/use/incidents", DeclareAsync).Needs(Can.RunHouse);
        pages.MapGet("/use/incidents/{number:long}", Incident).Needs(Can.SeeHouse);
        pages.MapPost("/use/incidents/{number:long}/end", EndAsync).Needs(Can.RunHouse);
        pages.MapPost("/use/injections", InjectAsync).Needs(Can.RunHouse);
        pages.MapGet("/accounts/{id}/use", OneAsync).Needs(Can.SeeAccounts);
        pages.MapPost("/accounts/{id}/use/resolve", ResolveAsync).Needs(Can.Settle);
    }

    private static IResult Board(StaffDesk desk, EntitlementDesk store, IncidentDesk incidents, HttpContext http, PageNotice? notice) =>
        desk.Show<UseBoardPage>(
            http,
            new()
            {
                ["Days"] = store.Days(Most), ["Faults"] = store.Faults(Most), ["Incidents"] = incidents.List(Most),
                ["Stuck"] = store.Stuck(),
            },
            notice);

    private static async Task<IResult> DeclareAsync(
        StaffDesk desk, EntitlementDesk store, IncidentDesk incidents, Speech speech, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var (zh, en) = (form["zh"].ToString().Trim(), form["en"].ToString().Trim());
        if (zh.Length is 0 or > LongestText || en.Length is 0 or > LongestText)
        {
            return Board(desk, store, incidents, http, new PageNotice(false, speech["useboard.words-missing"]));
        }

        await incidents.DeclareAsync(zh, en, "", form["stops"] == "on", null, StaffDesk.ActorOf(http));
        return Results.Redirect("/console/use?done=incident-declared");
    }

    /// <summary>An incident with the proposals to compensate that name it.</summary>
    private static IResult Incident(long number, StaffDesk desk, IncidentDesk incidents, ApprovalDesk approvals, HttpContext http) =>
        incidents.Find(number) is { } found
            ? desk.Show<IncidentPage>(http, new()
            {
                ["Incident"] = found,
                ["Proposals"] = approvals.List(new ProposalQuery(0, MostProposals))
                    .Where(one => one.Draft.Reason.StartsWith(found.Name + ":", StringComparison.Ordinal)).ToList(),
            })
            : Results.NotFound();

    private static async Task<IResult> EndAsync(long number, IncidentDesk incidents)
    {
        await incidents.EndAsync(number);
        return Results.Redirect("/console/use?done=incident-ended");
    }

    private static async Task<IResult> InjectAsync(
        StaffDesk desk, EntitlementDesk store, IncidentDesk incidents, CreditHouse house, UseFaultInjector injector, TimeProvider time,
        Speech speech, HttpContext http)
    {
        var code = (await http.Request.ReadFormAsync())["code"].ToString();
        if (!house.IsSandbox || !UseFaultInjector.Codes.Contains(code))
        {
            return Board(desk, store, incidents, http, new PageNotice(false, speech["useboard.no-cause"]));
        }

        var customer = new CustomerId(FirstInjected + (time.GetUtcNow().ToUnixTimeMilliseconds() % Injections));
        if (!await injector.IsFreeAsync(customer))
        {
            return Board(desk, store, incidents, http, desk.Refused(new AccountAlreadyOpen()));
        }

        var injected = await injector.InjectAsync(code, customer);
        var question = injected!.Question;
        var (minor, seen) = (question.Amount?.MinorUnits, question.Shown?.Sequence);
        return Results.Redirect(string.Create(
            CultureInfo.InvariantCulture,
            $"/console/accounts/{question.Account}/use?amount={minor}&shop={question.MerchantId}&seen={seen}"));
    }

    private static async Task<IResult> OneAsync(string id, StaffDesk desk, UseDiagnoser diagnoser, EntitlementDesk store, HttpContext http)
    {
        if (!AccountId.TryParse(id, out var account) || account.ToString() != id)
        {
            return Results.NotFound();
        }

        var query = http.Request.Query;
        var question = new UseQuestion(account)
        {
            Amount = Whole(query["amount"]) is { } minor ? Money.Of(minor, Currency.Cny) : null,
            MerchantId = query["shop"].ToString() is { Length: > 0 } shop ? shop : null,
            Shown = Whole(query["seen"]) is { } seen ? new Services.Diagnosis.Shown(seen, DateTimeOffset.UnixEpoch) : null,
        };
        return await diagnoser.AskAsync(question) is { } why
            ? desk.Show<AccountUsePage>(
                http, new() { ["Why"] = why, ["Kept"] = store.Find(account), ["Faults"] = store.Faults(account, Most) })
            : Results.NotFound();
    }

    private static async Task<IResult> ResolveAsync(string id, EntitlementDesk store)
    {
        if (!AccountId.TryParse(id, out var account) || store.Find(account) is null)
        {
            return Results.NotFound();
        }

        await store.ResolveAsync(account);
        return Results.Redirect($"/console/accounts/{account}/use?done=use-resolved");
    }

    private static long? Whole(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole > 0 ? whole : null;
}
