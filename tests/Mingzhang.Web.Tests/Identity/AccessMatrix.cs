using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Mingzhang.Web.Api.Routes;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Roles;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>Who may call a route.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Pattern">Its address.</param>
/// <param name="Realm">open, app, console or api; empty = it has no rule.</param>
/// <param name="Rule">The console's right, the API's scope, or why it is open.</param>
internal sealed record AccessRow(string Method, string Pattern, string Realm, string Rule)
{
    /// <summary>Whether a role comes in.</summary>
    public bool Lets(StaffRole role) =>
        Realm == Realms.Console && Enum.TryParse<Can>(Rule, out var can) && (can == Can.UseOwnLogin || role.May.Contains(can));
}

/// <summary>The access matrix as the mapped routes say it, and as the page shows it.</summary>
internal static class AccessMatrix
{
    /// <summary>What is open to everybody, and why.</summary>
    private static readonly Dictionary<string, string> Open = new(StringComparer.Ordinal)
    {
        ["/"] = "sends to the borrowers' pages",
        ["/health"] = "whether the house runs",
        ["/health/live"] = "whether the house runs",
        ["/health/ready"] = "whether the house runs",
        ["/verify"] = "anybody checks a paper they were given, by number and code",
        ["/verify/{number}"] = "the same, with the number filled in",
        ["/verify/file"] = "anybody checks a file they were given; it is not kept",
        ["/verify/keys.pem"] = "public keys of certificates",
        ["/login"] = "the way in",
        ["/console/login"] = "the way in",
        ["/login/code"] = "the second step of the way in",
        ["/console/login/code"] = "the second step of the way in",
        ["/login/passkey"] = "the way in by passkey",
        ["/console/login/passkey"] = "the way in by passkey",
        ["/login/passkey/options"] = "the way in by passkey",
        ["/console/login/passkey/options"] = "the way in by passkey",
        ["/login/forgot"] = "the way back in, by a code",
        ["/login/reset"] = "the way back in, by a code",
        ["/console/login/first"] = "the way in for staff without a password, by a code",
        ["/privacy/receipt"] = "what became of a request, to whoever has its number",
        ["/offline"] = "the page for when there is no network; it holds nothing of anybody",
        ["/register"] = "joining, by a code",
        ["/register/person"] = "joining, by a code",
        ["/openapi/{documentName}.json"] = "the description of the API",
        ["/bank/notices"] = "signed by the bank: without a signature 401",
        ["/{**path}"] = "there is no such page",
        ["/{**path:file}"] = "there is no such file",
    };

    /// <summary>All routes with their rules; one without has an empty realm.</summary>
    public static IReadOnlyList<AccessRow> Of(IEnumerable<RouteEndpoint> endpoints) =>
    [
        .. endpoints.SelectMany(Rows).Distinct().OrderBy(row => row.Realm, StringComparer.Ordinal)
            .ThenBy(row => row.Pattern, StringComparer.Ordinal).ThenBy(row => row.Method, StringComparer.Ordinal),
    ];

    /// <summary>The page.</summary>
    public static string Page(IReadOnlyList<AccessRow> rows)
    {
        var page = new StringBuilder("""
            # Who may call what

            Written from the mapped routes by `MZ_UPDATE=1` and `Identity/AccessMatrixTests`; a route without a rule fails it. The tests
            call every route as a stranger, as a borrower, as each role of the staff and with a key of each scope, and compare with this
            table. Somebody else's id answers exactly like a missing one.

            ## Staff


            """.ReplaceLineEndings("\n"));
        page.Append("| Right |").AppendJoin('|', StaffRole.All.Select(role => $" {role.Code} ")).Append("|\n|---|")
            .AppendJoin('|', StaffRole.All.Select(_ => "---")).Append("|\n");
        foreach (var can in Enum.GetValues<Can>())
        {
            page.Append(CultureInfo.InvariantCulture, $"| {can} |").AppendJoin('|', StaffRole.All.Select(
                role => can == Can.UseOwnLogin || role.May.Contains(can) ? " yes " : "  ")).Append("|\n");
        }

        foreach (var (realm, title, column) in ((string, string, string)[])
            [
                ("console", "The console", "Right"), ("app", "The borrowers' pages", "Rule"), ("api", "The API", "Scope"),
                ("open", "Open", "Why"),
            ])
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| Method | Route | {column} |\n|---|---|---|\n");
            foreach (var row in rows.Where(row => row.Realm == realm))
            {
                page.Append(CultureInfo.InvariantCulture, $"| {row.Method} | `{row.Pattern}` | {row.Rule} |\n");
            }
        }

        return page.ToString();
    }

    private static IEnumerable<AccessRow> Rows(RouteEndpoint endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        var (realm, rule) = RuleOf(endpoint, pattern);
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"];
        return methods.Where(method => method != "HEAD").Select(method => new AccessRow(method, pattern, realm, rule));
    }

    private static (string Realm, string Rule) RuleOf(RouteEndpoint endpoint, string pattern)
    {
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Select(data => data.Policy).OfType<string>().Distinct().ToList();
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return Open.TryGetValue(pattern, out var why) ? ("open", why)
                : Path.HasExtension(pattern) ? ("open", "a file of the pages") : ("", "");
        }

        return (policies, endpoint.Metadata.GetMetadata<Needs>()) switch
        {
            ([Realms.Console], { } needs) => ("console", needs.Can.ToString()),
            // Of the framework, on a developer's machine only; the fallback policy turns everybody away.
            ([], null) when pattern == "/{**path:file}" => ("open", Open[pattern]),
            ([Realms.App], _) => ("app", "a borrower, only what is theirs"),
            ([var scope], null) when pattern.StartsWith("/v1/", StringComparison.Ordinal) => (
                "api", scope + (endpoint.Metadata.GetMetadata<RouteSpec>()?.NamesAccount == true ? ", the key's own accounts" : "")),
            // The rest: no policy, two that disagree, or a console route that names no right.
            _ => ("", ""),
        };
    }
}
