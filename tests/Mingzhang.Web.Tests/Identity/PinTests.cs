using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Sandbox;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests.Identity;

public sealed class PinTests(Host host)
{
    private const string Page = "/app/security/pin?lang=en";

    [Theory]
    [InlineData("123456")]
    [InlineData("654321")]
    [InlineData("890123")]
    [InlineData("111111")]
    [InlineData("121212")]
    [InlineData("123123")]
    [InlineData("112233")]
    [InlineData("123321")]
    [InlineData("147258")]
    [InlineData("520131")]
    [InlineData("558855")]
    public void The_first_anybody_would_try_are_too_easy(string pin) => Assert.Equal(PinFault.TooEasy, PinRules.Fault(pin));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12a456")]
    [InlineData("１２３４５６")]
    public void A_pin_is_six_digits(string? pin) => Assert.Equal(PinFault.NotSixDigits, PinRules.Fault(pin));

    [Theory]
    [InlineData("900521", PinFault.OfThePerson)]
    [InlineData("199000", PinFault.OfThePerson)]
    [InlineData("480317", PinFault.None)]
    public void A_pin_is_no_part_of_the_persons_numbers(string pin, PinFault fault) =>
        Assert.Equal(fault, PinRules.Fault(pin, "19900521", "19900000007"));

    [Fact]
    public async Task A_new_pin_replaces_the_old_one_at_once()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await ChangeAsync(visitor, Somebody.Pin, "480317", "480317")).StatusCode);
        var desk = host.Services.GetRequiredService<PinDesk>();
        Assert.Equal(PinAnswer.Wrong, await desk.AskAsync(one.Customer, Somebody.Pin));
        Assert.Equal(PinAnswer.Right, await desk.AskAsync(one.Customer, "480317"));
    }

    [Theory]
    [InlineData("246810", "123456", "123456", "first anybody would try")]
    [InlineData("246810", "480317", "480318", "differ")]
    [InlineData("246811", "480317", "480317", "not right")]
    [InlineData("246810", "246810", "246810", "present PIN")]
    [InlineData("246810", "48031", "48031", "exactly six")]
    public async Task A_pin_that_is_not_taken_says_why_and_changes_nothing(string old, string chosen, string again, string why)
    {
        var one = await Somebody.NewAsync(host);
        var answer = await ChangeAsync(await one.EnterAsync(), old, chosen, again);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(why, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(PinAnswer.Right, await host.Services.GetRequiredService<PinDesk>().AskAsync(one.Customer, Somebody.Pin));
    }

    [Fact]
    public async Task Guessing_on_the_page_locks_the_pin_and_the_right_one_no_longer_helps()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        for (var i = 0; i < PinDesk.MostFailures; i++)
        {
            await ChangeAsync(visitor, "975310", "480317", "480317");
        }

        var answer = await ChangeAsync(visitor, Somebody.Pin, "480317", "480317");
        Assert.Contains("locked", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_forgot_it_waits_a_day_and_the_owner_may_take_that_back()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        var desk = host.Services.GetRequiredService<PinDesk>();
        Assert.True(await desk.ForgotAsync(one.Customer, checkedByStaff: false));
        Assert.False(desk.MaySetAnew(one.Customer));
        Assert.Contains("asked to set your PIN anew", await Host.ReadAsync(visitor, "/app/security?lang=en"), StringComparison.Ordinal);
        await Host.PostAsync(visitor, "/app/security", "/app/security/pin/remembered", []);
        Assert.Null(desk.OpensAt(one.Customer));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ChangeAsync(visitor, "", "480317", "480317")).StatusCode);
    }

    [Fact]
    public async Task Password_and_a_code_to_the_phone_ask_for_a_new_pin_and_the_wait_stays()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        Assert.Equal(
            "/app/security/pin?done=code-sent",
            (await Host.PostAsync(visitor, Page, "/app/security/pin/code", [])).Headers.Location?.ToString());
        var letter = (await Host.ReadAsync(visitor, Page)).Split("sandbox-letter")[1];
        var code = System.Text.RegularExpressions.Regex.Match(letter, "[0-9]{8}").Value;
        Assert.Equal(422, (int)(await AskAsync("wrong password", code)).StatusCode);
        Assert.Equal(422, (int)(await AskAsync(one.Password, "00000000")).StatusCode);
        Assert.Equal("/app/security?done=pin-asked", (await AskAsync(one.Password, code)).Headers.Location?.ToString());
        var desk = host.Services.GetRequiredService<PinDesk>();
        Assert.True(desk.OpensAt(one.Customer) > TimeProvider.System.GetUtcNow().AddHours(23));
        Assert.False(desk.MaySetAnew(one.Customer));
        Assert.Equal(422, (int)(await AskAsync(one.Password, code)).StatusCode);

        Task<HttpResponseMessage> AskAsync(string password, string typed) => Host.PostAsync(
            visitor, Page, "/app/security/pin/forgot", new() { ["password"] = password, ["code"] = typed });
    }

    [Fact]
    public async Task After_a_check_by_staff_it_is_set_without_the_old_one_once()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        await host.Services.GetRequiredService<PinDesk>().ForgotAsync(one.Customer, checkedByStaff: true);
        Assert.Equal(HttpStatusCode.Redirect, (await ChangeAsync(visitor, "", "480317", "480317")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ChangeAsync(visitor, "", "730148", "730148")).StatusCode);
    }

    [Fact]
    public async Task Without_codes_nobody_asks_for_a_new_pin_alone_and_staff_release_it_on_the_account_page()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        var asked = await Host.PostAsync(visitor, Page, "/app/security/pin/forgot", new()
        {
            ["password"] = one.Password, ["code"] = "123456",
        });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        var desk = host.Services.GetRequiredService<PinDesk>();
        Assert.Null(desk.OpensAt(one.Customer));

        var demo = DemoCustomer.All.Single(other => other.Story == "new");
        var account = $"/console/accounts/{demo.Customer}-01";
        var released = await Host.PostAsync(
            await host.StaffAsync(), account, account + "/release-pin", new() { ["reason"] = "seen in person" });
        Assert.Equal(HttpStatusCode.Redirect, released.StatusCode);
        Assert.True(desk.MaySetAnew(new CustomerId(demo.Customer)));
        await desk.RememberedAsync(new CustomerId(demo.Customer));
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient visitor, string old, string chosen, string again) =>
        Host.PostAsync(visitor, Page, "/app/security/pin", new() { ["pin"] = old, ["new"] = chosen, ["again"] = again });
}
