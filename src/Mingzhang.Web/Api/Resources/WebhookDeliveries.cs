using Mingzhang.Engine.Followers;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>How many events are sent again.</summary>
internal sealed record ReplayAnswer(long Again);

/// <summary>The log of deliveries of an endpoint, and sending again from a cursor.</summary>
internal static class WebhookDeliveries
{
    private const int PageSize = 100;

    public static void Map(ApiRoutes api)
    {
        api.House<long, Page<WebhookDelivery>>(
            "/v1/webhooks/{id}/deliveries", "list-webhook-deliveries", ApiScopes.WebhooksWrite,
            "What was sent to an endpoint and what waits, after a journal position, a hundred at a time.",
            f => After(f), ListAsync);
        api.Manage<long, ReplayAnswer>(
            WebhooksApi.Spec(
                "POST", "/v1/webhooks/{id}/replay", "replay-webhook",
                "Send again what the endpoint was sent after a journal position, in order; ids stay what they were.") with
            {
                Example = """{"after":"0"}""",
            },
            After, ReplayAsync);
    }

    private static long After(FieldReader f)
    {
        var text = f.OptionalText("after", "A journal position; without it from the beginning.", 19) ?? "0";
        if (long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var after))
        {
            return after;
        }

        f.Add("after", field => Rules.Whole(field, 0, long.MaxValue));
        return 0;
    }

    private static Task<ApiResult<Page<WebhookDelivery>>> ListAsync(ApiCall call, long after)
    {
        if (WebhooksApi.Find(call) is null)
        {
            return Task.FromResult<ApiResult<Page<WebhookDelivery>>>(Problems.Answer(HttpProblem.NotFound));
        }

        var rows = new WebhookShelf(call.House).DeliveriesAfter(call.Path("id"), after, PageSize);
        return Task.FromResult<ApiResult<Page<WebhookDelivery>>>(new Page<WebhookDelivery>(rows, null));
    }

    private static async Task<ApiResult<ReplayAnswer>> ReplayAsync(ApiCall call, long after)
    {
        if (WebhooksApi.Find(call) is not { } found)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        return new ReplayAnswer(await new WebhookShelf(call.House).ReplayAsync(found.Id, after));
    }
}
