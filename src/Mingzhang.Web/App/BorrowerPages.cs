using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Security;

namespace Mingzhang.Web.App;

/// <summary>The borrower's addresses.</summary>
public static class BorrowerPages
{
    /// <summary>Maps them; all need a borrower's log-in, all forms the antiforgery token.</summary>
    public static void MapBorrowerPages(this WebApplication app)
    {
        app.MapGet("/", () => Results.Redirect("/app")).AllowAnonymous().ExcludeFromDescription();
        var pages = app.MapGroup("/app").RequireAuthorization(Realms.App).AddEndpointFilter<FormFilter>().ExcludeFromDescription();
        pages.MapGet("", HomeAsync);
        pages.MapGet("/bills", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<BillsPage>(http));
        pages.MapGet("/bills/{day}", BillAsync);
        pages.MapGet("/corrections/{sequence:long}", LetterAsync);
        pages.MapGet("/activity", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<ActivityPage>(http));
        pages.MapGet("/limit", (BorrowerDesk desk, HttpContext http) => desk.ShowAsync<LimitPage>(http, visit => new()
        {
            ["Why"] = Explainer.Limit(visit.Account.State, visit.Account.History, visit.Account.Book, visit.Account.Today, null),
        }));
        pages.MapUse();
        pages.MapMessages();
        pages.MapWishes();
        pages.MapGuide();
        pages.MapPay();
        pages.MapPayments();
        pages.MapLoans();
        pages.MapBorrow();
        pages.MapDebts();
        pages.MapPlans();
        pages.MapRelief();
        pages.MapTickets();
        pages.MapClosing();
        pages.MapSettings();
        pages.MapSecurity(Realms.App);
        pages.MapPerson();
        pages.MapFallback("/{**path}", () => Results.NotFound());
        app.MapFallback("/{**path}", () => Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> HomeAsync(BorrowerDesk desk, HttpContext http) => await desk.VisitAsync(http) switch
    {
        null => Results.NotFound(),
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

    private static async Task<IResult> LetterAsync(long sequence, BorrowerDesk desk, HttpContext http) =>
        await desk.VisitAsync(http) is { } visit
        && Domain.Corrections.CorrectionPreviewer.Booked(visit.Account.History, visit.Account.Book, sequence) is { } preview
            ? BorrowerDesk.Show<LetterPage>(visit, new() { ["Preview"] = preview })
            : Results.NotFound();
}
