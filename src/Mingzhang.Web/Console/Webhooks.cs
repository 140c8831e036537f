using System.Globalization;
using Mingzhang.Engine;
using Mingzhang.Engine.Followers;
using Mingzhang.Web.Identity.Roles;

namespace Mingzhang.Web.Console;

/// <summary>Endpoints of other systems: what they were sent, what waits, what was given up.</summary>
internal static class Webhooks
{
    /// <summary>Deliveries on a page.</summary>
    public const int Most = 100;

    /// <summary>Maps the pages and their forms.</summary>
    public static void MapWebhooks(this RouteGroupBuilder pages)
    {
        pages.MapGet("/webhooks", (StaffDesk desk, CreditHouse house, HttpContext http) => Show(null, desk, new WebhookShelf(house), http))
            .Needs(Can.SeeHouse);
        pages.MapGet("/webhooks/{id}", (string id, StaffDesk desk, CreditHouse house, HttpContext http) =>
            Show(id, desk, new WebhookShelf(house), http)).Needs(Can.SeeHouse);
        pages.MapPost("/webhooks/{id}/pause", (string id, CreditHouse house) => SwitchAsync(id, house, active: false)).Needs(Can.RunHouse);
        pages.MapPost("/webhooks/{id}/resume", (string id, CreditHouse house) => SwitchAsync(id, house, active: true)).Needs(Can.RunHouse);
        pages.MapPost("/webhooks/{id}/revive", async (string id, CreditHouse house) =>
        {
            await new WebhookShelf(house).ReviveAsync(id);
            return Results.Redirect($"/console/webhooks/{Uri.EscapeDataString(id)}?done=saved");
        }).Needs(Can.RunHouse);
    }

    private static IResult Show(string? id, StaffDesk desk, WebhookShelf shelf, HttpContext http)
    {
        var rows = shelf.All();
        var chosen = rows.FirstOrDefault(one => one.Id == id);
        if (id is not null && chosen is null)
        {
            return Results.NotFound();
        }

        var before = long.TryParse(http.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? asked : long.MaxValue;
        return desk.Show<WebhooksPage>(http, new()
        {
            ["Rows"] = rows, ["Backlogs"] = shelf.Backlogs(), ["Chosen"] = chosen,
            ["Deliveries"] = chosen is null ? [] : shelf.DeliveriesBefore(chosen.Id, before, Most),
        });
    }

    private static async Task<IResult> SwitchAsync(string id, CreditHouse house, bool active) =>
        await new WebhookShelf(house).SwitchAsync(id, active)
            ? Results.Redirect($"/console/webhooks/{Uri.EscapeDataString(id)}?done=saved")
            : Results.NotFound();
}
