using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Leaving;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>The answer to one command of a batch: what the single request would have got.</summary>
internal sealed record BatchItem(int Status, bool Replayed, RawJson Body);

/// <summary>The answers of a batch, in the order asked.</summary>
internal sealed record BatchAnswer(IReadOnlyList<BatchItem> Items);

/// <summary>Many commands in one request; each succeeds or fails alone, those of one account in the given order.</summary>
internal sealed class BatchApi(ApiRoutes api)
{
    private const int Largest = 200;

    private const string Example = """
        {"commands":[{"type":"receive-repayment","accountId":"1000042-01","key":"pay-1",
        "body":{"repaymentId":"pay-1","sources":[{"source":"bank-card","amountMinor":50000}]}}]}
        """;

    private static readonly FieldSpec[] Body =
    [
        new("commands", "array", true)
        {
            About = "1 to 200 commands; ids that the single request has in its address stand in the body here.",
            Least = 1,
            Most = Largest,
            Children =
            [
                new("type", "string", true) { About = "Name of the operation, such as receive-repayment." },
                new("accountId", "string", false) { About = "The account; left out for open-account." },
                new("key", "string", true) { About = "The command's own idempotency key." },
                new("body", "object", true) { About = "As in the single request." },
            ],
        },
    ];

    public static void Map(ApiRoutes api)
    {
        var batch = new BatchApi(api);
        api.Batch(
            new RouteSpec("POST", "/v1/commands:batch", "batch", ApiScopes.AnyWrite,
                "Up to 200 commands in one request, each with its own key and answer.")
            {
                Answer = typeof(BatchAnswer), Example = Example,
            },
            Body, batch.HandleAsync);
    }

    private async Task<ApiAnswer> HandleAsync(ApiCall call)
    {
        var (document, problem) = await RequestBody.ReadAsync(call.Http.Request, RequestBody.LargestBatch);
        if (problem is not null)
        {
            return problem;
        }

        using (document)
        {
            var errors = new List<FieldError>();
            new FieldReader(RequestBody.OfQuery(call.Http.Request.Query, errors), errors, isQuery: true).Close();
            var commands = Commands(document!.RootElement, errors);
            return errors.Count > 0 ? Problems.Of(errors) : ApiAnswer.Of(new BatchAnswer(await AnswerAsync(call, commands)));
        }
    }

    private static List<JsonElement> Commands(JsonElement root, List<FieldError> errors)
    {
        foreach (var property in root.EnumerateObject().Where(property => property.Name != "commands"))
        {
            errors.Add(Rules.Unknown(property.Name, ["commands"]));
        }

        if (!root.TryGetProperty("commands", out var list))
        {
            errors.Add(Rules.Missing("commands"));
            return [];
        }

        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() is >= 1 and <= Largest)
        {
            return [.. list.EnumerateArray()];
        }

