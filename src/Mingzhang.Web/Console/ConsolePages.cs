using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Lenders;
using Mingzhang.Services.People;
using Mingzhang.Services.Reading;
using Mingzhang.Web.App;
using Mingzhang.Web.Certificates;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Identity.Roles;
using Mingzhang.Web.Identity.Security;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;
using Mingzhang.Web.Watch;

namespace Mingzhang.Web.Console;

/// <summary>The staff's addresses.</summary>
public static class ConsolePages
{
    private const int MostFound = 20;

    /// <summary>Maps them; all need a staff log-in, all forms the antiforgery token.</summary>
    public static void MapConsolePages(this WebApplication app)
    {
        var pages = app.MapGroup("/console").RequireAuthorization(Realms.Console).AddEndpointFilter<FormFilter>().ExcludeFromDescription();
        pages.MapGet("", Accounts).Needs(Can.SeeAccounts);
        pages.MapPost("/search", SearchAsync).Needs(Can.SeeAccounts);
        pages.MapGet("/accounts/{id}", AccountAsync).Needs(Can.SeeAccounts);
        pages.MapGet("/accounts/{id}/corrections/{sequence:long}", CorrectionAsync).Needs(Can.SeeAccounts);
        pages.MapPeople();
        pages.MapPrivacy();
        pages.MapStaffActions();
        pages.MapApprovals();
        pages.MapCalls();
        pages.MapTicketShelves();
        pages.MapTickets();
        pages.MapVersions();
        pages.MapSettlements();
        pages.MapOutboxes();
        pages.MapWebhooks();
        pages.MapCertificatePages();
        pages.MapUseBoards();
        pages.MapAccessPages();
        pages.MapLeavings();
        pages.MapCampaignBoards();
        pages.MapSecurity(Realms.Console);
        pages.MapStaffBook();
        pages.MapGet("/ledger", Ledger).Needs(Can.SeeBooks);
        pages.MapGet("/lenders", Lenders).Needs(Can.SeeBooks);
        pages.MapGet("/integrity", Integrity).Needs(Can.SeeHouse);
        pages.MapGet("/day", (StaffDesk desk, EndOfDay days, HttpContext http) => desk.Show<DayPage>(http, new() { ["Days"] = days }))
            .Needs(Can.SeeHouse);
        pages.MapPost("/day/next", NextAsync).Needs(Can.RunHouse);
        pages.MapPost("/day/verify", async (EndOfDay days) =>
        {
            await days.VerifyAsync();
            return Results.Redirect("/console/day");
        }).Needs(Can.RunHouse);
        pages.MapPost("/clock", MoveAsync).Needs(Can.RunHouse);
        pages.MapFallback("/{**path}", () => Results.NotFound()).Needs(Can.UseOwnLogin);
    }

    private static IResult Integrity(StaffDesk desk, IntegrityWatch watch, SafetyHealth safety, EndOfDay days, HttpContext http) =>
        desk.Show<IntegrityPage>(http, new() { ["Watch"] = watch, ["Safety"] = safety, ["Days"] = days });

    /// <summary>Shows one account; null when there is none of that number.</summary>
    public static async Task<AccountSheet?> SheetAsync(
        string id, CreditHouse house, AccountReader reader, PersonShelf people, HttpContext http)
    {
        if (!AccountId.TryParse(id, out var account) || account.ToString() != id || await reader.FindAsync(account) is not { } now)
        {
            return null;
        }

        var on = Until(now.Today, http.Request.Query["on"]) ?? now.Today;
        var known = Until(now.Today, http.Request.Query["known"]) ?? now.Today;
        var then = on >= now.Today && known >= now.Today ? now : reader.AsOf(account, on, known);
        return new AccountSheet(now, then, on, known, house.Rows(account), people.Find(account.Customer));
    }

    private static IResult Accounts(StaffDesk desk, AccountShelf shelf, PersonShelf people, HttpContext http)
    {
        var query = http.Request.Query;
        var (partition, account) = ListCursor.Read(query["after"].ToString());
        var asked = new ShelfQuery(
            CustomersIn(query["of"].ToString()), query["status"].ToString(), query["overdue"] == "1", partition, account);
        var rows = shelf.Find(asked);
        var shown = rows.Take(AccountShelf.PageSize).ToList();
        return desk.Show<AccountsPage>(http, new()
        {
            ["Query"] = asked,
            ["Rows"] = shown,
            ["Next"] = rows.Count > AccountShelf.PageSize ? ListCursor.Of(shown[^1]) : null,
            ["Sums"] = shelf.Totals(),
            ["Found"] = people.Find((asked.Customers ?? []).Take(MostFound).Select(customer => new CustomerId(customer))),
            ["Names"] = people.Find(shown.Select(row => row.Id.Customer)).ToDictionary(person => person.CustomerId),
        });
    }

