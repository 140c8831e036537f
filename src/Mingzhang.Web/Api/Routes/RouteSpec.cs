using Mingzhang.Domain.Accounts;
using Mingzhang.Web.Api.Fields;

namespace Mingzhang.Web.Api.Routes;

/// <summary>What is known about a route; the OpenAPI document and the tests are made from it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Pattern">Address.</param>
/// <param name="Name">Unique name; the type of a command in a batch.</param>
/// <param name="Policy">Scope or policy that lets callers in.</param>
/// <param name="Summary">One sentence.</param>
internal sealed record RouteSpec(string Method, string Pattern, string Name, string Policy, string Summary)
{
    /// <summary>Fields of the body; empty = it has none.</summary>
    public IReadOnlyList<FieldSpec> Body { get; init; } = [];

    /// <summary>Parameters of the query.</summary>
    public IReadOnlyList<FieldSpec> Query { get; init; } = [];

    /// <summary>What a good answer is; null = 204.</summary>
    public Type? Answer { get; init; }

    /// <summary>Status of a good answer.</summary>
    public int Success { get; init; } = 200;

    /// <summary>Whether it changes something, so that Idempotency-Key is needed.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Whether ?trial=true is understood.</summary>
    public bool HasTrial { get; init; }

    /// <summary>Whether the body says who somebody is: what is kept of it for repeats is a keyed hash.</summary>
    public bool HasPerson { get; init; }

    /// <summary>An example body.</summary>
    public string? Example { get; init; }

    /// <summary>Whether the address names an account.</summary>
    public bool NamesAccount => Pattern.Contains("{accountId}", StringComparison.Ordinal);

    /// <summary>The group it is listed in.</summary>
    public string Tag => Pattern.Split('/') switch
    {
        [_, _, "accounts", "{accountId}", var resource, ..] => resource,
        [_, _, var first, ..] => first.Split(':')[0],
        _ => "other",
    };
}

/// <summary>A route that is a command on an account.</summary>
/// <param name="Spec">What is known about it.</param>
/// <param name="Read">Reads the command.</param>
internal sealed record CommandRoute(RouteSpec Spec, Func<CommandFields, AccountCommand> Read);
