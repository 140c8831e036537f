using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

namespace Mingzhang.Web.Tests;

/// <summary>What a first visit to a page costs: everything it needs, as it comes over the wire.</summary>
public sealed partial class PageBudgetTests(Host host)
{
    private const int FirstLoad = 40 * 1024;
    private const int Script = 10 * 1024;

    private static readonly string[] Pages =
    [
        "/login", "/register", "/verify", "/offline", "/app", "/app/bills", "/app/activity", "/app/limit", "/app/use", "/app/pay",
        "/app/loans",
        "/app/close", "/app/close/impact?mode=run-off", "/app/messages", "/app/settings", "/app/settings/notifications", "/app/payments",
        "/app/bureau", "/app/spend", "/app/spend/calendar", "/app/spend/budgets", "/app/spend/recurring", "/app/progress",
        "/app/progress/close",
        "/app/progress/score", "/app/certificates", "/app/privacy", "/app/privacy/held", "/app/cards", "/app/consents", "/app/security",
        "/app/debts", "/app/help/advice", "/app/help/articles", "/app/help", "/app/help/tickets", "/app/room", "/app/shop", "/app/open",
        "/app/borrow", "/nowhere",
    ];

    private static readonly string[] Desks =
    [
        "/console/login", "/console", "/console/tickets", "/console/approvals", "/console/versions", "/console/ledger", "/console/use",
        "/console/day", "/console/leaving", "/console/integrity", "/console/staff", "/console/accounts/1000001-01",
    ];

    [GeneratedRegex("(?:href|src)=\"(/[a-z]+\\.(?:css|js|svg))[\"#]")]
    private static partial Regex Asset { get; }

    [Theory]
    [InlineData("paid")]
    [InlineData("spender")]
    [InlineData("relief")]
    [InlineData("joint")]
    [InlineData("overdue")]
    public async Task A_borrowers_page_loads_within_its_budget(string story) =>
        await WithinAsync(await host.BorrowerAsync(story), [.. Pages, .. await LinksAsync(story)]);

    [Fact]
    public async Task A_page_of_the_console_loads_within_its_budget() => await WithinAsync(await host.StaffAsync(), Desks);

    private async Task<IEnumerable<string>> LinksAsync(string story)
    {
        var visitor = await host.BorrowerAsync(story);
        var found = new List<string>();
        foreach (var list in (string[])["/app/bills", "/app/loans", "/app/help/tickets", "/app/messages"])
        {
            var answer = await visitor.GetAsync(list);
            var html = answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : "";
            found.AddRange(Regex.Matches(html, $"href=\"({list}/[^\"/?]+)\"").Select(match => match.Groups[1].Value).Take(2));
        }

        return found;
    }

    private async Task WithinAsync(HttpClient visitor, IEnumerable<string> pages)
    {
        var sizes = new Dictionary<string, int>();
        var opened = 0;
        foreach (var page in pages.Distinct())
        {
            var (body, size, status) = await ReadAsync(visitor, page);
            if (status == HttpStatusCode.Redirect)
            {
                continue; // not a page of this product
            }

            opened++;
            var assets = Asset.Matches(body).Select(match => match.Groups[1].Value).Distinct().ToList();
            if (assets.Contains("/app.js") && body.Contains("data-passkey", StringComparison.Ordinal))
            {
                assets.Add("/passkey.js");
            }

            // The worker is fetched after the page, the fonts are named by the style sheet.
            assets.AddRange(["/num-500.woff2", "/num-600.woff2", "/sw.js"]);
            var (total, script) = (size, 0);
            foreach (var asset in assets)
            {
                if (!sizes.TryGetValue(asset, out var bytes))
                {
                    sizes[asset] = bytes = (await ReadAsync(visitor, asset)).Size;
                }

                total += bytes;
                script += asset.EndsWith(".js", StringComparison.Ordinal) ? bytes : 0;
            }

            Assert.True(assets.Contains("/app.css") && sizes["/app.css"] > 1000, page);
            Assert.True(total <= FirstLoad, $"{page}: {total} bytes, of which the page {size}");
            Assert.True(script <= Script, $"{page}: {script} bytes of script");
        }

        Assert.True(opened > 10);
    }

    private static async Task<(string Body, int Size, HttpStatusCode Status)> ReadAsync(HttpClient visitor, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var answer = await visitor.SendAsync(request);
        var packed = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.Content.Headers.ContentEncoding.Contains("br"))
        {
            return (System.Text.Encoding.UTF8.GetString(packed), packed.Length, answer.StatusCode);
        }

        await using var unpacking = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacking);
        return (await reader.ReadToEndAsync(), packed.Length, answer.StatusCode);
    }
}
