using Mingzhang.Domain.People;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>
/// Corrections of a name or an identity number: proposed here, decided by another person at /v1/approvals or on the console.
/// </summary>
internal static class IdentityApi
{
    private const string Said = "Corrected. 已更正。";

    private const string Example = """{"name":"林晓雨","idNumber":"11010519491231002X","reason":"identity card seen"}""";

    public static void Map(ApiRoutes api) => api.Manage<IdentityAsk, ProposalDetail>(
        new RouteSpec(
            "POST", "/v1/customers/{customer}/identity-corrections", "propose-identity-correction", ApiScopes.StaffWrite,
            "Propose the right name or identity number of a person; another member of staff approves it.")
        {
            Example = Example, Success = 201, HasPerson = true,
        },
        PersonFields.Correction, ProposeAsync);

    private static async Task<ApiResult<ProposalDetail>> ProposeAsync(ApiCall call, IdentityAsk asked)
    {
        var services = call.Http.RequestServices;
        if (PeopleApi.CustomerOf(call) is not { } customer || services.GetRequiredService<PersonShelf>().Find(customer) is not { } person)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var draft = services.GetRequiredService<IdentityProposals>().Draft(
            customer, asked.Name, asked.IdNumber.Length > 0 ? asked.IdNumber : person.IdNumber,
            asked.Said.Length > 0 ? asked.Said : Said, asked.Reason);
        return draft is null ? Problems.Of(new PersonUnknown())
            : await ApprovalsApi.AnswerAsync(call, await ApprovalsApi.DeskOf(call).ProposeAsync(draft, call.Caller.Signer));
    }
}
