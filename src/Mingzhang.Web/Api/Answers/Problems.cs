using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Approvals;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Disputes;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Tickets;
using Mingzhang.Domain.Versions;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Wording;

namespace Mingzhang.Web.Api;

/// <summary>Makes Problem Details (RFC 9457) with a stable code, its number, texts in both languages, and every broken rule.</summary>
public static class Problems
{
    private static readonly ReasonCode Invalid = new InvalidCommand("", "", "").Code;

    /// <summary>An account that is unknown, malformed or someone else's: always these bytes.</summary>
    internal static ApiAnswer NoAccount { get; } = Of(new AccountNotOpen(), 404);

    /// <summary>A problem of the HTTP layer.</summary>
    public static IResult Of(HttpProblem problem) => Answer(problem);

    /// <summary>The same, as an answer.</summary>
    internal static ApiAnswer Answer(HttpProblem problem) =>
        new(problem.Status, Write(problem.Status, problem.Code, problem.Number, problem.RetryCanHelp, problem.En, problem.Zh, [], null));

    /// <summary>Broken rules of a request; nothing was booked.</summary>
    internal static ApiAnswer Of(IReadOnlyList<FieldError> errors)
    {
        var fields = string.Join(", ", errors.Select(error => error.Field).Distinct());
        return new(400, Write(
            400, Invalid.Name, Invalid.Number, retry: false,
            $"The request is not valid: {fields}", $"请求内容有误：{fields}", errors, null));
    }

    /// <summary>A refusal of the books.</summary>
    internal static ApiAnswer Of(Refusal refusal) => refusal switch
    {
        InvalidCommand invalid => Of([Fields.Rules.OfDomain(invalid)]),
        AccountNotOpen => NoAccount,
        // The rest: the status says which kind of "no" it is.
        _ => Of(refusal, StatusOf(refusal)),
    };

    private static ApiAnswer Of(Refusal refusal, int status)
    {
        var info = RefusalCatalogue.Of(refusal.Code);
        return new(status, Write(
            status, refusal.Code.Name, refusal.Code.Number, info.RetryCanHelp,
            RefusalText.Of(refusal, chinese: false), RefusalText.Of(refusal, chinese: true), [], refusal));
    }

    private static int StatusOf(Refusal refusal) => refusal switch
    {
        SandboxOnly or TwoPeopleNeeded or SignerUnnamed or SignerMayNot or OwnProposal => 403,
        ProposalUnknown or TicketUnknown => 404,
        TicketStateForbids or TicketOpenAlready or TicketNotOverdue or ClockNotExtendable => 409,
        ProposalDecided or ProposalExpired or ChangedSince or VersionExists => 409,
        PurchaseUnknown or RestrictionUnknown or RepaymentUnknown or LoanUnknown or DisputeUnknown or FactUnknown => 404,
        LoanExists or AccountAlreadyOpen or AccountIsClosed or ClosingInProgress or PurchaseExists or PurchaseInOtherStage or RefundExists
            or TemporaryLimitExists or RestrictionExists or RepaymentExists or DisputeExists or NotClosing or ClosingAlreadyConfirmed
            or FactAlreadyReversed or KeyReusedWithOtherContent => 409,
        // The rest: understood, and against a rule of the product.
        _ => 422,
    };

    private static byte[] Write(
        int status, string code, int number, bool retry, string en, string zh, IReadOnlyList<FieldError> errors, Refusal? refusal)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("type", "urn:mingzhang:problem:" + code);
            json.WriteString("title", Title(code));
            json.WriteNumber("status", status);
            json.WriteString("code", code);
            json.WriteNumber("number", number);
            json.WriteBoolean("retryCanHelp", retry);
            json.WriteString("detail", en);
            json.WriteString("detailZh", zh);
            json.WritePropertyName("errors");
            JsonSerializer.Serialize(json, errors, ApiJson.Options);
            if (refusal is not null)
            {
                json.WritePropertyName("facts");
                json.WriteRawValue(DomainJson.Write(refusal));
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    // Codes are upper case; a title reads like a sentence.
    private static string Title(string code) => string.Create(code.Length, code, static (title, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            title[i] = from[i] == '_' ? ' ' : i == 0 ? from[i] : char.ToLowerInvariant(from[i]);
        }
    });
}
