using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Values;
using Mingzhang.Web.Api.Fields;

namespace Mingzhang.Web.Api.Routes;

/// <summary>Collects the routes of the API; the resources add theirs here.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder endpoints)
{
    private const string OneAccount = "/v1/accounts/{accountId}";

    private static readonly FieldSpec Trial = new("trial", "boolean", false) { About = "true: decide and answer, but book nothing." };

    private readonly List<RouteSpec> _specs = [];

    /// <summary>Every command by name, for batches.</summary>
    public Dictionary<string, CommandRoute> Commands { get; } = new(StringComparer.Ordinal);

    /// <summary>A command below an account's address.</summary>
    public void Command(
        string method, string below, string name, string scope, string summary, Func<CommandFields, AccountCommand> read,
            string? example = null) =>
        AddCommand(new RouteSpec(method, OneAccount + below, name, scope, summary) { Example = example }, read);

    /// <summary>The command that opens an account.</summary>
    public void Opening(string name, string summary, Func<CommandFields, AccountCommand> read, string example) => AddCommand(
        new RouteSpec("POST", "/v1/accounts", name, ApiScopes.AccountsWrite, summary) { Success = 201, Example = example }, read);

    /// <summary>A read below an account's address.</summary>
    public void Account<TQuery, TAnswer>(
        string below, string name, string summary, Func<FieldReader, TQuery> query, Func<AccountCall, TQuery, ApiResult<TAnswer>> answer) =>
        AccountLater<TQuery, TAnswer>(below, name, summary, query, (account, asked) => Task.FromResult(answer(account, asked)));

    /// <summary>A read below an account's address that has to look at more than the account.</summary>
    public void AccountLater<TQuery, TAnswer>(
        string below, string name, string summary, Func<FieldReader, TQuery> query,
        Func<AccountCall, TQuery, Task<ApiResult<TAnswer>>> answer)
    {
        var spec = Described(new RouteSpec(
            "GET", OneAccount + below, name, ApiScopes.AccountsRead, summary) { Answer = typeof(TAnswer) }, query);
        Map(spec, async (call, errors) =>
        {
            if (await call.FindAccountAsync() is not { } account)
            {
                return Problems.NoAccount;
            }

            var asked = ReadQuery(call, errors, query);
            return errors.Count > 0 ? Problems.Of(errors) : (await answer(account, asked)).ToAnswer();
        });
    }

    /// <summary>A read of the house.</summary>
    public void House<TQuery, TAnswer>(
        string pattern, string name, string policy, string summary, Func<FieldReader, TQuery> query,
        Func<ApiCall, TQuery, Task<ApiResult<TAnswer>>> answer)
    {
        var spec = Described(new RouteSpec("GET", pattern, name, policy, summary) { Answer = typeof(TAnswer) }, query);
        Map(spec, async (call, errors) =>
        {
            var asked = ReadQuery(call, errors, query);
            return errors.Count > 0 ? Problems.Of(errors) : (await answer(call, asked)).ToAnswer();
        });
    }

    /// <summary>A write that is no command on an account: its answer is kept by key.</summary>
    public void Manage<TBody, TAnswer>(
        RouteSpec spec, Func<FieldReader, TBody>? body, Func<ApiCall, TBody, Task<ApiResult<TAnswer>>> act)
    {
        var description = new FieldReader(null, []);
        _ = body is null ? default : body(description);
        Map(spec with { Body = description.Asked, IsWrite = true, Answer = spec.Success == 204 ? null : typeof(TAnswer) }, (call, errors) =>
            call.ManageAsync(errors, body, act, spec));
    }

    /// <summary>Many commands in one request.</summary>
    public void Batch(RouteSpec spec, IReadOnlyList<FieldSpec> body, Func<ApiCall, Task<ApiAnswer>> act) =>
        Map(spec with { Body = body }, (call, _) => act(call));

    /// <summary>What is left below /v1 has no route, or not with this method; callers with a key are told so.</summary>
    public void Rest() => endpoints.MapFallback("/v1/{**path}", (Delegate)Elsewhere)
        .RequireAuthorization(ApiScopes.AnyKey).ExcludeFromDescription();

    private IResult Elsewhere(HttpContext http)
    {
        var path = (http.Request.Path.Value ?? "").Split('/');
        var methods = _specs.Where(spec => Matches(spec.Pattern.Split('/'), path)).Select(spec => spec.Method).Distinct().ToList();
        if (methods.Count == 0)
        {
            return Problems.Of(HttpProblem.NotFound);
        }

        http.Response.Headers.Allow = string.Join(", ", methods);
        return Problems.Of(HttpProblem.MethodNotAllowed);
    }

    private static bool Matches(string[] pattern, string[] path) => pattern.Length == path.Length
        && pattern.Zip(path).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);

    private static TQuery ReadQuery<TQuery>(ApiCall call, List<FieldError> errors, Func<FieldReader, TQuery> query)
    {
        var reader = new FieldReader(RequestBody.OfQuery(call.Http.Request.Query, errors), errors, isQuery: true);
        var asked = query(reader);
        reader.Close();
        return asked;
    }

    private static RouteSpec Described<TQuery>(RouteSpec spec, Func<FieldReader, TQuery> query)
    {
        var description = new FieldReader(null, []);
        _ = query(description);
        return spec with { Query = description.Asked };
    }

    private void AddCommand(RouteSpec spec, Func<CommandFields, AccountCommand> read)
    {
        var inPath = spec.Pattern.Split('/').Where(part => part.StartsWith('{')).ToDictionary(part => part.Trim('{', '}'), _ => "x");
        var description = new CommandFields(
            null, [], new CommandSetting(new TermsBook([]), Currency.Cny, DateOnly.MinValue, MayActAsStaff: true, inPath));
        _ = read(description);
        var route = new CommandRoute(
            spec with { Body = description.Asked, Query = [Trial], IsWrite = true, HasTrial = true, Answer = typeof(CommandAnswer) }, read);
        Commands.Add(spec.Name, route);
        Map(route.Spec, (call, errors) => call.CommandAsync(route, errors));
    }

    private void Map(RouteSpec spec, Func<ApiCall, List<FieldError>, Task<ApiAnswer>> handle)
    {
        _specs.Add(spec);
        endpoints.MapMethods(spec.Pattern, [spec.Method], (Delegate)(async Task<IResult> (HttpContext http) =>
                await ApiCall.RunAsync(http, call => handle(call, []))))
            .RequireAuthorization(spec.Policy).WithMetadata(spec).WithName(spec.Name).WithSummary(spec.Summary).WithTags(spec.Tag);
    }
}
