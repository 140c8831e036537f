using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Progress;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Papers.Sheets;
using Mingzhang.Services.Progress.State;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.App.Progress;

namespace Mingzhang.Web.Tests;

/// <summary>Progress management over its pages: two steps out, blocked by agreements, and back.</summary>
public sealed partial class ProgressFlowTests(OwnHost host) : IClassFixture<OwnHost>
{
    private const string Page = "/app/progress";

    [GeneratedRegex("id=\"spent\">([^<]+)<")]
    private static partial Regex Spent { get; }

    [Fact]
    public async Task It_closes_in_two_steps_freezes_and_opens_again()
    {
        var borrower = await host.BorrowerAsync("spender");
        var spent = Spent.Match(await borrower.GetStringAsync("/app/spend")).Groups[1].Value;
        Assert.Contains("id=\"close-progress\"", await borrower.GetStringAsync(Page));

        // Step 2 cannot begin by itself, nor without the tick.
        Assert.Equal(HttpStatusCode.Redirect, (await borrower.GetAsync(Page + "/close/confirm?step=made-up")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Host.PostAsync(borrower, Page + "/close", Page + "/close", [])).StatusCode);

        var shown = await Host.PostAsync(borrower, Page + "/close", Page + "/close", new() { ["understood"] = "on" });
        var second = shown.Headers.Location!.ToString();
        var step = second[(second.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var wrong = await Host.PostAsync(
            borrower, second, Page + "/close/confirm", new() { ["closing"] = step, ["pin"] = "135790" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("id=\"close-progress\"", await borrower.GetStringAsync(Page));

        var right = await Host.PostAsync(
            borrower, second, Page + "/close/confirm", new() { ["closing"] = step, ["pin"] = DemoCustomer.Pin });
        Assert.Equal(Page + "?done=progress-closed", right.Headers.Location!.ToString());
        var closed = await borrower.GetStringAsync(Page + "?done=progress-closed&lang=zh");
        Assert.Contains("服务已终止", closed);
        Assert.Contains("已关闭", closed);
        Assert.DoesNotContain("id=\"close-progress\"", closed);
        var frozen = await borrower.GetStringAsync("/app/spend");
        Assert.Contains("id=\"frozen\"", frozen);
        Assert.Equal(spent, Spent.Match(frozen).Groups[1].Value);

        var open = await Host.PostAsync(borrower, Page + "/reopen", Page + "/reopen", new() { ["gap"] = "fill" });
        Assert.Equal(Page + "?done=progress-opened", open.Headers.Location!.ToString());
        Assert.DoesNotContain("id=\"frozen\"", await borrower.GetStringAsync("/app/spend"));
    }

    [Fact]
    public async Task Instalments_and_deferrals_block_it_and_are_listed_and_an_agent_may_only_guide()
    {
        foreach (var story in (string[])["plan", "relief"])
        {
            var borrower = await host.BorrowerAsync(story);
            var page = await borrower.GetStringAsync(Page + "/close?lang=zh");
            Assert.Contains("功能使用中无法关闭", page);
            Assert.DoesNotContain("name=\"understood\"", page);
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity,
                (await Host.PostAsync(borrower, Page, Page + "/close", new() { ["understood"] = "on" })).StatusCode);
        }

        var house = host.Services.GetRequiredService<CreditHouse>();
        var progress = host.Services.GetRequiredService<ProgressDesk>();
        var state = (await house.ReadAsync(AccountId.Of(new CustomerId(1_000_012), 1)))!;
        Assert.Equal("2023-01", Assert.IsType<AgentMayOnlyGuide>(await progress.CloseByAgentAsync(state, "staff:a")).Agreement);
        Assert.IsType<ProgressInUse>((await progress.AcknowledgeAsync(state)).Refusal);

        // One of two that ends is not enough; when all have ended nothing stands in the way.
        var two = state with { Loans = [.. state.Loans, state.Loans[0] with { Id = "another" }] };
        Assert.Equal(2, ProgressBlocker.Of(two).Count);
        Assert.Single(ProgressBlocker.Of(state));
        Assert.Empty(ProgressBlocker.Of(state with { Loans = [] }));
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("@cmd", "\"'@cmd\"")]
    [InlineData("-12.50", "\"-12.50\"")]
    [InlineData("-12.50a", "\"'-12.50a\"")]
    [InlineData("说\"好\"", "\"说\"\"好\"\"\"")]
    public void No_cell_of_the_history_is_a_formula(string value, string cell) => Assert.Equal(cell, CsvWriter.Cell(value));

    [Theory]
    [InlineData("no", "no", "yes", CheckAdvice.Keep)]
    [InlineData("yes", "yes", "yes", CheckAdvice.Mute)]
    [InlineData("yes", "no", "no", CheckAdvice.Close)]
    [InlineData("yes", "", "no", CheckAdvice.None)]
    public void The_self_check_advises(string first, string second, string third, CheckAdvice advice) =>
        Assert.Equal(advice, SelfCheck.Of([first, second, third]));

    [Fact]
    public async Task Wrong_days_of_the_bookkeeping_are_named_and_clearing_the_cache_asks_the_browser()
    {
        var borrower = await host.BorrowerAsync("new");
        foreach (var days in (string[])["16", "-1", "x", ""])
        {
            var answer = await Host.PostAsync(borrower, Page, Page + "/rules", new() { ["book"] = days });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(borrower, Page, Page + "/rules", new() { ["book"] = "3" })).StatusCode);
        var wiped = await Host.PostAsync(borrower, Page + "/cache", Page + "/cache", []);
        Assert.Equal("\"cache\", \"storage\"", wiped.Headers.GetValues("Clear-Site-Data").Single());
        Assert.Equal(HttpStatusCode.OK, (await borrower.GetAsync(Page + "?done=cache-cleared")).StatusCode);
    }
}