        errors.Add(Rules.Array("commands", 1, Largest));
        return [];
    }

    private async Task<List<BatchItem>> AnswerAsync(ApiCall call, List<JsonElement> commands)
    {
        var handler = call.Http.RequestServices.GetRequiredService<CommandHandler>();
        var answers = new ApiAnswer?[commands.Count];
        var ready = new List<(int At, ReadCommand Read, CommandEnvelope Envelope, int Success)>();
        var opening = new HashSet<AccountId>();
        await OpenAsync(call, commands);
        for (var i = 0; i < commands.Count; i++)
        {
            var (read, key, success, refused) = await ReadAsync(call, handler, commands[i], opening);
            answers[i] = refused;
            if (read is not null && (LeaveDesk.Knows(read.Command) || read.Command is ForceClosing))
            {
                // Closings look at the account as the commands before them leave it.
                await SubmitAsync(call, handler, ready, answers);
                answers[i] = LeaveDesk.Knows(read.Command) ? await ClosingApi.TakeAsync(call, handler, read, key, false, success)
                    : await handler.RefuseAsync(read) ?? await handler.SubmitAsync(call.Caller, read, key, success);
            }
            else if (read is not null)
            {
                ready.Add((i, read, CommandHandler.Envelope(call.Caller, read, key), success));
                _ = read.Command is OpenAccount && opening.Add(read.Account);
            }
        }

        await SubmitAsync(call, handler, ready, answers);
        return [.. answers.Select(answer => new BatchItem(answer!.Status, answer.Replayed, new RawJson(answer.Body)))];
    }

    /// <summary>Asks for all accounts at once: one after the other each would wait for a commit of its own.</summary>
    private static Task OpenAsync(ApiCall call, List<JsonElement> commands) => Task.WhenAll(
        commands.Where(item => item.ValueKind == JsonValueKind.Object)
            .Select(item => item.TryGetProperty("accountId", out var account) && account.ValueKind == JsonValueKind.String
                ? account.GetString()! : "")
            .Distinct(StringComparer.Ordinal)
            .Select(account => call.OpenAsync(account).AsTask()));

    private static async Task SubmitAsync(
        ApiCall call, CommandHandler handler, List<(int At, ReadCommand Read, CommandEnvelope Envelope, int Success)> ready,
        ApiAnswer?[] answers)
    {
        var results = ready.Count == 0 ? [] : await call.House.SubmitManyAsync([.. ready.Select(one => one.Envelope)]);
        for (var i = 0; i < ready.Count; i++)
        {
            answers[ready[i].At] = await handler.AnswerAsync(ready[i].Envelope, results[i], ready[i].Read, ready[i].Success);
        }

        ready.Clear();
    }

    private async Task<(ReadCommand? Read, string Key, int Success, ApiAnswer? Refused)> ReadAsync(
        ApiCall call, CommandHandler handler, JsonElement item, HashSet<AccountId> opening)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return (null, "", 0, Problems.Of([Rules.Object("$")]));
        }

        var errors = new List<FieldError>();
        var fields = new FieldReader(item, errors);
        var type = fields.Id("type", "");
        var accountId = fields.OptionalId("accountId", "");
        var key = fields.Text("key", "", 100);
        var body = default(JsonElement);
        fields.Object<object>("body", "", true, _ => body = item.TryGetProperty("body", out var found) ? found : default);
        errors.RemoveAll(error => error.Rule == "unknown field" && error.Field.StartsWith("body.", StringComparison.Ordinal));
        fields.Close();
        if (type.Length > 0 && !api.Commands.ContainsKey(type))
        {
            errors.Add(Rules.Word("type", api.Commands.Keys));
        }

        if (key.Length > 0 && !ApiCall.IsKey(key))
        {
            errors.Add(Rules.Key() with { Field = "key" });
        }

        if (errors.Count > 0)
        {
            return (null, "", 0, Problems.Of(errors));
        }

        var route = api.Commands[type];
        return await ReadAsync(call, handler, route, accountId, key, body, opening);
    }

    private static async Task<(ReadCommand? Read, string Key, int Success, ApiAnswer? Refused)> ReadAsync(
        ApiCall call, CommandHandler handler, CommandRoute route, string? accountId, string key, JsonElement body,
            HashSet<AccountId> opening)
    {
        if (!call.Caller.May(route.Spec.Policy))
        {
            return (null, "", 0, Problems.Answer(HttpProblem.Forbidden));
        }

        AccountId? account = null;
        if (route.Spec.NamesAccount)
        {
            var opensHere = AccountId.TryParse(accountId ?? "", out var id) && opening.Contains(id);
            account = opensHere ? id : await call.OpenAsync(accountId ?? "");
            if (account is null)
            {
                return (null, "", 0, Problems.NoAccount);
            }
        }

        var errors = new List<FieldError>();
        var (read, refused) = handler.Read(call, route, account, body, new Dictionary<string, string>(), errors);
        refused = errors.Count > 0 ? Problems.Of(errors) : refused ?? CommandHandler.Alone(call.Caller, route, read!);
        return refused is null ? (read, key, route.Spec.Success, null) : (null, "", 0, refused);
    }
}
