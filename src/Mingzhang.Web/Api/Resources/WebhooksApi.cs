using System.Security.Cryptography;
using Dapper;
using Mingzhang.Engine.Followers;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>An endpoint that events are delivered to, signed with its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where events go.</param>
/// <param name="Active">Whether they are delivered.</param>
/// <param name="Since">Events after this journal position.</param>
/// <param name="Secret">Only in the answer that made it.</param>
internal sealed record WebhookAnswer(string Id, string Url, bool Active, long Since, string? Secret);

/// <summary>Webhook endpoints.</summary>
internal static class WebhooksApi
{
    private const string Select = "SELECT id AS Id, url AS Url, active AS Active, since AS Since FROM webhook ORDER BY id";
    private const string Insert = "INSERT INTO webhook (id, url, secret, since, active) VALUES (@id, @url, @secret, @since, 1)";
    private const string Update = "UPDATE webhook SET url = @url, active = @active WHERE id = @id";
    private const string Remove = "DELETE FROM webhook WHERE id = @id";
    private const string Example = """{"url":"https://example.com/mingzhang"}""";

    public static void Map(ApiRoutes api)
    {
        api.House<object?, Page<WebhookAnswer>>(
            "/v1/webhooks", "list-webhooks", ApiScopes.WebhooksWrite, "All endpoints.", _ => null,
            (call, _) => Task.FromResult<ApiResult<Page<WebhookAnswer>>>(new Page<WebhookAnswer>(All(call), null)));
        api.House<object?, WebhookAnswer>(
            "/v1/webhooks/{id}", "get-webhook", ApiScopes.WebhooksWrite, "One endpoint.", _ => null,
            (call, _) => Task.FromResult<ApiResult<WebhookAnswer>>(
                All(call).Find(one => one.Id == call.Path("id")) is { } found ? found : Problems.Answer(HttpProblem.NotFound)));
        api.Manage<string, WebhookAnswer>(
            Spec("POST", "/v1/webhooks", "add-webhook", "Add an endpoint; its secret is shown here only.") with { Success = 201,
                Example = Example },
            Url, AddAsync);
        api.Manage<(string Url, bool Active), WebhookAnswer>(
            Spec("PUT", "/v1/webhooks/{id}", "change-webhook", "Change an endpoint's address, or pause it.") with
            {
                Example = """{"url":"https://example.com/mingzhang","active":false}""",
            },
            f => (Url(f), f.YesNo("active", "Whether events are delivered.")), ChangeAsync);
        api.Manage<object?, WebhookAnswer>(
            Spec("DELETE", "/v1/webhooks/{id}", "remove-webhook", "Remove an endpoint.") with { Success = 204 }, null, RemoveAsync);
    }

    private static RouteSpec Spec(string method, string pattern, string name, string summary) =>
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

    private static async Task<ApiResult<WebhookAnswer>> AddAsync(ApiCall call, string url)
    {
        var id = "wh-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var secret = "whsec_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var since = call.House.LastPosition;
        await call.House.WriteAsync((connection, transaction) => connection.Execute(Insert, new { id, url, secret, since }, transaction));
        return (ApiResult<WebhookAnswer>)new WebhookAnswer(id, url, true, since, secret) with { Location = "/v1/webhooks/" + id };
    }

    private static async Task<ApiResult<WebhookAnswer>> ChangeAsync(ApiCall call, (string Url, bool Active) wanted)
    {
        var row = new { id = call.Path("id"), url = wanted.Url, active = wanted.Active ? 1 : 0 };
        var changed = await call.House.WriteAsync((connection, transaction) => connection.Execute(Update, row, transaction));
        return changed == 1 ? All(call).Single(one => one.Id == row.id) : Problems.Answer(HttpProblem.NotFound);
    }

    private static async Task<ApiResult<WebhookAnswer>> RemoveAsync(ApiCall call, object? nothing)
    {
        var id = call.Path("id");
        var removed = await call.House.WriteAsync((connection, transaction) => connection.Execute(Remove, new { id }, transaction));
        return removed == 1 ? new WebhookAnswer(id, "", false, 0, null) : Problems.Answer(HttpProblem.NotFound);
    }

    private static List<WebhookAnswer> All(ApiCall call)
    {
        using var connection = call.House.OpenReadOnly();
        return [.. connection.Query<Row>(Select).Select(row => new WebhookAnswer(row.Id, row.Url, row.Active == 1, row.Since, null))];
    }

    private sealed record Row(string Id, string Url, long Active, long Since);
}
