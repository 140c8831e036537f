using System.Security.Cryptography;
using Dapper;
using Mingzhang.Engine.Followers;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>An endpoint that events are delivered to, signed with its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where events go.</param>
/// <param name="Active">Whether they are delivered; an endpoint that failed for five days is paused.</param>
/// <param name="Since">Events after this journal position.</param>
/// <param name="Secret">Only in the answer that made it.</param>
/// <param name="Kinds">Which events; none named = all.</param>
/// <param name="FailingSince">Since when nothing was taken, seconds since 1970 UTC; null while it is well.</param>
internal sealed record WebhookAnswer(
    string Id, string Url, bool Active, long Since, string? Secret, IReadOnlyList<string> Kinds, long? FailingSince);

/// <summary>What is asked of an endpoint.</summary>
internal sealed record WebhookWish(string Url, IReadOnlyList<string> Kinds, bool Active);

/// <summary>Webhook endpoints, each of the key that made it.</summary>
internal static class WebhooksApi
{
    private const int MostKinds = 50;

    private const string Insert =
        "INSERT INTO webhook (id, url, secret, since, active, owner, kinds) VALUES (@id, @url, @secret, @since, 1, @owner, @kinds)";

    private const string Update =
        "UPDATE webhook SET url = @url, active = @active, kinds = @kinds, failing_since = 0 "
        + "WHERE id = @id AND (owner = '' OR owner = @owner)";

    private const string Remove = "DELETE FROM webhook WHERE id = @id AND (owner = '' OR owner = @owner)";
    private const string Example = """{"url":"https://example.com/mingzhang","kinds":["statement-issued","repayment-received"]}""";

    public static void Map(ApiRoutes api)
    {
        api.House<object?, Page<WebhookAnswer>>(
            "/v1/webhooks", "list-webhooks", ApiScopes.WebhooksWrite, "The endpoints of this key.", _ => null,
            (call, _) => Task.FromResult<ApiResult<Page<WebhookAnswer>>>(new Page<WebhookAnswer>(All(call), null)));
        api.House<object?, WebhookAnswer>(
            "/v1/webhooks/{id}", "get-webhook", ApiScopes.WebhooksWrite, "One endpoint.", _ => null,
            (call, _) => Task.FromResult<ApiResult<WebhookAnswer>>(
                Find(call) is { } found ? found : Problems.Answer(HttpProblem.NotFound)));
        api.Manage<WebhookWish, WebhookAnswer>(
            Spec("POST", "/v1/webhooks", "add-webhook", "Add an endpoint; its secret is shown here only.") with { Success = 201,
                Example = Example },
            f => new WebhookWish(Url(f), Kinds(f), true), AddAsync);
        api.Manage<WebhookWish, WebhookAnswer>(
            Spec("PUT", "/v1/webhooks/{id}", "change-webhook", "Change an endpoint's address and kinds, pause or resume it.") with
            {
                Example = """{"url":"https://example.com/mingzhang","active":false}""",
            },
            f => new WebhookWish(Url(f), Kinds(f), f.YesNo("active", "Whether events are delivered.")), ChangeAsync);
        api.Manage<object?, WebhookAnswer>(
            Spec("DELETE", "/v1/webhooks/{id}", "remove-webhook", "Remove an endpoint.") with { Success = 204 }, null, RemoveAsync);
        WebhookDeliveries.Map(api);
    }

    /// <summary>One of the caller's endpoints, or null.</summary>
    public static WebhookAnswer? Find(ApiCall call) => All(call).Find(one => one.Id == call.Path("id"));

    /// <summary>A route of webhooks.</summary>
    public static RouteSpec Spec(string method, string pattern, string name, string summary) =>
        new(method, pattern, name, ApiScopes.WebhooksWrite, summary);

    private static string Url(FieldReader f)
    {
        var text = f.Text("url", "A public https address.", 500);
        var why = Uri.TryCreate(text, UriKind.Absolute, out var url)
            ? WebhookDeliverer.Fault(url, allowLoopback: false)
            : "an endpoint is an absolute https address";
        if (text.Length > 0 && why is not null)
        {
            f.Add("url", field => Rules.Address(field, why));
        }

        return text;
    }

    private static IReadOnlyList<string> Kinds(FieldReader f) =>
    [
        .. f.Texts("kinds", "Kinds of events such as statement-issued; none = all.", 0, MostKinds).Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static string Written(IReadOnlyList<string> kinds) => kinds.Count == 0 ? "" : $"|{string.Join('|', kinds)}|";

    private static async Task<ApiResult<WebhookAnswer>> AddAsync(ApiCall call, WebhookWish wish)
    {
        var id = "wh-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var secret = "whsec_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var since = call.House.LastPosition;
        var row = new { id, url = wish.Url, secret, since, owner = call.Caller.KeyId, kinds = Written(wish.Kinds) };
        await call.House.WriteAsync((connection, transaction) => connection.Execute(Insert, row, transaction));
        return (ApiResult<WebhookAnswer>)new WebhookAnswer(id, wish.Url, true, since, secret, wish.Kinds, null) with
        {
            Location = "/v1/webhooks/" + id,
        };
    }

    private static async Task<ApiResult<WebhookAnswer>> ChangeAsync(ApiCall call, WebhookWish wish)
    {
        var row = new
        {
            id = call.Path("id"), url = wish.Url, active = wish.Active ? 1 : 0, kinds = Written(wish.Kinds), owner = call.Caller.KeyId,
        };
        var changed = await call.House.WriteAsync((connection, transaction) => connection.Execute(Update, row, transaction));
        return changed == 1 ? Find(call)! : Problems.Answer(HttpProblem.NotFound);
    }

    private static async Task<ApiResult<WebhookAnswer>> RemoveAsync(ApiCall call, object? nothing)
    {
        var row = new { id = call.Path("id"), owner = call.Caller.KeyId };
        var removed = await call.House.WriteAsync((connection, transaction) => connection.Execute(Remove, row, transaction));
        return removed == 1 ? new WebhookAnswer(row.id, "", false, 0, null, [], null) : Problems.Answer(HttpProblem.NotFound);
    }

    private static List<WebhookAnswer> All(ApiCall call) =>
    [
        .. new WebhookShelf(call.House).All().Where(one => one.Owner.Length == 0 || one.Owner == call.Caller.KeyId).Select(one =>
            new WebhookAnswer(one.Id, one.Url, one.Active, one.Since, null, one.Kinds, one.FailingSince)),
    ];
}
