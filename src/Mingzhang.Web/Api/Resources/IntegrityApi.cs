using Mingzhang.Engine.Integrity;
using Mingzhang.Web.Api.Routes;
using Mingzhang.Web.Watch;

namespace Mingzhang.Web.Api.Resources;

/// <summary>An invariant that is looked at live.</summary>
internal sealed record InvariantAnswer(int Number, string Sentence, long Looks, string? LookedAt, int Broken);

/// <summary>Where one is broken; no account = the house.</summary>
internal sealed record ViolationAnswer(int Number, string? Account, string What, string FoundAt);

/// <summary>What is known of the integrity of the books.</summary>
internal sealed record IntegrityAnswer(
    bool Sound, long Accounts, long Passes, int Partition, string? PassEndedAt, string HeadHash, long HeadPosition,
    IReadOnlyList<InvariantAnswer> Invariants, IReadOnlyList<ViolationAnswer> Violations);

/// <summary>The invariants of the living house.</summary>
internal static class IntegrityApi
{
    public static void Map(ApiRoutes api) => api.House<object?, IntegrityAnswer>(
        "/v1/integrity", "get-integrity", ApiScopes.LedgerRead, "Which invariants were looked at when, and what is broken.", _ => null,
        (call, _) => Task.FromResult<ApiResult<IntegrityAnswer>>(
            Of(call.Http.RequestServices.GetRequiredService<IntegrityWatch>().Report)));

    private static IntegrityAnswer Of(IntegrityReport report) => new(
        report.IsSound, report.Accounts, report.Passes, report.Partition, At(report.PassEndedAt), report.HeadHash, report.HeadPosition,
        [.. report.Lines.Select(line => new InvariantAnswer(line.Number, line.Sentence, line.Looks, At(line.LookedAt), line.Broken))],
        [.. report.Violations.Select(one => new ViolationAnswer(one.Number, one.Account?.ToString(), one.What, At(one.FoundAt)!))]);

    private static string? At(DateTimeOffset? at) =>
        at?.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
