using Mingzhang.Services.Access;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>An incident.</summary>
internal sealed record IncidentAnswer(
    string Name, string Kind, string Zh, string En, string Product, bool StopsUse, DateTimeOffset BeganAt, DateTimeOffset? ExpectedAt,
    DateTimeOffset? EndedAt);

/// <summary>How well repaid accounts become usable, of one day.</summary>
internal sealed record UseDayAnswer(DateOnly Day, long Cleared, long Unusable, long Refreshed, double MeanWaitMs, double LongestWaitMs);

/// <summary>Disturbances of the service, conditions of use, and the figure by which "repaid but cannot use" is measured (R161).</summary>
internal static class IncidentsApi
{
    private const int Most = 200;

    public static void Map(ApiRoutes api)
    {
        api.House<object?, IReadOnlyList<IncidentAnswer>>(
            "/v1/incidents", "list-incidents", ApiScopes.AccountsRead, "Disturbances of the service, latest first.", _ => null,
            (call, _) => Task.FromResult<ApiResult<IReadOnlyList<IncidentAnswer>>>(
                Of<IncidentDesk>(call).List(Most).Select(Sheet).ToList()));
        api.Manage<(string Zh, string En, string? Product, bool Stops, long? Minutes), IncidentAnswer>(
            new RouteSpec(
                "POST", "/v1/incidents", "declare-incident", ApiScopes.StaffWrite, "Tell borrowers and tills that something does not work.")
            {
                Success = 201, Example = """{"zh":"支付服务故障","en":"Payments are down","stopsUse":true,"expectedMinutes":30}""",
            },
            f => (f.Text("zh", "What does not work, in Chinese."), f.Text("en", "In English."),
                f.OptionalId("product", "Product code; none = all."), f.YesNo("stopsUse", "Whether new use is refused while it lasts."),
                f.OptionalWhole("expectedMinutes", "When it is expected to be over, in minutes.", 1, 10_080)),
            DeclareAsync);
        api.Manage<object?, IncidentAnswer>(
            new RouteSpec("POST", "/v1/incidents/{name}/end", "end-incident", ApiScopes.StaffWrite, "It is over.") { Example = "{}" },
            null, EndAsync);
        api.House<object?, IReadOnlyList<UseDayAnswer>>(
            "/v1/use-days", "list-use-days", ApiScopes.LedgerRead,
            "Accounts that paid everything due, those of them that could not be used afterwards, and how long permissions waited; by day.",
            _ => null,
            (call, _) => Task.FromResult<ApiResult<IReadOnlyList<UseDayAnswer>>>(Of<EntitlementDesk>(call).Days(Most).Select(day =>
                new UseDayAnswer(
                    day.Day, day.Cleared, day.Unusable, day.Refreshed, day.Refreshed == 0 ? 0 : day.Waited / 1000.0 / day.Refreshed,
                    day.Longest / 1000.0)).ToList()));
        api.House<object?, IReadOnlyList<AccessRules>>(
            "/v1/access-rules", "list-access-rules", ApiScopes.AccountsRead, "Conditions of use: every version of every segment.",
            _ => null,
            (call, _) => Task.FromResult<ApiResult<IReadOnlyList<AccessRules>>>(Of<AccessDesk>(call).Book.All.ToList()));
    }

    private static async Task<ApiResult<IncidentAnswer>> DeclareAsync(
        ApiCall call, (string Zh, string En, string? Product, bool Stops, long? Minutes) asked)
    {
        var expected = asked.Minutes is { } minutes
            ? call.Http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(minutes) : (DateTimeOffset?)null;
        var desk = Of<IncidentDesk>(call);
        var number = await desk.DeclareAsync(asked.Zh, asked.En, asked.Product ?? "", asked.Stops, expected, call.Caller.Actor);
        return Sheet(desk.List(Most).First(one => one.Number == number));
    }

    private static async Task<ApiResult<IncidentAnswer>> EndAsync(ApiCall call, object? body)
    {
        var desk = Of<IncidentDesk>(call);
        if (desk.List(Most).FirstOrDefault(one => one.Name == call.Path("name")) is not { } incident)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        await desk.EndAsync(incident.Number);
        return Sheet(desk.List(Most).First(one => one.Number == incident.Number));
    }

    private static IncidentAnswer Sheet(Incident one) => new(
        one.Name, one.Kind, one.Zh, one.En, one.Product, one.StopsUse, At(one.BeganAt), one.ExpectedAt > 0 ? At(one.ExpectedAt) : null,
        one.EndedAt > 0 ? At(one.EndedAt) : null);

    private static DateTimeOffset At(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * 10);

    private static T Of<T>(ApiCall call)
        where T : notnull => call.Http.RequestServices.GetRequiredService<T>();
}
