using System.Security.Cryptography;
using Mingzhang.Services.Certificates;
using Mingzhang.Services.Proofs;
using Mingzhang.Services.Tickets.Clocks;
using Mingzhang.Web.Api.Routes;

namespace Mingzhang.Web.Api.Resources;

/// <summary>A file of a certificate, or a proof: its bytes in base 64.</summary>
internal sealed record FileSheet(string Name, string Sha256, long Size, string? ContentBase64);

/// <summary>A certificate with the names and hashes of its files; the code shows anybody what it is worth.</summary>
internal sealed record CertificateSheet(
    string Number, CertificateKind Kind, string? LoanId, DateOnly From, DateOnly To, CertificateLanguage Language, bool FullName,
    string MadeAt, string MadeBy, long JournalSequence, string ContentHash, string KeyId, CertificateStatus Status, string? Reason,
    string? Code, IReadOnlyList<FileSheet> Files);

/// <summary>Languages of certificates.</summary>
internal enum CertificateLanguage
{
    /// <summary>Chinese.</summary>
    Zh,

    /// <summary>English.</summary>
    En,
}

/// <summary>What is asked for over HTTP.</summary>
internal sealed record CertificateBody(
    CertificateKind Kind, string? LoanId, DateOnly? From, DateOnly? To, CertificateLanguage? Language, bool? FullName);

/// <summary>Settlement certificates, statements of transactions, and the proof of an account.</summary>
internal static class CertificatesApi
{
    private const int Most = 50;

    public static void Map(ApiRoutes api)
    {
        api.Manage<CertificateBody, CertificateSheet>(
            new RouteSpec(
                "POST", "/v1/accounts/{accountId}/certificates", "make-certificate", ApiScopes.AccountsWrite,
                "Certify that the account, or one loan, is settled; or state every transaction of at most five years. Signed.")
            {
                Success = 201, Example = """{"kind":"statement","from":"2026-03-02","to":"2026-07-01","language":"zh"}""",
            },
            f => new CertificateBody(
                f.Choice<CertificateKind>("kind", "settlement: only when nothing is owed. statement: any time."),
                f.OptionalId("loanId", "settlement of this loan; none = of the whole account."),
                f.OptionalDate("from", "First day of a statement; none = the longest possible."),
                f.OptionalDate("to", "Last day of a statement; none = today."),
                f.OptionalChoice<CertificateLanguage>("language", "Language of the paper; none = zh."),
                f.OptionalYesNo("fullName", "false: only the first character of the name is printed.")),
            MakeAsync);
        api.AccountLater<object?, IReadOnlyList<CertificateSheet>>(
            "/certificates", "list-certificates", "Certificates of an account with what they are worth now, latest first.", _ => null,
            async (account, _) =>
            {
                var desk = Desk(account.Call);
                return (await desk.OfAsync(account.Id, Most)).Select(one => Sheet(one, desk, null)).ToList();
            });
        api.AccountLater<string?, CertificateSheet>(
            "/certificates/{number}", "get-certificate", "One certificate; with a format also the bytes of that file.",
            q => q.OptionalId("format", "pdf or xlsx; of a statement also csv, which is not signed and known by its SHA-256."), FindAsync);
        api.AccountLater<object?, FileSheet>(
            "/proof", "get-proof", "The account's own journal, terms and statements in one signed file; mz prove works it out anew.",
            _ => null, async (account, _) =>
            {
                var bytes = await account.Call.Http.RequestServices.GetRequiredService<ProofFile>().MakeAsync(account.Id);
                return bytes is null ? Problems.Answer(HttpProblem.NotFound) : File($"mingzhang-{account.Id}.zip", bytes);
            });
    }

    private static CertificateDesk Desk(ApiCall call) => call.Http.RequestServices.GetRequiredService<CertificateDesk>();

    private static async Task<ApiResult<CertificateSheet>> MakeAsync(ApiCall call, CertificateBody asked)
    {
        if (await call.FindAsync(call.Path("accountId")) is not { } state)
        {
            return Problems.NoAccount;
        }

        var to = asked.To ?? call.House.BusinessDateOf(state.Id);
        var longest = CertificateReader.FirstDay(to);
        var (made, refusal) = await Desk(call).MakeAsync(new CertificateAsk(
            state.Id, asked.Kind, asked.Kind == CertificateKind.Settlement ? asked.LoanId : null,
            asked.From ?? (state.OpenedOn > longest && state.OpenedOn <= to ? state.OpenedOn : longest), to,
            asked.Language != CertificateLanguage.En, asked.FullName ?? true, call.Caller.Actor,
            $"api:{call.Caller.KeyId}:{call.Http.Request.Headers["Idempotency-Key"]}"));
        return refusal is null ? Sheet(made!, Desk(call), null) : Problems.Of(refusal);
    }

    private static async Task<ApiResult<CertificateSheet>> FindAsync(AccountCall account, string? format)
    {
        var desk = Desk(account.Call);
        return CertificateNumber.TryParse(account.Call.Path("number"), out var number)
            && await desk.FindAsync(number) is { } found && found.Account == account.Id
            ? Sheet(found, desk, format) : Problems.Answer(HttpProblem.NotFound);
    }

    private static CertificateSheet Sheet(Certificate one, CertificateDesk desk, string? format) => new(
        one.Number.ToString(), one.Kind, one.LoanId.Length == 0 ? null : one.LoanId, one.From, one.To,
        one.Chinese ? CertificateLanguage.Zh : CertificateLanguage.En, one.FullName,
        HouseTime.Of(one.MadeAt).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture), one.MadeBy,
        one.JournalSequence, one.ContentHash, one.KeyId, one.Status, one.Reason.Length == 0 ? null : one.Reason, desk.Code(one),
        [
            .. desk.Files(one).Select(file => new FileSheet(
                $"{one.Number}.{file.Format}", file.Sha256, file.Size,
                file.Format == format && desk.Content(one, format) is { } bytes ? Convert.ToBase64String(bytes) : null)),
        ]);

    private static FileSheet File(string name, byte[] bytes) =>
        new(name, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, Convert.ToBase64String(bytes));
}
