using Microsoft.AspNetCore.Http.HttpResults;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;
using Mingzhang.Web.App.Opening;
using Mingzhang.Web.App.Bureau;
using Mingzhang.Web.App.Leaving;
using Mingzhang.Web.App.Paying;
using Mingzhang.Web.App.Certificates;
using Mingzhang.Web.App.Progress;
using Mingzhang.Web.App.Privacy;
using Mingzhang.Web.App.Sandbox;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Security;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App;

/// <summary>The borrower's addresses.</summary>
public static class BorrowerPages
{
    /// <summary>Maps them; all need a borrower's log-in, all forms the antiforgery token.</summary>
    public static void MapBorrowerPages(this WebApplication app)
    {
        app.MapGet("/", () => Results.Redirect("/app")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/offline", () => new RazorComponentResult<OfflinePage>()).AllowAnonymous().ExcludeFromDescription();
        var pages = app.MapGroup("/app").RequireAuthorization(Realms.App).AddEndpointFilter<FormFilter>().AddEndpointFilter<LookFilter>()
            .ExcludeFromDescription();
        pages.MapGet("", HomeAsync);
        pages.MapGet("/account/{id}", async (string id, BorrowerDesk desk, HttpContext http) =>
        {
            var one = (await desk.VisitAsync(http))?.Accounts.FirstOrDefault(one => one.Account.ToString() == id);
            if (one is not null)
            {
                ChosenAccount.Keep(http, one.Account);
            }

            return one is null ? Results.NotFound() : Results.Redirect("/app");
        });
        pages.MapGet("/bills", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<BillsPage>(http));
        pages.MapGet("/bills/{day}", BillAsync);
        pages.MapGet("/corrections/{sequence:long}", LetterAsync);
        pages.MapGet("/activity", ActivityAsync);
        pages.MapGet("/limit", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<LimitPage>(http, visit => new()
        {
            ["Why"] = Explainer.Limit(visit.Account.State, visit.Account.History, visit.Account.Book, visit.Account.Today, null),
        }));
        pages.MapRaise();
        pages.MapUse();
        pages.MapBureau();
        pages.MapSpend();
        pages.MapProgress();
        pages.MapMessages();
        pages.MapWishes();
        pages.MapGuide();
        pages.MapCampaigns();
        pages.MapPay();
        pages.MapPayments();
        pages.MapPlanned();
        pages.MapPayRequests();
        pages.MapLoans();
        pages.MapBorrow();
        pages.MapDebts();
        pages.MapDebtOrder();
        pages.MapPlans();
        pages.MapRelief();
        pages.MapTickets();
        pages.MapCertificates();
        pages.MapClosing();
        pages.MapSettings();
        pages.MapLook();
        pages.MapShop();
        pages.MapSecurity(Realms.App);
        pages.MapPerson();
        pages.MapOpening();
        pages.MapPrivacy();
        pages.MapFallback("/{**path}", () => Results.NotFound());
        app.MapFallback("/{**path}", () => Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> HomeAsync(BorrowerDesk desk, HttpContext http) => await desk.VisitAsync(http) switch
    {
        null => Results.Redirect("/app/open"),
        { Account.Terms.Loan: not null } visit => BorrowerDesk.Show<LoanHomePage>(visit),
        var visit => BorrowerDesk.Show<HomePage>(visit),
    };

    private static async Task<IResult> BillAsync(string day, BorrowerDesk desk, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit || Typed.Day(day) is not { } issuedOn
            || StatementShelf.Of(visit.Account).FirstOrDefault(one => one.Latest.IssuedOn == issuedOn) is not { } statement
            || Explainer.Bill(visit.Account.History, visit.Account.Book, issuedOn) is not { } bill)
        {
            return Results.NotFound();
        }

        return BorrowerDesk.Show<BillPage>(visit, new() { ["Statement"] = statement, ["Why"] = bill });
    }

    private static Task<IResult> ActivityAsync(BorrowerDesk desk, ActivityReader reader, Speech speech, HttpContext http) =>
        desk.ShowAsync<ActivityPage>(
            http, visit => new() { ["Found"] = ActivitySearch.Of(visit.Account, reader, http.Request.Query, speech) });

    private static async Task<IResult> LetterAsync(long sequence, BorrowerDesk desk, HttpContext http) =>
        await desk.VisitAsync(http) is { } visit
        && Domain.Corrections.CorrectionPreviewer.Booked(visit.Account.History, visit.Account.Book, sequence) is { } preview
            ? BorrowerDesk.Show<LetterPage>(visit, new() { ["Preview"] = preview })
            : Results.NotFound();
}
