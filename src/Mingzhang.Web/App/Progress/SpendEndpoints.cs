using System.Globalization;
using Mingzhang.Domain.Explaining;
using Mingzhang.Services.Progress.Budgets;
using Mingzhang.Services.Progress.Import;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Texts;
using Mingzhang.Web.Ui;

namespace Mingzhang.Web.App.Progress;

/// <summary>What a borrower spent: by month, merchant type and merchant, down to the transactions.</summary>
public static class SpendEndpoints
{
    /// <summary>Months shown beside each other.</summary>
    public const int MonthsShown = 6;

    /// <summary>Lines on one page.</summary>
    public const int Page = 20;

    /// <summary>How far back recurring charges are looked for, in months.</summary>
    public const int MonthsBack = 25;

    /// <summary>Maps the pages.</summary>
    public static void MapSpend(this RouteGroupBuilder pages)
    {
        pages.MapGet("/spend", SpendAsync);
        pages.MapGet("/spend/lines", LinesAsync);
        pages.MapGet("/spend/recurring", RecurringAsync);
        pages.MapGet("/spend/calendar", CalendarAsync);
        pages.MapGet("/spend/budgets", (BorrowerDesk desk, SpendReader reader, BudgetDesk budgets, MerchantTypes types, HttpContext http) =>
            BudgetsAsync(desk, reader, budgets, types, http, null));
        pages.MapPost("/spend/budgets", SetBudgetAsync);
        pages.MapImports();
    }

    private static async Task<IResult> SpendAsync(BorrowerDesk desk, SpendReader reader, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var month = MonthOf(http.Request.Query["month"], visit.Account.Today);
        var report = await reader.ReportAsync(visit.Account.State.Id, month.AddMonths(-MonthsShown));
        var brought = await http.RequestServices.GetRequiredService<ImportDesk>()
            .OfAsync(visit.Account.State.Id, month, month.AddMonths(1).AddDays(-1));
        return BorrowerDesk.Show<SpendPage>(
            visit, new()
            {
                ["Report"] = report, ["Month"] = month, ["Elsewhere"] = ImportDesk.Elsewhere(brought), ["Warning"] = Rash(visit),
            });
    }

    // A page that is closed shows no analysis of what came since, so it warns of nothing either.
    private static SpendingWarning? Rash(BorrowerVisit visit) => SpendingWatch.Of(
        visit.Account.State,
        Behaviour.Of(visit.Account.History, visit.Account.Book, visit.Account.State.Currency, visit.Account.Today), visit.Account.Today);

    private static async Task<IResult> LinesAsync(BorrowerDesk desk, SpendReader reader, MerchantTypes types, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var asked = SpendQuery.Of(http.Request.Query, visit.Account.Today, types);
        var since = asked.Month ?? visit.Account.State.OpenedOn;
        var report = await reader.ReportAsync(visit.Account.State.Id, since);
        return BorrowerDesk.Show<SpendLinesPage>(visit, new()
        {
            ["Asked"] = asked, ["Found"] = report.Lines.Where(asked.Fits).ToList(), ["Types"] = types,
        });
    }

    private static async Task<IResult> RecurringAsync(BorrowerDesk desk, SpendReader reader, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var report = await reader.ReportAsync(visit.Account.State.Id, visit.Account.Today.AddMonths(-MonthsBack));
        return BorrowerDesk.Show<RecurringPage>(visit, new()
        {
            ["Found"] = Recurring.Of(report.Lines.Select(one => one.Line), report.Today),
        });
    }

    private static async Task<IResult> CalendarAsync(BorrowerDesk desk, SpendReader reader, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var month = MonthOf(http.Request.Query["month"], visit.Account.Today);
        var report = await reader.ReportAsync(visit.Account.State.Id, month);
        var past = await reader.ReportAsync(visit.Account.State.Id, visit.Account.Today.AddMonths(-MonthsBack));
        return BorrowerDesk.Show<CalendarPage>(visit, new()
        {
            ["Month"] = month, ["Days"] = report.Days(month), ["Marks"] = CalendarMarks.Of(visit.Account, month),
            ["Expected"] = Recurring.Of(past.Lines.Select(one => one.Line), visit.Account.Today)
                .Where(one => !one.Ended && one.NextOn >= visit.Account.Today).ToList(),
        });
    }

