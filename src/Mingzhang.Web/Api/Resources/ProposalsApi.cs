using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Engine.Approvals;
using Mingzhang.Services.Approvals;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Proposes a staff command on an account: it is tried and kept, and another person decides.</summary>
internal sealed class ProposalsApi(ApiRoutes api)
{
    private const string Example =
        """{"type":"reverse-fact","reason":"booked twice","body":{"sequence":3,"reason":"booked twice"}}""";

    private static readonly FieldSpec[] Body =
    [
        new("type", "string", true) { About = "Name of the operation, such as reverse-fact; one that needs staff:write." },
        new("reason", "string", true) { About = "Why, for the person who decides; kept.", Least = 1, Most = 200 },
        new("body", "object", true) { About = "As in the single request, ids of its address included." },
    ];

    public static void Map(ApiRoutes api)
    {
        var proposals = new ProposalsApi(api);
        api.Account<PageQuery, Page<ProposalLine>>(
            "/proposals", "list-proposals", "Proposals about the account, latest first.", q => PageQuery.Read(q, "proposals"), List);
        api.Batch(
            new RouteSpec("POST", "/v1/accounts/{accountId}/proposals", "propose-command", ApiScopes.StaffWrite,
                "Propose a staff command; nothing is booked until another person approves it.")
            {
                Answer = typeof(ProposalDetail), Example = Example, IsWrite = true, Success = 201,
            },
            Body, proposals.HandleAsync);
    }

    private static ApiResult<Page<ProposalLine>> List(AccountCall account, PageQuery page)
    {
        var rows = ApprovalsApi.DeskOf(account.Call).List(new ProposalQuery(page.After, page.Limit + 1, null, account.Id));
        var items = rows.Take(page.Limit).Select(ProposalLine.Of).ToList();
        return new Page<ProposalLine>(items, rows.Count > items.Count ? Cursor.Of("proposals", items[^1].Number) : null);
    }

    private async Task<ApiAnswer> HandleAsync(ApiCall call)
    {
        if (await call.FindAsync(call.Path("accountId")) is not { } state)
        {
            return Problems.NoAccount;
        }

        var (document, problem) = await RequestBody.ReadAsync(call.Http.Request, RequestBody.Largest);
        if (problem is not null)
        {
            return problem;
        }

        using (document)
        {
            var errors = new List<FieldError>();
            new FieldReader(RequestBody.OfQuery(call.Http.Request.Query, errors), errors, isQuery: true).Close();
            var (draft, refused) = Read(call, state, document!.RootElement, errors);
            var key = call.IdempotencyKey(errors);
            if (errors.Count > 0 || draft is null)
            {
                return refused ?? Problems.Of(errors);
            }

            var content = $"{call.Http.Request.Path} {document.RootElement.GetRawText()}";
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
            return await call.Http.RequestServices.GetRequiredService<AnswerShelf>()
                .OnceAsync(call.Caller.KeyId, key, hash, () => ProposeAsync(call, draft));
        }
    }

    private static async Task<ApiAnswer> ProposeAsync(ApiCall call, ProposalDraft draft)
    {
        var answer = await ApprovalsApi.DeskOf(call).ProposeAsync(draft, call.Caller.Signer);
        return (await ApprovalsApi.AnswerAsync(call, answer)).ToAnswer(201);
    }

    private (ProposalDraft? Draft, ApiAnswer? Refused) Read(ApiCall call, AccountState state, JsonElement root, List<FieldError> errors)
    {
        var fields = new FieldReader(root, errors);
        var type = fields.Id("type", "");
        var reason = fields.Text("reason", "", 200);
        var body = default(JsonElement);
        fields.Object<object>("body", "", true, _ => body = root.TryGetProperty("body", out var found) ? found.Clone() : default);
        errors.RemoveAll(error => error.Rule == "unknown field" && error.Field.StartsWith("body.", StringComparison.Ordinal));
        fields.Close();
        var known = api.Commands.Values.Where(route => route.Spec.Policy == ApiScopes.StaffWrite).ToDictionary(route => route.Spec.Name);
        if (type.Length > 0 && !known.ContainsKey(type))
        {
            errors.Add(Rules.Word("type", known.Keys));
        }

        if (errors.Count > 0)
        {
            return (null, null);
        }

        var handler = call.Http.RequestServices.GetRequiredService<CommandHandler>();
        var (read, refused) = handler.Read(call, known[type], state.Id, body, new Dictionary<string, string>(), errors);
        for (var i = 0; i < errors.Count; i++)
        {
            errors[i] = errors[i] with { Field = "body." + errors[i].Field };
        }

        return errors.Count > 0 || read is null
            ? (null, refused)
            : (CommandProposals.Draft(state.Id, type, read.Command, reason), null);
    }
}
