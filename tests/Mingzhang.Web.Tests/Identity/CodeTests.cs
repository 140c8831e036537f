using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Web.Identity;
using Mingzhang.Web.Identity.Keys;

namespace Mingzhang.Web.Tests.Identity;

/// <summary>One-time codes: the RFC's own figures, and the way in with them, without script.</summary>
public sealed class CodeTests(Host host)
{
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_figures_of_RFC_6238_appendix_B(long seconds, string code) => Assert.Equal(
        code, Totp.CodeOf(Encoding.ASCII.GetBytes("12345678901234567890"), Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void A_key_is_written_in_base_32()
    {
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Text(Encoding.ASCII.GetBytes("12345678901234567890")));
        Assert.Equal("MY", Totp.Text("f"u8.ToArray()));
    }

    [Fact]
    public void A_code_fits_one_step_to_either_side_and_none_that_was_used()
    {
        var secret = new byte[20];
        Assert.Equal(101, Totp.Fit(secret, Totp.CodeOf(secret, 101), 100, 0));
        Assert.Equal(99, Totp.Fit(secret, Totp.CodeOf(secret, 99), 100, 0));
        Assert.Null(Totp.Fit(secret, Totp.CodeOf(secret, 102), 100, 0));
        Assert.Null(Totp.Fit(secret, Totp.CodeOf(secret, 100), 100, 100));
        Assert.Null(Totp.Fit(secret, Totp.CodeOf(secret, 99), 100, 100));
    }

    [Fact]
    public async Task With_codes_on_the_password_alone_opens_nothing_and_each_code_once()
    {
        var one = await Somebody.NewAsync(host);
        var (secret, recovery) = await TurnOnAsync(one);
        var visitor = host.Visitor();
        var half = await one.TryAsync(visitor, one.Password);
        Assert.Equal("/login/code", half.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/app/security")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SecondAsync(visitor, "000000")).StatusCode);

        // The code it was turned on with is used up; a later one is good once.
        var now = Totp.StepOf(DateTimeOffset.UtcNow);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SecondAsync(visitor, Totp.CodeOf(secret, now - 1))).StatusCode);
        Assert.Equal("/app", (await SecondAsync(visitor, Totp.CodeOf(secret, now + 1))).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/app/security")).StatusCode);
        Assert.Equal("code", host.Services.GetRequiredService<Sessions>().Of(one.Subject)[0].Via);

        var again = host.Visitor();
        await one.TryAsync(again, one.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SecondAsync(again, Totp.CodeOf(secret, now + 1))).StatusCode);
        Assert.Equal("/app", (await SecondAsync(again, recovery[0])).Headers.Location!.ToString());
        var third = host.Visitor();
        await one.TryAsync(third, one.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SecondAsync(third, recovery[0])).StatusCode);
        Assert.Equal("/app", (await SecondAsync(third, recovery[1])).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Ten_wrong_codes_lock_the_second_step_and_the_right_one_no_longer_helps()
    {
        var one = await Somebody.NewAsync(host);
        var (_, recovery) = await TurnOnAsync(one);
        var codes = host.Services.GetRequiredService<CodeDesk>();
        for (var i = 0; i < 10; i++)
        {
            Assert.False(await codes.AskAsync(one.Subject, "000000"));
        }

        Assert.False(await codes.AskAsync(one.Subject, recovery[0]));
    }

    [Fact]
    public async Task Many_at_once_with_one_recovery_code_are_let_in_once()
    {
        var one = await Somebody.NewAsync(host);
        var (_, recovery) = await TurnOnAsync(one);
        var codes = host.Services.GetRequiredService<CodeDesk>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => codes.AskAsync(one.Subject, recovery[0])));
        Assert.Equal(1, answers.Count(right => right));
    }

    [Fact]
    public async Task Turning_them_on_and_off_takes_the_pin()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        var wrong = await Host.PostAsync(visitor, "/app/security/code", "/app/security/code/begin", new() { ["pin"] = "975310" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        await TurnOnAsync(one);
        var codes = host.Services.GetRequiredService<CodeDesk>();
        await Host.PostAsync(visitor, "/app/security/code", "/app/security/code/end", new() { ["pin"] = "975310" });
        Assert.True(codes.IsOn(one.Subject));
        await Host.PostAsync(visitor, "/app/security/code", "/app/security/code/end", new() { ["pin"] = Somebody.Pin });
        Assert.False(codes.IsOn(one.Subject));
    }

    [Fact]
    public async Task Neither_the_key_nor_a_recovery_code_lies_plain_in_the_database()
    {
        var one = await Somebody.NewAsync(host);
        var (_, recovery) = await TurnOnAsync(one);
        using var connection = host.Services.GetRequiredService<Mingzhang.Engine.CreditHouse>().OpenReadOnly();
        var rows = Dapper.SqlMapper.Query<string>(connection, "SELECT secret FROM door_code WHERE partition_id >= 0").Concat(
            Dapper.SqlMapper.Query<string>(connection, "SELECT code_hash FROM door_recovery WHERE partition_id >= 0")).ToList();
        var plain = recovery[0].Replace("-", "", StringComparison.Ordinal);
        Assert.All(rows, row => Assert.DoesNotContain(plain, row, StringComparison.Ordinal));
        Assert.NotEmpty(rows);
    }

    private static Task<HttpResponseMessage> SecondAsync(HttpClient visitor, string code) =>
        Host.PostAsync(visitor, "/login/code", "/login/code", new() { ["code"] = code });

    private async Task<(byte[] Secret, IReadOnlyList<string> Recovery)> TurnOnAsync(Somebody one)
    {
        var visitor = await one.EnterAsync();
        var shown = await Host.PostAsync(visitor, "/app/security/code", "/app/security/code/begin", new() { ["pin"] = Somebody.Pin });
        var key = (await shown.Content.ReadAsStringAsync())
            .Split("id=\"code-key\">")[1].Split('<')[0].Replace(" ", "", StringComparison.Ordinal);
        var secret = FromBase32(key);
        var code = Totp.CodeOf(secret, Totp.StepOf(DateTimeOffset.UtcNow));
        var on = await Host.PostAsync(visitor, "/app/security/code", "/app/security/code/confirm", new() { ["code"] = code });
        var page = await on.Content.ReadAsStringAsync();
        Assert.True(host.Services.GetRequiredService<CodeDesk>().IsOn(one.Subject), page);
        var list = page.Split("id=\"recovery\"")[1].Split("<li>").Skip(1).Select(part => part.Split('<')[0]).ToList();
        Assert.Equal(10, list.Count);
        return (secret, list);
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(
            sign => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(sign), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
