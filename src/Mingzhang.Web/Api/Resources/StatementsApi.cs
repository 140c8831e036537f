using System.Globalization;
using Mingzhang.Domain.Explaining;
using Mingzhang.Services.Reading;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Statements with every version they ever had, and with their lines.</summary>
internal static class StatementsApi
{
    public static void Map(ApiRoutes api)
    {
        api.Account<PageQuery, Page<ShelvedStatement>>(
            "/statements", "list-statements", "Statements, latest first, with the versions that were superseded.",
            q => PageQuery.Read(q, "statements"), List);
        api.Account<object?, BillExplanation>(
            "/statements/{date}", "get-statement", "One statement with its lines and how its minimum came about.", _ => null,
            (account, _) => One(account));
    }

    /// <summary>The bill of the date in the address.</summary>
    public static ApiResult<BillExplanation> One(AccountCall account)
    {
        if (!DateOnly.TryParseExact(account.Call.Path("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day))
        {
            return Problems.Of([Fields.Rules.Date("date")]);
        }

        // What is still to come is no bill yet.
        return day <= account.Today && Explainer.Bill(account.History, account.House.Terms, day) is { } bill
            ? bill
            : Problems.Answer(HttpProblem.NotFound);
    }

    private static ApiResult<Page<ShelvedStatement>> List(AccountCall account, PageQuery page)
    {
        // Newest first: the cursor is the statement day of the last one shown.
        var left = StatementShelf.Of(account.View).Where(one => page.After == 0 || one.Latest.IssuedOn.DayNumber < page.After).ToList();
        var items = left.Take(page.Limit).ToList();
        return new Page<ShelvedStatement>(
            items, left.Count > items.Count ? Cursor.Of("statements", items[^1].Latest.IssuedOn.DayNumber) : null);
    }
}
