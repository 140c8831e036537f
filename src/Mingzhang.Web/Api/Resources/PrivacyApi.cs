using System.Globalization;
using System.Security.Cryptography;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Services.Privacy;
using Mingzhang.Services.Wording;
using Mingzhang.Web.Api.Routes;
using Mingzhang.Web.Texts;

namespace Mingzhang.Web.Api.Resources;

/// <summary>A request about personal data; whoever has the receipt may ask at <c>/privacy/receipt</c> what became of it.</summary>
internal sealed record PrivacySheet(
    long Number, string Receipt, PrivacyKind Kind, PrivacyRoute Route, PrivacyState State, string? Ticket, string? Outcome,
    DateOnly? HoldUntil, string AskedAt, string? DecidedAt);

/// <summary>What is asked over HTTP.</summary>
internal sealed record PrivacyBody(PrivacyKind Kind, string Text);

/// <summary>The rights of a person over HTTP, answered by the desk of the app.</summary>
internal static class PrivacyApi
{
    private const string One = "/v1/customers/{customer}";

    public static void Map(ApiRoutes api)
    {
        api.House<object?, IReadOnlyList<Holding>>(
            One + "/held", "list-held", ApiScopes.AccountsRead, "What the house holds of a person, why and until when.", _ => null,
            HeldAsync);
        api.House<object?, FileSheet>(
            One + "/copy", "get-copy", ApiScopes.AccountsRead,
            "Everything the house holds of a person in one ZIP of JSON files, each with its hash; the request is written down.",
            _ => null, CopyAsync);
        api.House<object?, IReadOnlyList<PrivacySheet>>(
            One + "/privacy-requests", "list-privacy-requests", ApiScopes.AccountsRead, "Requests about a person's data, latest first.",
            _ => null, (call, _) => Task.FromResult<ApiResult<IReadOnlyList<PrivacySheet>>>(CustomerOf(call) is { } customer
                ? Desk(call).Of(customer).Select(Sheet).ToList() : Problems.Answer(HttpProblem.NotFound)));
        api.Manage<PrivacyBody, PrivacySheet>(
            new RouteSpec(
                "POST", One + "/privacy-requests", "ask-privacy", ApiScopes.AccountsWrite,
                "Ask for a correction, a restriction, its end, or erasure, after the customer was verified by the caller.")
            {
                Success = 201, Example = """{"kind":"correct","text":"phone: 19900000002"}""", HasPerson = true,
            },
            f => new PrivacyBody(
                f.Choice<PrivacyKind>("kind", "correct, restrict, lift or erase; a copy is read with GET copy."),
                f.OptionalText("text", "What shall be corrected; needed for correct.", 500) ?? ""),
            AskAsync);
        api.Manage<object?, PrivacySheet>(
            new RouteSpec(
                "POST", One + "/privacy-requests/{number}/withdrawal", "withdraw-privacy-request", ApiScopes.AccountsWrite,
                "Take a request back that waits or is held."),
            null, WithdrawAsync);
    }

    private static async Task<ApiResult<IReadOnlyList<Holding>>> HeldAsync(ApiCall call, object? nothing)
    {
        if (await KnownAsync(call) is not { } customer)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var held = await call.Http.RequestServices.GetRequiredService<HoldingDesk>().OfAsync(customer);
        return held.ToList();
    }

    private static async Task<ApiResult<FileSheet>> CopyAsync(ApiCall call, object? nothing)
    {
        if (await KnownAsync(call) is not { } customer)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        // A copy is a use of the right each time; the receipt says when.
        var key = string.Create(CultureInfo.InvariantCulture, $"copy:{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        var (_, refusal) = await Desk(call).AskAsync(new AskPrivacy(
            customer, PrivacyKind.Copy, PrivacyRoute.Api, "", call.Caller.Actor, "api:" + key));
        if (refusal is not null)
        {
            return Problems.Of(refusal);
        }

        var speech = Speech.In(Catalogue.Chinese);
        var bytes = await call.Http.RequestServices.GetRequiredService<PersonCopy>()
            .WriteAsync(customer, new CopyWords(speech.Language, word => speech[word]));
        return new FileSheet(
            $"mingzhang-{customer}.zip", Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, Convert.ToBase64String(bytes));
    }

    private static async Task<ApiResult<PrivacySheet>> AskAsync(ApiCall call, PrivacyBody asked)
    {
        if (await KnownAsync(call) is not { } customer)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        if (asked.Kind == PrivacyKind.Copy || (asked.Kind == PrivacyKind.Correct && asked.Text.Trim().Length == 0))
        {
            return Problems.Of([asked.Kind == PrivacyKind.Copy
                ? Fields.Rules.Word("kind", ["correct", "restrict", "lift", "erase"]) : Fields.Rules.Missing("text")]);
        }

        var (request, refusal) = await Desk(call).AskAsync(new AskPrivacy(
            customer, asked.Kind, PrivacyRoute.Api, asked.Text.Trim(), call.Caller.Actor, KeyOf(call)));
        return refusal is not null ? Problems.Of(refusal) : Sheet(request!);
    }

    private static async Task<ApiResult<PrivacySheet>> WithdrawAsync(ApiCall call, object? nothing)
    {
        if (await KnownAsync(call) is not { } customer)
        {
            return Problems.Answer(HttpProblem.NotFound);
        }

        var number = long.TryParse(call.Path("number"), NumberStyles.None, CultureInfo.InvariantCulture, out var one) ? one : 0;
        var (request, refusal) = await Desk(call).WithdrawAsync(customer, number, call.Caller.Actor, KeyOf(call));
        return refusal is not null ? Problems.Of(refusal) : Sheet(request!);
    }

    /// <summary>The person, when the house knows one and the key may see them; the look is written down.</summary>
    private static async Task<CustomerId?> KnownAsync(ApiCall call)
    {
        var services = call.Http.RequestServices;
        if (CustomerOf(call) is not { } customer || services.GetRequiredService<PersonShelf>().Find(customer) is null)
        {
            return null;
        }

        await services.GetRequiredService<ConsentLedger>().TakeOverAsync(customer);
        await services.GetRequiredService<LookLog>().AddAsync(customer, call.Caller.Actor, "api.privacy");
        return customer;
    }

    private static CustomerId? CustomerOf(ApiCall call) => PeopleApi.CustomerOf(call);

    private static PrivacyDesk Desk(ApiCall call) => call.Http.RequestServices.GetRequiredService<PrivacyDesk>();

    private static string KeyOf(ApiCall call) => $"api:{call.Http.Request.Headers["Idempotency-Key"]}";

    private static PrivacySheet Sheet(PrivacyRequest one) => new(
        one.Number, one.Receipt, one.Kind, one.Route, one.State, one.Ticket.Length == 0 ? null : one.Ticket,
        one.Outcome.Length == 0 ? null : one.Outcome, one.HoldUntil, PeopleApi.At(one.AskedAt),
        one.DecidedAt == 0 ? null : PeopleApi.At(one.DecidedAt));
}
