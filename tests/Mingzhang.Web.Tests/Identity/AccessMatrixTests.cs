using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Roles;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>The access matrix (T22): written from the routes, and what the running host does is what it says.</summary>
public sealed class AccessMatrixTests(Host host)
{
    private const string Staff = "four brown mountains";
    private static readonly string Saved = Path.Combine(Host.Root, "docs", "security", "access-matrix.md");

    private IReadOnlyList<RouteEndpoint> Endpoints
    {
        get
        {
            _ = host.Address;
            return [.. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
        }
    }

    [Fact]
    public void Every_route_has_a_rule_and_the_page_lists_them_all()
    {
        var rows = AccessMatrix.Of(Endpoints);
        Assert.Empty(rows.Where(row => row.Realm.Length == 0).Select(row => $"{row.Method} {row.Pattern} names no rule"));
        Assert.True(rows.Count > 150, $"only {rows.Count} routes");
        var page = AccessMatrix.Page(rows);
        if (Environment.GetEnvironmentVariable("MZ_UPDATE") == "1")
        {
            File.WriteAllText(Saved, page);
        }

        Assert.True(File.ReadAllText(Saved) == page, "docs/security/access-matrix.md is old: MZ_UPDATE=1 and look at what changed");
    }

    [Fact]
    public void A_route_without_its_rule_is_found_whichever_it_is()
    {
        foreach (var endpoint in Endpoints.Where(one => one.Metadata.GetMetadata<Needs>() is not null
            && one.RoutePattern.RawText!.StartsWith("/console", StringComparison.Ordinal)))
        {
            var bare = new RouteEndpoint(
                endpoint.RequestDelegate!, endpoint.RoutePattern, 0,
                new EndpointMetadataCollection(endpoint.Metadata.Where(data => data is not Needs)), "planted");
            Assert.All(AccessMatrix.Of([bare]), row => Assert.Empty(row.Realm));
        }

        var open = Endpoints.First(one => one.RoutePattern.RawText == "/app/pay");
        var opened = new RouteEndpoint(open.RequestDelegate!, open.RoutePattern, 0, new EndpointMetadataCollection(
            open.Metadata.Append(new Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute())), "planted");
        Assert.All(AccessMatrix.Of([opened]), row => Assert.Empty(row.Realm));
    }

    [Fact]
    public async Task A_stranger_comes_in_nowhere_but_where_it_is_open()
    {
        var stranger = host.Visitor();
        foreach (var row in AccessMatrix.Of(Endpoints).Where(row => row.Realm is "app" or "console" or "api"))
        {
            Assert.False(await ComesInAsync(stranger, row), $"{row.Method} {row.Pattern}");
        }
    }

    [Fact]
    public async Task A_borrower_comes_in_nowhere_among_the_staff_and_not_at_the_api()
    {
        var borrower = await (await Somebody.NewAsync(host)).EnterAsync();
        foreach (var row in AccessMatrix.Of(Endpoints).Where(row => row.Realm is "console" or "api"))
        {
            Assert.False(await ComesInAsync(borrower, row), $"{row.Method} {row.Pattern}");
        }
    }

    [Fact]
    public async Task Each_role_comes_in_exactly_where_the_matrix_says()
    {
        var rows = AccessMatrix.Of(Endpoints).Where(row => row.Realm is "console" or "app" && row.Pattern != "/console/logout"
            && !row.Pattern.EndsWith("/end-all", StringComparison.Ordinal)).ToList();
        foreach (var role in StaffRole.All)
        {
            var visitor = await StaffAsync(host, "role-" + role.Code, role.Code);
            foreach (var row in rows)
            {
                var came = await ComesInAsync(visitor, row);
                Assert.True(came == row.Lets(role), $"{role.Code} on {row.Method} {row.Pattern}: {(came ? "came in" : "turned away")}");
            }
        }
    }

    [Fact]
    public async Task Who_lost_a_role_or_was_turned_off_is_out_with_the_next_request()
    {
        var visitor = await StaffAsync(host, "leaver", "finance");
        var staff = host.Services.GetRequiredService<StaffBook>();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/console/ledger")).StatusCode);
        Assert.True(await staff.PutAsync("leaver", "product", true, 1, "test"));
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync("/console/ledger")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/console/versions")).StatusCode);
        Assert.True(await staff.PutAsync("leaver", "product", false, 2, "test"));
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.GetAsync("/console/versions")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await EnterAsync(host.Visitor(), "leaver")).StatusCode);
        Assert.False(await staff.PutAsync("leaver", "product", true, 2, "test"));
    }

    [Fact]
    public async Task Nobody_sees_only_the_menu_that_their_role_opens()
    {
        var page = await Host.ReadAsync(await StaffAsync(host, "menu", "product"), "/console/versions");
        Assert.DoesNotContain("href=\"/console/ledger\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/console/approvals\"", page, StringComparison.Ordinal);
    }

    internal static async Task<HttpClient> StaffAsync(Host host, string login, string roles)
    {
        _ = host.Address;
        await host.Services.GetRequiredService<Logins>().AddAsync(Realms.Console, login, Secrets.Hash(Staff), null);
        await host.Services.GetRequiredService<StaffBook>().PutAsync(login, roles, true, 0, "test");
        var visitor = host.Visitor();
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(visitor, login)).StatusCode);
        return visitor;
    }

    private static Task<HttpResponseMessage> EnterAsync(HttpClient visitor, string login) =>
        Host.PostAsync(visitor, "/console/login", "/console/login", new() { ["login"] = login, ["password"] = Staff });

    // A form without its token answers 400, and only to who has come in; a page sends strangers to a log-in and tells others 403.
    private static async Task<bool> ComesInAsync(HttpClient visitor, AccessRow row)
    {
        var path = string.Join('/', row.Pattern.Split('/').Select(part => !part.StartsWith('{') ? part
            : part.Contains("long", StringComparison.Ordinal) || part.Contains("int", StringComparison.Ordinal) ? "999999" : "x"));
        using var request = new HttpRequestMessage(new HttpMethod(row.Method == "any" ? "GET" : row.Method), path);
        request.Content = row.Method == "POST" ? new FormUrlEncodedContent([new("key", "0123456789")]) : null;
        var answer = await visitor.SendAsync(request);
        Assert.True((int)answer.StatusCode < 500, $"{row.Method} {path}: {answer.StatusCode}");
        return answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            && answer.Headers.Location?.ToString().Contains("/login", StringComparison.Ordinal) != true;
    }
}
