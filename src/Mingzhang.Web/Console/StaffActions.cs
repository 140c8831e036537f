using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Delinquency;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Prices;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Relief;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Approvals;
using Mingzhang.Services.Corrections;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Web.App;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.Console;

/// <summary>What staff may do to an account, each with a reason.</summary>
public static class StaffActions
{
    private const int LongestReason = 200;

    private static readonly Dictionary<string, (Can Needs, Func<AccountView, IFormCollection, AccountCommand?> Make)> Actions = new()
    {
        ["freeze"] = (Can.Restrict, Freeze),
        ["lift"] = (Can.Restrict, (view, form) => new LiftRestriction(form["restriction"].ToString(), Actor.Staff, Reason(form))
        {
            EffectiveOn = view.Today,
        }),
        ["limit"] = (Can.SetRisk, (view, form) => Amount(view, form) is { } total
            ? new SetLimit(total, Actor.Staff, Reason(form)) { EffectiveOn = view.Today }
            : null),
        ["repay"] = (Can.BookMoney, Repay),
        ["refund"] = (Can.BookMoney, Refund),
        ["reverse"] = (Can.Correct, (view, form) => Typed.Number(form["sequence"]) is { } sequence
            ? new ReverseFact(sequence, Reason(form)) { EffectiveOn = view.Today }
            : null),
        ["amend"] = (Can.Correct, (view, form) => Typed.Number(form["sequence"]) is { } wrong
            && RightFact.Of(view, wrong, Typed.Fen(form["right"]) is { } fen ? Money.Of(fen, view.State.Currency) : null,
                Typed.Day(form["effective"])) is { } right
            ? new AmendFact(wrong, right, Reason(form)) { EffectiveOn = view.Today }
            : null),
        ["price"] = (Can.SetRisk, (view, form) => Typed.Number(form["contract"]) is { } contract
            && Typed.Number(form["overdue"]) is { } overdue
                ? new SetPrice(Loan(form), contract, overdue, Reason(form)) { EffectiveOn = Typed.Day(form["effective"]) ?? view.Today }
                : null),
        ["paid-out"] = (Can.BookMoney, (view, form) => Loan(form) is { } loan
            ? new ConfirmDisbursement(loan, "console-" + form["key"]) { EffectiveOn = view.Today }
            : null),
        ["pay-out-failed"] = (Can.BookMoney, (view, form) => Loan(form) is { } loan
            ? new FailDisbursement(loan, Reason(form)) { EffectiveOn = view.Today }
            : null),
        ["offer-relief"] = (Can.Relieve, ReliefForms.Offer),
        ["end-relief"] = (Can.Relieve, (view, form) => form["relief"].ToString() is { Length: > 0 and <= 64 } relief
            ? new EndRelief(relief, Actor.Staff, Reason(form)) { EffectiveOn = view.Today }
            : null),
        ["waive"] = (Can.Relieve, ReliefForms.Waive),
        ["write-off"] = (Can.Correct, (view, form) => new WriteOffDebt(Reason(form)) { EffectiveOn = view.Today }),
    };

    /// <summary>Maps the forms of the account page, and the fork of a sandbox.</summary>
    public static void MapStaffActions(this RouteGroupBuilder pages)
    {
        pages.MapPost("/accounts/{id}/release-pin", ReleasePinAsync).Needs(Can.CheckIdentity);
        pages.MapPost("/accounts/{id}/fork", ForkAsync).Needs(Can.RunHouse);
        pages.MapPost("/accounts/{id}/fork-to", ForkToAsync).Needs(Can.RunHouse);
        foreach (var (action, (needs, make)) in Actions)
        {
            pages.MapPost("/accounts/{id}/" + action, (
                string id, StaffDesk desk, CreditHouse house, AccountReader reader, PersonShelf people, Speech speech, WebSettings settings,
                HttpContext http) => ActAsync(id, action, make, desk, house, reader, people, speech, settings, http)).Needs(needs);
        }
    }

    private static async Task<IResult> ActAsync(
        string id, string action, Func<AccountView, IFormCollection, AccountCommand?> make, StaffDesk desk, CreditHouse house,
        AccountReader reader, PersonShelf people, Speech speech, WebSettings settings, HttpContext http)
    {
        if (await ConsolePages.SheetAsync(id, house, reader, people, http) is not { } sheet)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var (address, problem) = Reason(form).Length == 0 ? (null, new PageNotice(false, speech["staff.reason-missing"]))
            : make(sheet.Now, form) is not { } command ? (null, new PageNotice(false, speech["form.incomplete"]))
            : settings.TwoPeopleInConsole && TwoPeople.NeedsFromStaff(command, sheet.Now.Today)
                ? await desk.ProposeAsync(http, sheet.Id, action, command, Reason(form))
                : ($"/console/accounts/{sheet.Id}?done=saved", await desk.SubmitAsync(http, sheet.Id, form, command));
        return problem is null
            ? Results.Redirect(address!)
            : desk.Show<AccountPage>(http, new() { ["Sheet"] = sheet }, problem);
    }

