using System.Security.Cryptography;
using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Web.Api.Fields;
using Mingzhang.Web.Hosting;
using Mingzhang.Web.Watch;

namespace Mingzhang.Web.Api.Routes;

/// <summary>One request that has passed its policy.</summary>
internal sealed class ApiCall
{
    private ApiCall(HttpContext http)
    {
        Http = http;
        Caller = Caller.Of(http.User);
        House = http.RequestServices.GetRequiredService<CreditHouse>();
    }

    /// <summary>The request.</summary>
    public HttpContext Http { get; }

    /// <summary>Who calls.</summary>
    public Caller Caller { get; }

    /// <summary>The house.</summary>
    public CreditHouse House { get; }

    /// <summary>Runs a handler; whatever happens, the answer is a problem and never a stack trace.</summary>
    public static async Task<ApiAnswer> RunAsync(HttpContext http, Func<ApiCall, Task<ApiAnswer>> handle)
    {
        try
        {
            var call = new ApiCall(http);
            return http.RequestServices.GetRequiredService<Throttle>().Check(call.Caller) ?? await handle(call);
        }
        catch (Exception away) when (Failures.IsAway(away))
        {
            return Problems.Answer(HttpProblem.HouseStopped);
        }
        catch (BadHttpRequestException bad)
        {
            return Problems.Answer(bad.StatusCode == 413 ? HttpProblem.TooLarge : HttpProblem.Unreadable);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var operation = http.GetEndpoint()?.Metadata.GetMetadata<RouteSpec>()?.Name ?? "none";
            HostLog.ApiFailed(http.RequestServices.GetRequiredService<ILogger<ApiCall>>(), operation, failure);
            return Problems.Answer(HttpProblem.Failure);
        }
    }

    /// <summary>A value of the address.</summary>
    public string Path(string name) => Http.GetRouteValue(name) as string ?? "";

    /// <summary>The account of the address with what reads need; null when unknown, malformed or someone else's.</summary>
    public async Task<AccountCall?> FindAccountAsync()
    {
        if (await FindAsync(Path("accountId")) is not { } state)
        {
            return null;
        }

        return new AccountCall(this, state);
    }

    /// <summary>The state of an account this caller may see; null otherwise.</summary>
    public async Task<AccountState?> FindAsync(string text) =>
        AccountId.TryParse(text, out var id) && id.ToString() == text && MaySee(id)
        && await House.ReadAsync(id) is { Lifecycle: not NotOpened } state ? state : null;

    /// <summary>The account a command goes to; null when unknown, malformed or someone else's.</summary>
    public async ValueTask<AccountId?> OpenAsync(string text)
    {
        if (!AccountId.TryParse(text, out var id) || id.ToString() != text || !MaySee(id))
        {
            return null;
        }

        var known = Http.RequestServices.GetRequiredService<KnownAccounts>();
        if (known.Has(id))
        {
            return id;
        }

        if (await House.ReadAsync(id) is not { Lifecycle: not NotOpened })
        {
            return null;
        }

        known.Add(id);
        return id;
    }

    /// <summary>Whether the key is for this customer, or for all.</summary>
    public bool MaySee(AccountId id) => Caller.Customer is not { } customer || customer == id.Customer.Value;

    /// <summary>The key of a write, or a broken rule.</summary>
    public string IdempotencyKey(List<FieldError> errors)
    {
        var given = Http.Request.Headers["Idempotency-Key"];
        var key = given.Count == 1 ? given[0]! : "";
        if (!IsKey(key))
        {
            errors.Add(Rules.Key());
        }

        return key;
    }

    /// <summary>Whether a text can be an idempotency key.</summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= 100 && key.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;

    /// <summary>Answers a command on an account.</summary>
    public Task<ApiAnswer> CommandAsync(CommandRoute route, List<FieldError> errors) =>
        Http.RequestServices.GetRequiredService<CommandHandler>().HandleAsync(this, route, errors);

    /// <summary>Answers a write that is no command: the first answer is kept by key.</summary>
    public async Task<ApiAnswer> ManageAsync<TBody, TAnswer>(
        List<FieldError> errors, Func<FieldReader, TBody>? read, Func<ApiCall, TBody, Task<ApiResult<TAnswer>>> act, RouteSpec spec)
    {
        JsonDocument? document = null;
        if (read is not null)
        {
            (document, var problem) = await RequestBody.ReadAsync(Http.Request, RequestBody.Largest);
            if (problem is not null)
            {
                return problem;
            }
        }

        using (document)
        {
            new FieldReader(RequestBody.OfQuery(Http.Request.Query, errors), errors, isQuery: true).Close();
            var reader = new FieldReader(document?.RootElement, errors);
            var body = read is null ? default : read(reader);
            reader.Close();
            var key = IdempotencyKey(errors);
            if (errors.Count > 0)
            {
                return Problems.Of(errors);
            }

            var content = $"{Http.Request.Method} {Http.Request.Path} {document?.RootElement.GetRawText()}";
            var hash = Convert.ToHexStringLower(spec.HasPerson
                ? Http.RequestServices.GetRequiredService<PeopleKeys>().SearchHash(SearchKind.Content, content)
                : SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
            return await Http.RequestServices.GetRequiredService<AnswerShelf>()
                .OnceAsync(Caller.KeyId, key, hash, async () => (await act(this, body!)).ToAnswer(spec.Success));
        }
    }
}
