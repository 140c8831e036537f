using Dapper;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>One event on its way to an endpoint.</summary>
/// <param name="Event">Its stable id, as in <c>Mingzhang-Event</c>.</param>
/// <param name="Position">Its journal position: the cursor of a replay.</param>
/// <param name="Type">The event's name with version.</param>
/// <param name="State">waiting, delivered or dead.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="DeliveredAt">Seconds since 1970 UTC; null = not yet.</param>
/// <param name="Error">What the last try met.</param>
internal sealed record DeliveryAnswer(
    string Event, long Position, string Type, string State, long Attempts, long? DeliveredAt, string Error);

/// <summary>How many events are sent again.</summary>
internal sealed record ReplayAnswer(long Again);

/// <summary>The log of deliveries of an endpoint, and sending again from a cursor.</summary>
internal static class WebhookDeliveries
{
    private const int PageSize = 100;

    private const string Latest =
        "SELECT position AS Position, part AS Part, type AS Type, attempts AS Attempts, next_attempt AS NextAttempt, "
        + "delivered_at AS DeliveredAt, last_error AS LastError FROM outbox WHERE partition_id BETWEEN 0 AND 1023 "
        + "AND webhook_id = @webhook AND position > @after ORDER BY position, part LIMIT @most";

    private const string Again =
        "UPDATE outbox SET attempts = 0, next_attempt = 0, delivered_at = 0, last_error = '' WHERE partition_id BETWEEN 0 AND 1023 "
        + "AND webhook_id = @webhook AND position > @after";

    public static void Map(ApiRoutes api)
    {
        api.House<long, Page<DeliveryAnswer>>(
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

    private static Task<ApiResult<Page<DeliveryAnswer>>> ListAsync(ApiCall call, long after)
    {
        if (WebhooksApi.Find(call) is null)
        {
            return Task.FromResult<ApiResult<Page<DeliveryAnswer>>>(Problems.Answer(HttpProblem.NotFound));
        }

        using var connection = call.House.OpenReadOnly();
        List<DeliveryAnswer> rows =
        [
            .. connection.Query<Row>(Latest, new { webhook = call.Path("id"), after, most = PageSize }).Select(row => new DeliveryAnswer(
                $"{row.Position}-{row.Part}", row.Position, row.Type,
                row.DeliveredAt > 0 ? "delivered" : row.NextAttempt == long.MaxValue ? "dead" : "waiting", row.Attempts,
                row.DeliveredAt > 0 ? row.DeliveredAt : null, row.LastError)),
        ];
        return Task.FromResult<ApiResult<Page<DeliveryAnswer>>>(new Page<DeliveryAnswer>(rows, null));
    }

    private static async Task<ApiResult<ReplayAnswer>> ReplayAsync(ApiCall call, long after)
    {
        if (WebhooksApi.Find(call) is not { } found)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var values = new { webhook = found.Id, after };
        return new ReplayAnswer(await call.House.WriteAsync((connection, transaction) => connection.Execute(Again, values, transaction)));
    }

    private sealed record Row(
        long Position, long Part, string Type, long Attempts, long NextAttempt, long DeliveredAt, string LastError);
}
