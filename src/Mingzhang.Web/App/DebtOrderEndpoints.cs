using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;

namespace Mingzhang.Web.App;

/// <summary>Which debt to repay first: all debts in this house, dearest first, and what a sum put there saves.</summary>
internal static class DebtOrderEndpoints
{
    private const long UsualSum = 100_000;

    /// <summary>Maps the page.</summary>
    public static void MapDebtOrder(this RouteGroupBuilder pages) => pages.MapGet("/debts", ShowAsync);

    private static async Task<IResult> ShowAsync(BorrowerDesk desk, AccountReader reader, HttpContext http)
    {
        if (await desk.VisitAsync(http) is not { } visit)
        {
            return Results.NotFound();
        }

        var views = new List<AccountView>();
        foreach (var one in visit.Accounts)
        {
            if (await reader.GlanceAsync(one.Account) is { } view && view.State.Currency == visit.Account.State.Currency)
            {
                views.Add(view);
            }
        }

        var debts = DebtOrder.Sorted(views.SelectMany(view => DebtOrder.Of(view.State, view.Today)));
        var sum = Money.Of(Typed.Fen(http.Request.Query["amount"]) is > 0 and { } fen ? fen : UsualSum, visit.Account.State.Currency);
        return BorrowerDesk.Show<DebtOrderPage>(visit, new()
        {
            ["Debts"] = debts, ["Steps"] = DebtOrder.Spend(debts, sum), ["Amount"] = sum, ["Views"] = views,
        });
    }
}
