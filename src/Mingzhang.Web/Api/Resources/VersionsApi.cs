using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Domain.Versions;
using Mingzhang.Services.Versions;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>What differs between two versions of a product.</summary>
internal sealed record VersionDifferences(
    string Product, int From, int To, bool NeedsConsent, ValueList<TermChange> Changes);

/// <summary>Product versions: what differs, and publishing one by two people.</summary>
internal static class VersionsApi
{
    private const string Example =
        """{"reason":"lower price from January","terms":{"code":"pay-later","version":3,"effectiveFrom":"2027-01-01"}}""";

    private static readonly FieldSpec[] Body =
    [
        new("terms", "object", true) { About = "The whole product file, as in products/*.json; docs/rules/products.md." },
        new("reason", "string", true) { About = "Why, for the person who decides; kept.", Least = 1, Most = 200 },
    ];

    public static void Map(ApiRoutes api)
    {
        api.House<long, VersionDifferences>(
            "/v1/products/{code}/versions/{version}/differences", "compare-versions", ApiScopes.AnyKey,
            "What differs between another version and this one, term by term.",
            q => q.OptionalWhole("from", "The other version; default: the one before.", 1, 1_000_000) ?? 0,
            (call, from) => Task.FromResult(Compare(call, (int)from)));
        api.Batch(
            new RouteSpec("POST", "/v1/products/proposals", "propose-version", ApiScopes.StaffWrite,
                "Propose a product version; it is published when another person approves it.")
            {
                Answer = typeof(ProposalDetail), Example = Example, IsWrite = true, Success = 201,
            },
            Body, ProposeAsync);
    }

    private static ApiResult<VersionDifferences> Compare(ApiCall call, int from)
    {
        var book = call.House.Terms;
        var code = call.Path("code");
        if (!int.TryParse(call.Path("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || book.Find(code, version) is not { } terms)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var other = from == 0
            ? book.All.LastOrDefault(one => one.Code == code && one.Version < version) ?? terms : book.Find(code, from);
        if (other is null)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var changes = TermsComparison.Of(other, terms);
        return new VersionDifferences(code, other.Version, version, TermsComparison.NeedsConsent(changes), changes);
    }

    private static async Task<ApiAnswer> ProposeAsync(ApiCall call)
    {
        var (document, problem) = await RequestBody.ReadAsync(call.Http.Request, RequestBody.Largest);
        if (problem is not null)
        {
            return problem;
        }

        using (document)
        {
            var errors = new List<FieldError>();
            new FieldReader(RequestBody.OfQuery(call.Http.Request.Query, errors), errors, isQuery: true).Close();
            var (json, reason) = Read(document!.RootElement, errors);
            var key = call.IdempotencyKey(errors);
            if (errors.Count == 0)
            {
                errors.AddRange(Broken(call, json));
            }

            if (errors.Count > 0)
            {
                return Problems.Of(errors);
            }

            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document.RootElement.GetRawText())));
            return await call.Http.RequestServices.GetRequiredService<AnswerShelf>().OnceAsync(call.Caller.KeyId, key, hash, async () =>
            {
                var answer = await ApprovalsApi.DeskOf(call).ProposeAsync(VersionProposals.Draft(json, reason), call.Caller.Signer);
                return (await ApprovalsApi.AnswerAsync(call, answer)).ToAnswer(201);
            });
        }
    }

    private static (string Json, string Reason) Read(JsonElement root, List<FieldError> errors)
    {
        var fields = new FieldReader(root, errors);
        var json = "";
        fields.Object<object>("terms", "", true, _ => json = root.TryGetProperty("terms", out var found) ? found.GetRawText() : "");
        errors.RemoveAll(error => error.Rule == "unknown field" && error.Field.StartsWith("terms.", StringComparison.Ordinal));
        var reason = fields.Text("reason", "", 200);
        fields.Close();
        return (json, reason);
    }

    // Every broken rule of the file at once. A number used before or a date too early is a refusal of its own, later.
    private static IEnumerable<FieldError> Broken(ApiCall call, string json) =>
        ProductCatalogue.Parse(json, "terms", call.House.Terms.All.FirstOrDefault()?.Costs) is ProductRejected rejected
            ? rejected.Errors.Select(error => new FieldError(
                error.Field == "$" ? "terms" : "terms." + error.Field, error.Rule, error.Fix, error.RuleZh, error.FixZh))
            : [];
}