    private static async Task<IResult> BudgetsAsync(
        BorrowerDesk desk, SpendReader reader, BudgetDesk budgets, MerchantTypes types, HttpContext http, PageNotice? problem)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var month = SpendReport.MonthOf(visit.Account.Today);
        var report = await reader.ReportAsync(visit.Account.State.Id, month);
        return BorrowerDesk.Show<BudgetsPage>(
            problem is null ? visit : visit with { Notice = problem },
            new()
            {
                ["Rows"] = budgets.Of(visit.Account.State.Id).OrderByDescending(one => one.What == Budget.Total)
                    .Select(one => (one, BudgetDesk.SpentOf(one, report, month))).ToList(),
                ["Types"] = types, ["Month"] = month,
            },
            problem is null ? 200 : 422);
    }

    private static async Task<IResult> SetBudgetAsync(
        BorrowerDesk desk, SpendReader reader, BudgetDesk budgets, MerchantTypes types, HttpContext http, Speech speech)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var form = await http.Request.ReadFormAsync();
        var amount = form["drop"] == "1" ? 0 : Typed.Fen(form["amount"]) ?? -1;
        return await budgets.SetAsync(visit.Account.State, form["what"].ToString(), amount) is { } refusal
            ? await BudgetsAsync(
                desk, reader, budgets, types, http, new PageNotice(false, RefusalText.Of(refusal, speech.IsChinese)))
            : Results.Redirect("/app/spend/budgets?done=saved");
    }

    /// <summary>A month as it stands in an address, 2026-07; this month when it is none.</summary>
    public static DateOnly MonthOf(string? text, DateOnly today) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month : SpendReport.MonthOf(today);

    /// <summary>A month for an address.</summary>
    public static string Say(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>A merchant's name; a refund without a purchase has none.</summary>
    public static string NameOf(string merchant, Speech speech) => merchant.Length == 0 ? speech["spend.no-merchant"] : merchant;
}

/// <summary>Which transactions are looked for; all of it stands in the address.</summary>
/// <param name="Month">First day of the month; null = all.</param>
/// <param name="Type">Merchant type; empty = all.</param>
/// <param name="Merchant">Exactly this merchant; null = all.</param>
/// <param name="Text">Part of the merchant's name; empty = all.</param>
/// <param name="LeastMinor">At least so much, minor units.</param>
/// <param name="Page">From 1.</param>
public sealed record SpendQuery(DateOnly? Month, string Type, string? Merchant, string Text, long LeastMinor, int Page)
{
    private const int LongestText = 60;

    /// <summary>Reads it; what is not understood counts as not asked for.</summary>
    public static SpendQuery Of(IQueryCollection query, DateOnly today, MerchantTypes types)
    {
        var text = query["q"].ToString().Trim();
        var month = query["month"].ToString();
        return new SpendQuery(
            month.Length == 0 ? null : SpendEndpoints.MonthOf(month, today), types.Find(query["type"].ToString())?.Code ?? "",
            query.ContainsKey("merchant") ? query["merchant"].ToString() : null, text[..Math.Min(text.Length, LongestText)],
            Typed.Fen(query["least"]) ?? 0,
            int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1);
    }

    /// <summary>Whether a line is among them.</summary>
    public bool Fits(TypedLine one) => (Month is not { } month || SpendReport.MonthOf(one.Line.On) == month)
        && (Type.Length == 0 || one.Type.Code == Type) && (Merchant is not { } merchant || one.Line.Merchant == merchant)
        && (Text.Length == 0 || one.Line.Merchant.Contains(Text, StringComparison.OrdinalIgnoreCase))
        && Math.Abs(one.Line.Amount) >= LeastMinor;

    /// <summary>The address of another page of the same.</summary>
    public string At(int page) => "/app/spend/lines" + QueryString.Create(
        new Dictionary<string, string?>
        {
            ["month"] = Month is { } month ? SpendEndpoints.Say(month) : null, ["type"] = Type.Length > 0 ? Type : null,
            ["merchant"] = Merchant, ["q"] = Text.Length > 0 ? Text : null,
            ["least"] = LeastMinor > 0 ? (LeastMinor / 100m).ToString(CultureInfo.InvariantCulture) : null,
            ["page"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
        }.Where(one => one.Value is not null));
}