    // Staff say that they checked who asks; the customer then sets a new PIN in the app, and staff never see it.
    private static async Task<IResult> ReleasePinAsync(
        string id, StaffDesk desk, CreditHouse house, AccountReader reader, PersonShelf people, PinDesk pins, Speech speech,
        HttpContext http)
    {
        if (await ConsolePages.SheetAsync(id, house, reader, people, http) is not { } sheet)
        {
            return Results.NotFound();
        }

        return Reason(await http.Request.ReadFormAsync()).Length == 0
            ? desk.Show<AccountPage>(http, new() { ["Sheet"] = sheet }, new PageNotice(false, speech["staff.reason-missing"]))
            : await pins.ForgotAsync(sheet.Id.Customer, checkedByStaff: true)
                ? Results.Redirect($"/console/accounts/{sheet.Id}?done=pin-released")
                : desk.Show<AccountPage>(http, new() { ["Sheet"] = sheet }, new PageNotice(false, speech["security.pin-none"]));
    }

    private static async Task<IResult> ForkAsync(
        string id, StaffDesk desk, CreditHouse house, AccountReader reader, PersonShelf people, HttpContext http)
    {
        if (await ConsolePages.SheetAsync(id, house, reader, people, http) is not { } sheet)
        {
            return Results.NotFound();
        }

        var (fork, refusal) = await house.ForkAsync(sheet.Id, StaffDesk.ActorOf(http));
        return refusal is null
            ? Results.Redirect($"/console/accounts/{fork}?done=forked")
            : desk.Show<AccountPage>(http, new() { ["Sheet"] = sheet }, desk.Refused(refusal));
    }

    private static async Task<IResult> ForkToAsync(
        string id, StaffDesk desk, CreditHouse house, AccountReader reader, PersonShelf people, HttpContext http)
    {
        if (await ConsolePages.SheetAsync(id, house, reader, people, http) is not { } sheet)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var day = Typed.Day(form["to"]) ?? sheet.Now.Today;
        var (_, refusal) = await house.AdvanceForkAsync(sheet.Id, day);
        return refusal is null
            ? Results.Redirect($"/console/accounts/{sheet.Id}?done=moved")
            : desk.Show<AccountPage>(http, new() { ["Sheet"] = sheet }, desk.Refused(refusal));
    }

    private static Restrict? Freeze(AccountView view, IFormCollection form) =>
        Enum.TryParse<RestrictionReason>(form["why"], out var why) && Enum.IsDefined(why)
            ? new Restrict("staff-" + form["key"], [Permission.Spend], why, null, Actor.Staff, Reason(form)) { EffectiveOn = view.Today }
            : null;

    private static ReceiveRepayment? Repay(AccountView view, IFormCollection form) => Amount(view, form) is { } amount
        ? new ReceiveRepayment("staff-" + form["key"], [new RepaymentSource("counter", amount)], null, Actor.Channel)
        {
            EffectiveOn = Typed.Day(form["effective"]) ?? view.Today,
        }
        : null;

    private static ReceiveRefund? Refund(AccountView view, IFormCollection form) => Amount(view, form) is { } amount
        ? new ReceiveRefund("staff-" + form["key"], form["purchase"].ToString() is { Length: > 0 } id ? id : null, amount)
        {
            EffectiveOn = view.Today,
        }
        : null;

    private static Money? Amount(AccountView view, IFormCollection form) =>
        Typed.Fen(form["amount"]) is { } fen ? Money.Of(fen, view.State.Currency) : null;

    private static string? Loan(IFormCollection form) => form["loan"].ToString() is { Length: > 0 and <= 64 } loan ? loan : null;

    /// <summary>The reason of a form; where an incident was chosen, its name first, so that compensation is found by it (R145).</summary>
    internal static string Reason(IFormCollection form)
    {
        var (reason, incident) = (form["reason"].ToString().Trim(), form["incident"].ToString());
        var whole = reason.Length > 0 && IncidentDesk.IsName(incident) ? $"{incident}: {reason}" : reason;
        return whole.Length <= LongestReason ? whole : "";
    }
}
