using System.Globalization;
using Mingzhang.Domain.Approvals;
using Mingzhang.Engine.Approvals;
using Mingzhang.Engine.Encoding;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>Which proposals a list shows.</summary>
internal enum ProposalState
{
    /// <summary>Those that wait for a second person.</summary>
    Open,

    /// <summary>Those that do not.</summary>
    Decided,
}

/// <summary>Acts that take two people: listed, approved, rejected, taken back, made anew.</summary>
internal static class ApprovalsApi
{
    private const string List = "approvals";
    private const string WithReason = """{"reason":"the receipt shows another amount"}""";

    public static void Map(ApiRoutes api)
    {
        api.House<(PageQuery Page, ProposalState? State), Page<ProposalLine>>(
            "/v1/approvals", "list-approvals", ApiScopes.AnyStaff, "Proposals, latest first.",
            q => (PageQuery.Read(q, List), q.OptionalChoice<ProposalState>("state", "open or decided; default: all.")),
            (call, asked) => Task.FromResult(ListOf(call, asked.Page, asked.State)));
        api.House<object?, ProposalDetail>(
            "/v1/approvals/{number}", "get-approval", ApiScopes.AnyStaff, "One proposal with its preview, and what has changed since.",
            _ => null, async (call, _) => await OneAsync(call));
        api.Manage<string?, ProposalDetail>(
            Spec("approval", "approve-proposal", ApiScopes.StaffApprove, "Approve another person's proposal; it is carried out at once.",
                """{"note":"checked against the receipt"}"""),
            f => f.OptionalText("note", "Why; kept."),
            (call, note) => DecideAsync(call, (desk, number) => desk.ApproveAsync(number, call.Caller.Signer, note ?? "")));
        api.Manage<string, ProposalDetail>(
            Spec("rejection", "reject-proposal", ApiScopes.StaffApprove, "Reject another person's proposal.", WithReason), Reason,
            (call, reason) => DecideAsync(call, (desk, number) => desk.RejectAsync(number, call.Caller.Signer, reason)));
        api.Manage<string, ProposalDetail>(
            Spec("withdrawal", "withdraw-proposal", ApiScopes.StaffWrite, "Take the own proposal back.", WithReason), Reason,
            (call, reason) => DecideAsync(call, (desk, number) => desk.WithdrawAsync(number, call.Caller.Signer, reason)));
        api.Manage<object?, ProposalDetail>(
            Spec("renewal", "renew-proposal", ApiScopes.StaffWrite,
                "Make it anew on the present state, under a new number; whoever renews cannot approve.", null) with { Success = 201 },
            null, (call, _) => DecideAsync(call, (desk, number) => desk.RenewAsync(number, call.Caller.Signer)));
    }

    /// <summary>The answer to what a desk said.</summary>
    internal static async Task<ApiResult<ProposalDetail>> AnswerAsync(ApiCall call, ProposalAnswer answer)
    {
        if (answer.Refusal is { } refusal)
        {
            return Problems.Of(refusal);
        }

        var proposal = answer.Proposal!;
        return proposal.Status == ProposalStatus.Refused
            ? Problems.Of(DomainJson.ReadRefusal(System.Text.Encoding.UTF8.GetBytes(proposal.Outcome)))
            : (ApiResult<ProposalDetail>)await ProposalDetail.OfAsync(DeskOf(call), proposal) with
            {
                Location = string.Create(CultureInfo.InvariantCulture, $"/v1/approvals/{proposal.Number}"),
            };
    }

    /// <summary>The desk of proposals.</summary>
    internal static ApprovalDesk DeskOf(ApiCall call) => call.Http.RequestServices.GetRequiredService<ApprovalDesk>();

    private static RouteSpec Spec(string below, string name, string scope, string summary, string? example) =>
        new("POST", "/v1/approvals/{number}/" + below, name, scope, summary) { Example = example };

    private static string Reason(FieldReader f) => f.Text("reason", "Why; kept.");

    private static ApiResult<Page<ProposalLine>> ListOf(ApiCall call, PageQuery page, ProposalState? state)
    {
        if (call.Caller.Customer is not null)
        {
            return Problems.Answer(HttpProblem.Forbidden);
        }

        bool? open = state is null ? null : state == ProposalState.Open;
        var rows = DeskOf(call).List(new ProposalQuery(page.After, page.Limit + 1, open));
        var items = rows.Take(page.Limit).Select(ProposalLine.Of).ToList();
        return new Page<ProposalLine>(items, rows.Count > items.Count ? Cursor.Of(List, items[^1].Number) : null);
    }

    private static async Task<ApiResult<ProposalDetail>> OneAsync(ApiCall call)
    {
        var number = NumberOf(call);
        return MayDecide(call, number) && DeskOf(call).Find(number) is { } proposal
            ? await ProposalDetail.OfAsync(DeskOf(call), proposal)
            : Problems.Of(new ProposalUnknown(number));
    }

    private static async Task<ApiResult<ProposalDetail>> DecideAsync(ApiCall call, Func<ApprovalDesk, long, Task<ProposalAnswer>> decide)
    {
        var number = NumberOf(call);
        return MayDecide(call, number)
            ? await AnswerAsync(call, await decide(DeskOf(call), number))
            : Problems.Of(new ProposalUnknown(number));
    }

    // A key bound to one customer sees that customer's proposals only.
    private static bool MayDecide(ApiCall call, long number) => call.Caller.Customer is null
        || (DeskOf(call).Find(number)?.Draft.Account is { } account && call.MaySee(account));

    private static long NumberOf(ApiCall call) =>
        long.TryParse(call.Path("number"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
