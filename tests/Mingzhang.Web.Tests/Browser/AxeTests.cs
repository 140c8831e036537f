using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests.Browser;

/// <summary>
/// Walks along the links of a person's pages on a narrow phone: axe finds nothing, nothing is wider than the screen, the console stays
/// empty. A few people always; with MZ_LONG=1 everybody, light and dark, with large text, every page that links lead to.
/// </summary>
public sealed partial class AxeTests(Host host)
{
    private const int Width = 360;
    private const int Few = 24;
    private const int Many = 500;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly string[] Always =
        ["/login", "/register", "/login/forgot", "/verify", "/offline", "/app/open", "/app/activity?q=none", "/app/help/articles?q=xyzzy"];

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}|(?<=(?:loans|messages|articles|tickets|payments|accounts|approvals|people|contacts)/)[^/?]+"
        + @"|(?<=[?&](?:seen|at|page|before|amount|day|month)=)[^&]*")]
    private static partial Regex Names { get; }

    [GeneratedRegex(@"logout|\.(?:csv|json|pem|xlsx|pdf)|/(?:pdf|xlsx|csv|proof)$|lang=|/app/account/|#")]
    private static partial Regex Elsewhere { get; }

    /// <summary>Everybody, for the long run.</summary>
    public static TheoryData<string, string, ColorScheme, bool> Everybody =>
    [
        .. from story in DemoCustomer.All.Select(one => one.Story).Append(DemoCustomer.StaffLogin)
           from colours in new[] { ColorScheme.Light, ColorScheme.Dark }
           select new TheoryDataRow<string, string, ColorScheme, bool>(
               story, colours == ColorScheme.Light ? "en" : "zh", colours, story != DemoCustomer.StaffLogin && colours == ColorScheme.Dark),
    ];

    [Theory]
    [InlineData("paid", "en", ColorScheme.Light)]
    [InlineData("loan-overdue", "zh", ColorScheme.Dark)]
    [InlineData("staff", "en", ColorScheme.Light)]
    public Task Pages_are_whole_for_every_sense(string who, string language, ColorScheme colours) =>
        WalkAsync(who, language, colours, false, Few);

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Every_page_is_whole_for_every_sense(string who, string language, ColorScheme colours, bool large)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MZ_LONG") == "1", "long: set MZ_LONG=1");
        await WalkAsync(who, language, colours, large, Many);
    }

    private async Task WalkAsync(string who, string language, ColorScheme colours, bool large, int most)
    {
        var staff = who == DemoCustomer.StaffLogin;
        await using var visit = staff
            ? await Visit.StaffAsync(host, Width, 780) : await Visit.BorrowerAsync(host, Width, 780, who, colours: colours);
        var page = visit.Page;
        await page.GotoAsync((staff ? "/console" : "/app") + "?lang=" + language);
        if (large)
        {
            // Only in this browser: the setting itself is the person's, whom other tests visit.
            await page.AddInitScriptAsync("addEventListener('DOMContentLoaded', () => document.documentElement.classList.add('large'))");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<string>([staff ? "/console" : "/app", .. staff ? [] : most == Few ? [] : Always]);
        var faults = new List<string>();
        while (queue.TryDequeue(out var address))
        {
            await page.GotoAsync(address);
            faults.AddRange((await FaultsAsync(page)).Select(fault => address + ": " + fault));
            foreach (var link in await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location.href)).filter(u => "
                + "u.origin === location.origin).map(u => u.pathname + u.search)"))
            {
                if (!Elsewhere.IsMatch(link) && seen.Count < most && seen.Add(Names.Replace(link, "*")))
                {
                    queue.Enqueue(link);
                }
            }
        }

        Assert.True(seen.Count >= Math.Min(most, 20), $"only {seen.Count} addresses");
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.Empty(visit.Errors);
    }

    private static async Task<string[]> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>("""
            async () => {
              const found = await axe.run(document, { resultTypes: ['violations'] });
              const over = document.documentElement.scrollWidth - innerWidth;
              return found.violations.map(one => one.id + ' ' + one.nodes[0].html.slice(0, 200))
                .concat(over > 0 ? [over + ' px too wide'] : []);
            }
            """);
    }
}
