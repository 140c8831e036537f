using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Mingzhang.Services.Sandbox;

namespace Mingzhang.Web.Tests;

/// <summary>Counts the steps of the main ways from the pages (R126): each link and each form stands on the page before.</summary>
public sealed class StepTests(OwnHost host) : IClassFixture<OwnHost>
{
    /// <summary>
    /// Story, steps from home, how many there may be. ! is a form that is looked for and not sent, ? one that is sent as a question.
    /// </summary>
    public static TheoryData<string, string, int> Ways => new()
    {
        { "revolver", "/app/pay !/app/pay", 2 },
        { "joint", "/app/borrow /app/borrow/costs !/app/borrow/costs", 3 },
        { "plan", "/app/bills/2026-07-01 /app/bills/2026-07-01/plan !/app/bills/2026-07-01/plan", 3 },
        { "paid", "/app/limit /app/limit/raise !/app/limit/raise", 3 },
        { "paid", "/app/settings !/app/settings/limit", 2 },
        { "paid", "/app/settings !/app/settings/pause", 2 },
        { "paid", "/app/limit /app/close ?/app/close/impact?mode=now !/app/close/request", 4 },
        { "overdue", "/app/settings /app/help/advice /app/help", 3 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task No_way_is_longer_than_it_is_said_to_be(string story, string way, int most)
    {
        var borrower = await host.BorrowerAsync(story);
        var steps = way.Split(' ');
        Assert.True(steps.Length <= most, way);
        var page = await Host.ReadAsync(borrower, "/app");
        foreach (var step in steps)
        {
            if (step[0] == '!')
            {
                Assert.True(page.Contains($"action=\"{step[1..]}\"", StringComparison.Ordinal), $"{way}: no form {step[1..]}");
                continue;
            }

            if (step[0] == '?')
            {
                var form = $"action=\"{step[1..].Split('?')[0]}\"";
                Assert.True(page.Contains(form, StringComparison.Ordinal), $"{way}: no form {step[1..]}");
                page = await Host.ReadAsync(borrower, step[1..]);
                continue;
            }

            var link = Regex.Matches(page, "href=\"([^\"]+)\"").Select(match => match.Groups[1].Value)
                .FirstOrDefault(href => href.Split('?', '#')[0] == step);
            Assert.True(link is not null, $"{way}: no link to {step}");
            page = await Host.ReadAsync(borrower, link);
        }
    }

    [Fact]
    public async Task Progress_management_closes_in_two_forms_and_each_form_asks_once()
    {
        var borrower = await host.BorrowerAsync("spender");
        var page = await Host.ReadAsync(borrower, "/app/progress");
        Assert.Contains("href=\"/app/progress/close\"", page);
        var first = await Host.PostAsync(borrower, "/app/progress/close", "/app/progress/close", new() { ["understood"] = "on" });
        var second = first.Headers.Location!.ToString();
        var asked = Regex.Count(await Host.ReadAsync(borrower, second), "<input [^>]*type=\"(password|text|checkbox)\"");
        Assert.True(asked <= 1, asked.ToString(CultureInfo.InvariantCulture));
        var step = second[(second.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var done = await Host.PostAsync(
            borrower, second, "/app/progress/close/confirm", new() { ["closing"] = step, ["pin"] = DemoCustomer.Pin });
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
    }
}