    // What was searched for may be a name: it stays out of the address, which goes on with the customers found.
    private static async Task<IResult> SearchAsync(AccountShelf shelf, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var text = form["q"].ToString().Trim();
        var found = text.Length > 100 ? [] : shelf.CustomersOf(text);
        var address = QueryString.Create(new Dictionary<string, string?>
        {
            ["of"] = found is null ? form["of"].ToString() : string.Join('.', found.Count == 0 ? [0] : found),
            ["status"] = form["status"].ToString(),
            ["overdue"] = form["overdue"].ToString(),
        });
        return Results.Redirect("/console" + address);
    }

    private static List<long>? CustomersIn(string of) => of.Length == 0 ? null
        : [.. of.Split('.').Take(2 * AccountShelf.PageSize).Select(part => CustomerId.TryParse(part, out var one) ? one.Value : 0)];

    private static async Task<IResult> AccountAsync(
        string id, StaffDesk desk, CreditHouse house, AccountReader reader, PersonShelf people, LookLog looks, Speech speech,
        HttpContext http)
    {
        if (await SheetAsync(id, house, reader, people, http) is not { } sheet)
        {
            return Results.NotFound();
        }

        await looks.AddAsync(sheet.Id.Customer, StaffDesk.ActorOf(http), "console.account");
        var today = sheet.Now.Today;
        var wrong = Array.Exists(["on", "known"], field => http.Request.Query[field].ToString() is { Length: > 0 } text
            && Until(today, text) is null);
        return desk.Show<AccountPage>(
            http, new() { ["Sheet"] = sheet },
            wrong ? new PageNotice(false, speech.Say("account.day-refused", Speech.Iso(today))) : null);
    }

    /// <summary>A day that has come; null for one to come, or no day: what is to come is not known.</summary>
    private static DateOnly? Until(DateOnly today, string? text) => Typed.Day(text) is { } day && day <= today ? day : null;

    private static async Task<IResult> CorrectionAsync(string id, long sequence, StaffDesk desk, AccountReader reader, HttpContext http) =>
        AccountId.TryParse(id, out var account) && await reader.FindAsync(account) is { } view
        && Domain.Corrections.CorrectionPreviewer.Booked(view.History, view.Book, sequence) is { } preview
            ? desk.Show<CorrectionPage>(http, new() { ["Account"] = account, ["Preview"] = preview })
            : Results.NotFound();

    private static async Task<IResult> Ledger(StaffDesk desk, CreditHouse house, Ledgers ledgers, HttpContext http)
    {
        await house.CatchUpFollowersAsync(http.RequestAborted);
        var named = Enum.TryParse<LedgerAccount>(http.Request.Query["account"], out var asked) && Enum.IsDefined(asked);
        LedgerAccount? ledger = named ? asked : null;
        var day = Typed.Day(http.Request.Query["day"]);
        return desk.Show<LedgerPage>(http, new()
        {
            ["Lines"] = ledgers.Balance(),
            ["Ledger"] = ledger,
            ["Day"] = day,
            ["Days"] = ledger is { } one && day is null ? ledgers.DaysOf(one) : [],
            ["Entries"] = ledger is { } two && day is { } on ? ledgers.EntriesOf(two, on) : [],
        });
    }

    private static async Task<IResult> Lenders(StaffDesk desk, CreditHouse house, HttpContext http) =>
        desk.Show<LendersPage>(http, new()
        {
            ["Report"] = await new LenderReader(house).ReportAsync(Domain.Values.Currency.Cny, null, http.RequestAborted),
        });

    private static async Task<IResult> NextAsync(EndOfDay days, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (Typed.Day(form["from"]) is { } from)
        {
            await days.NextAsync(from);
        }

        return Results.Redirect("/console/day");
    }

    private static async Task<IResult> MoveAsync(StaffDesk desk, EndOfDay days, CreditHouse house, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var ahead = Typed.Number(form["days"]);
        var from = Typed.Day(form["from"]);
        if (from == house.BusinessDate && ahead is > 0 and <= 3660
            && await days.MoveToAsync(from.Value.AddDays(ahead.Value)) is { } refusal)
        {
            return desk.Show<DayPage>(http, new() { ["Days"] = days }, desk.Refused(refusal));
        }

        return Results.Redirect("/console/day?done=moved");
    }
}
