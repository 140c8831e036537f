using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Once;
using Mingzhang.Web.Identity.Roles;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>Single-use codes: to a phone, or in writing for staff; once, in time, five tries, and nobody is given away.</summary>
public sealed partial class OnceCodeTests(Host host)
{
    private const string Fresh = "another horse battery";

    [GeneratedRegex("[0-9]{8}")]
    private static partial Regex Digits { get; }

    [Fact]
    public async Task A_borrower_sets_another_password_by_a_code_which_works_once_and_ends_every_session()
    {
        var one = await Somebody.NewAsync(host);
        var before = await one.EnterAsync();
        var visitor = host.Visitor();
        var code = await AskAsync(visitor, one.Phone);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SetAsync(visitor, code, "short", "short")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SetAsync(visitor, "00000000", Fresh, Fresh)).StatusCode);
        var set = await SetAsync(visitor, $" {code[..4]} {code[4..]} ", Fresh, Fresh);
        Assert.Equal("/login?done=password-set", set.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await before.GetAsync("/app/security")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await one.TryAsync(host.Visitor(), one.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await one.TryAsync(host.Visitor(), Fresh)).StatusCode);
        var again = host.Visitor();
        Assert.Equal(HttpStatusCode.Redirect, (await AskPageAsync(again, one.Phone)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SetAsync(again, code, Fresh, Fresh)).StatusCode);
    }

    [Fact]
    public async Task Five_wrong_codes_end_the_right_one()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = host.Visitor();
        var code = await AskAsync(visitor, one.Phone);
        for (var i = 0; i < OnceCodes.MostTries; i++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SetAsync(visitor, "1234567" + i, Fresh, Fresh)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SetAsync(visitor, code, Fresh, Fresh)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await one.TryAsync(host.Visitor(), one.Password)).StatusCode);
    }

    [Fact]
    public async Task A_code_is_no_longer_good_after_its_time_and_of_another_purpose_it_is_none()
    {
        var time = new LaterTime();
        var codes = new OnceCodes(host.Services.GetRequiredService<Mingzhang.Engine.CreditHouse>(), time);
        await codes.KeepAsync("app", "h:test-late", OncePurpose.Password, "12345678", "self");
        Assert.False(await codes.TakeAsync("app", "h:test-late", OncePurpose.Pin, "12345678"));
        time.Later = TimeSpan.FromMinutes(10);
        Assert.False(await codes.TakeAsync("app", "h:test-late", OncePurpose.Password, "12345678"));
        time.Later = TimeSpan.FromMinutes(9);
        Assert.True(await codes.TakeAsync("app", "h:test-late", OncePurpose.Password, "12345678"));
        Assert.False(await codes.TakeAsync("app", "h:test-late", OncePurpose.Password, "12345678"));
    }

    [Fact]
    public async Task Asking_answers_a_known_and_an_unknown_number_with_the_same_bytes_in_the_same_time()
    {
        var people = new List<Somebody>();
        for (var i = 0; i < EnumerationTests.Pairs; i++)
        {
            people.Add(await Somebody.NewAsync(host));
        }

        foreach (var door in (string[])["/login/forgot", "/register"])
        {
            var turn = 0;
            Assert.Null(await EnumerationTests.CompareAsync(
                () => Host.PostAsync(host.Visitor(), door, door, new() { ["phone"] = people[turn % people.Count].Phone }),
                () => Host.PostAsync(host.Visitor(), door, door, new() { ["phone"] = $"1770000{turn++:0000}" })));
        }
    }

    [Fact]
    public async Task A_number_gets_three_codes_in_a_quarter_of_an_hour_and_the_third_still_works()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = host.Visitor();
        var code = "";
        for (var i = 0; i < ResetDesk.MostAsked; i++)
        {
            code = await AskAsync(visitor, one.Phone);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await AskPageAsync(visitor, one.Phone)).StatusCode);
        Assert.DoesNotMatch(Digits, Letter(await Host.ReadAsync(visitor, "/login/reset")));
        Assert.Equal(HttpStatusCode.Redirect, (await SetAsync(visitor, code, Fresh, Fresh)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678901")]
    [InlineData("1990000000١")]
    [InlineData("19900000001<script>")]
    public async Task A_number_that_is_none_is_said_so(string phone)
    {
        var answer = await Host.PostAsync(host.Visitor(), "/login/forgot?lang=en", "/login/forgot?lang=en", new() { ["phone"] = phone });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("eleven digits", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_having_asked_there_is_no_page_to_set_a_password() =>
        Assert.Equal("/login/forgot", (await host.Visitor().GetAsync("/login/reset")).Headers.Location?.ToString());

    [Fact]
    public async Task A_member_of_staff_sets_the_first_password_by_the_code_in_writing()
    {
        _ = host.Address;
        var house = host.Services.GetRequiredService<Mingzhang.Engine.CreditHouse>();
        var door = new StaffDoor(house, TimeProvider.System);
        var (code, refusal) = await door.AddAsync("first.one", ["clerk"], "test");
        Assert.Null(refusal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await FirstAsync("first.one", "aaaa-aaaa-aaaa-aaaa", Fresh)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await FirstAsync("nobody.here", code!.Code, Fresh)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await FirstAsync("first.one", code.Code, "first.one-password")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await FirstAsync("first.one", code.Code.ToUpperInvariant(), Fresh)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await FirstAsync("first.one", code.Code, Fresh)).StatusCode);
        var staff = host.Visitor();
        Assert.Equal(HttpStatusCode.Redirect, (await Host.PostAsync(
            staff, "/console/login", "/console/login", new() { ["login"] = "first.one", ["password"] = Fresh })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync("/console/security")).StatusCode);
        Assert.NotNull(await door.ResetAsync("first.one", true, "test"));
        await Task.Delay(2100, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.GetAsync("/console/security")).StatusCode);
    }

    private Task<HttpResponseMessage> FirstAsync(string name, string code, string password) => Host.PostAsync(
        host.Visitor(), "/console/login/first", "/console/login/first",
        new() { ["login"] = name, ["code"] = code, ["new"] = password, ["again"] = password });

    private static Task<HttpResponseMessage> AskPageAsync(HttpClient visitor, string phone) =>
        Host.PostAsync(visitor, "/login/forgot", "/login/forgot", new() { ["phone"] = phone });

    private static async Task<string> AskAsync(HttpClient visitor, string phone)
    {
        Assert.Equal("/login/reset", (await AskPageAsync(visitor, phone)).Headers.Location?.ToString());
        return Digits.Match(Letter(await Host.ReadAsync(visitor, "/login/reset"))).Value;
    }

    private static string Letter(string page) => page.Contains("sandbox-letter", StringComparison.Ordinal)
        ? page.Split("sandbox-letter")[1] : "";

    private static Task<HttpResponseMessage> SetAsync(HttpClient visitor, string code, string password, string again) => Host.PostAsync(
        visitor, "/login/reset", "/login/reset", new() { ["code"] = code, ["new"] = password, ["again"] = again });

    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Later;
    }
}
