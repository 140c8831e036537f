using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>Nobody learns from an answer or its time who has an account or what others have (T23, T22).</summary>
public sealed class EnumerationTests(Host host)
{
    internal const int Pairs = 24;

    [Fact]
    public async Task Log_in_answers_known_and_unknown_names_with_the_same_bytes_and_in_the_same_time()
    {
        var people = new List<Somebody>();
        for (var i = 0; i < Pairs; i++)
        {
            people.Add(await Somebody.NewAsync(host));
        }

        var stranger = host.Visitor();
        var turn = 0;
        var found = await CompareAsync(
            () => TryAsync(stranger, people[turn % Pairs].Phone, "wrong password"),
            () => TryAsync(stranger, $"1880000{turn++:0000}", "wrong password"));
        Assert.Null(found);
    }

    [Fact]
    public async Task A_name_that_was_tried_too_often_is_closed_whether_it_is_known_or_not()
    {
        var one = await Somebody.NewAsync(host);
        var answers = new List<string>();
        foreach (var name in (string[])[one.Phone, "18899999999"])
        {
            var stranger = host.Visitor();
            for (var i = 0; i < Attempts.Most; i++)
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync(stranger, name, "wrong")).StatusCode);
            }

            var closed = await TryAsync(stranger, name, name == one.Phone ? one.Password : "wrong");
            answers.Add($"{closed.StatusCode} {Host.WithoutTokens(await closed.Content.ReadAsStringAsync())}");
        }

        Assert.StartsWith("TooManyRequests", answers[0], StringComparison.Ordinal);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Asking_for_a_passkey_names_nobody()
    {
        var answer = await Host.PostAsync(host.Visitor(), "/login", "/login/passkey/options", []);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"allowCredentials\":[]", text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_payment_ticket_and_loan_answer_like_missing_ones_in_bytes_and_time()
    {
        var mine = await host.BorrowerAsync("paid");
        var theirs = await PaymentOfAsync("cured");
        Assert.Equal(HttpStatusCode.OK, (await theirs.Visitor.GetAsync(theirs.Page)).StatusCode);
        Assert.Null(await CompareAsync(() => mine.GetAsync(theirs.Page), () => mine.GetAsync("/app/payments/none-of-this-name")));
        Assert.Null(await CompareAsync(() => mine.GetAsync("/app/bills/2026-07-02"), () => mine.GetAsync("/app/bills/2031-01-01")));
    }

    [Fact]
    public async Task Planted_a_door_that_forgets_the_owner_or_skips_the_hash_is_found()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var planted = builder.Build();
        planted.MapGet("/owner/{id}", (string id) => id == "theirs" ? Results.Text("18.00") : Results.NotFound());
        planted.MapGet("/words/{id}", (string id) => Results.Text(id == "theirs" ? "wrong password" : "no such user", statusCode: 401));
        planted.MapGet("/time/{id}", (string id) =>
        {
            _ = id == "theirs" && Secrets.Fits(null, "x");
            return Results.NotFound();
        });
        planted.MapGet("/sound/{id}", (string id) =>
        {
            _ = Secrets.Fits(null, id);
            return Results.NotFound();
        });
        await planted.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(planted.Urls.Single()) };
        foreach (var (door, why) in ((string, string?)[])[("owner", "status"), ("words", "bytes"), ("time", "time"), ("sound", null)])
        {
            Assert.Equal(why, (await CompareAsync(() => client.GetAsync($"/{door}/theirs"), () => client.GetAsync($"/{door}/none")))
                ?.Split(' ')[0]);
        }
    }

    private async Task<(HttpClient Visitor, string Page)> PaymentOfAsync(string story)
    {
        var visitor = await host.BorrowerAsync(story);
        await Host.PostAsync(visitor, "/app/pay", "/app/pay", new() { ["amount"] = "1.00", ["pin"] = DemoCustomer.Pin });
        var list = await Host.ReadAsync(visitor, "/app/payments");
        return (visitor, "/app/payments/" + list.Split("href=\"/app/payments/")[1].Split('"')[0]);
    }

    private static Task<HttpResponseMessage> TryAsync(HttpClient visitor, string name, string password) =>
        Host.PostAsync(visitor, "/login", "/login", new() { ["login"] = name, ["password"] = password });

    // Null when nobody can tell them apart: status, bytes, and the middle of the times, taken in turn so that a busy machine hits both.
    internal static async Task<string?> CompareAsync(Func<Task<HttpResponseMessage>> known, Func<Task<HttpResponseMessage>> unknown)
    {
        var (first, second) = (new List<double>(), new List<double>());
        for (var i = 0; i < Pairs; i++)
        {
            var (a, took) = await TimedAsync(known);
            var (b, other) = await TimedAsync(unknown);
            if (a.StatusCode != b.StatusCode)
            {
                return $"status {a.StatusCode} {b.StatusCode}";
            }

            if (Host.WithoutTokens(await a.Content.ReadAsStringAsync()) != Host.WithoutTokens(await b.Content.ReadAsStringAsync()))
            {
                return "bytes differ";
            }

            first.Add(took);
            second.Add(other);
        }

        var (x, y) = (first.Order().ElementAt(Pairs / 2), second.Order().ElementAt(Pairs / 2));
        return Math.Max(x, y) > (2.5 * Math.Min(x, y)) + 4 ? $"time {x:0.0} ms {y:0.0} ms" : null;
    }

    private static async Task<(HttpResponseMessage Answer, double Milliseconds)> TimedAsync(Func<Task<HttpResponseMessage>> ask)
    {
        var watch = Stopwatch.StartNew();
        var answer = await ask();
        return (answer, watch.Elapsed.TotalMilliseconds);
    }
}
