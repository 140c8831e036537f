using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Mingzhang.Engine;
using Mingzhang.Services.People;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests.Identity;

public sealed class SessionTests(Host host)
{
    private const string Page = "/app/security?lang=en";

    [Fact]
    public async Task Every_log_in_is_a_session_of_its_own_and_one_can_be_ended_from_another()
    {
        var one = await Somebody.NewAsync(host);
        var (here, there) = (await one.EnterAsync(), await one.EnterAsync());
        var page = await Host.ReadAsync(here, Page);
        Assert.Equal(1, Count(page, "this device"));
        Assert.Equal(1, Count(page, "action=\"/app/security/end\""));
        var id = page.Split("name=\"session\" value=\"")[1].Split('"')[0];
        var ended = await Host.PostAsync(here, Page, "/app/security/end", new() { ["session"] = id });
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync(Page)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync(Page)).StatusCode);
    }

    [Fact]
    public async Task A_device_is_known_from_its_first_log_in_and_one_that_was_forgotten_is_new_again()
    {
        var one = await Somebody.NewAsync(host);
        var (first, other) = (host.Visitor(), host.Visitor());
        Assert.Equal(HttpStatusCode.Redirect, (await one.TryAsync(first, one.Password)).StatusCode);
        var devices = host.Services.GetRequiredService<DeviceShelf>();
        var known = Assert.Single(devices.Of(one.Customer));
        Assert.Contains("device known since", await Host.ReadAsync(first, Page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await one.TryAsync(first, one.Password)).StatusCode);
        Assert.Equal(known.Id, Assert.Single(devices.Of(one.Customer)).Id);
        Assert.Equal(HttpStatusCode.Redirect, (await one.TryAsync(other, one.Password)).StatusCode);
        Assert.Equal(2, devices.Of(one.Customer).Count);

        var stranger = await (await Somebody.NewAsync(host)).EnterAsync();
        Assert.Equal(404, (int)(await Host.PostAsync(stranger, Page, "/app/devices/remove", new() { ["device"] = known.Id })).StatusCode);
        await Host.PostAsync(other, Page, "/app/devices/remove", new() { ["device"] = known.Id });
        Assert.Equal(HttpStatusCode.Redirect, (await first.GetAsync(Page)).StatusCode);
        Assert.Single(devices.Of(one.Customer));
        Assert.Equal(HttpStatusCode.Redirect, (await one.TryAsync(first, one.Password)).StatusCode);
        var rows = host.Services.GetRequiredService<Sessions>().Of(one.Subject);
        Assert.Equal(1, rows.Count(row => row.IsNew == 1 && row.Browser == known.Id));
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_somebody_else()
    {
        var (one, other) = (await Somebody.NewAsync(host), await Somebody.NewAsync(host));
        var (mine, theirs) = (await one.EnterAsync(), await other.EnterAsync());
        var foreign = host.Services.GetRequiredService<Sessions>().Of(other.Subject).Single().IdHash;
        var answers = new List<string>();
        foreach (var id in (string[])[foreign, new string('0', 64), "x"])
        {
            var answer = await Host.PostAsync(mine, Page, "/app/security/end", new() { ["session"] = id });
            answers.Add($"{(int)answer.StatusCode} {Host.WithoutTokens(await answer.Content.ReadAsStringAsync())}");
        }

        Assert.StartsWith("422", answers[0], StringComparison.Ordinal);
        Assert.Single(answers.Distinct());
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync(Page)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_works_at_once_here_and_a_kept_cookie_opens_nothing()
    {
        var one = await Somebody.NewAsync(host);
        var visitors = new[] { await one.EnterAsync(), await one.EnterAsync(), await one.EnterAsync() };
        foreach (var visitor in visitors)
        {
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Page)).StatusCode);
        }

        await Host.PostAsync(visitors[0], Page, "/app/security/end-all", []);
        foreach (var visitor in visitors)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(Page)).StatusCode);
        }
    }

    [Fact]
    public async Task Leaving_ends_the_session_on_the_server_too()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        var id = host.Services.GetRequiredService<Sessions>().Of(one.Subject).Single().IdHash;
        await Host.PostAsync(visitor, Page, "/app/logout", []);
        Assert.NotEqual(0, host.Services.GetRequiredService<Sessions>().Of(one.Subject).Single(session => session.IdHash == id).EndedAt);
    }

    [Fact]
    public async Task A_new_log_in_of_the_same_browser_ends_the_session_it_had()
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        await one.TryAsync(visitor, one.Password);
        Assert.Single(host.Services.GetRequiredService<Sessions>().Of(one.Subject), session => session.EndedAt == 0);
    }

    [Fact]
    public async Task Another_password_ends_the_other_sessions_and_the_old_password()
    {
        var one = await Somebody.NewAsync(host);
        var (here, there) = (await one.EnterAsync(), await one.EnterAsync());
        const string Chosen = "four brown mountains";
        var changed = await Host.PostAsync(here, "/app/security/password", "/app/security/password", new()
        {
            ["password"] = one.Password, ["new"] = Chosen, ["again"] = Chosen,
        });
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync(Page)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync(Page)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await one.TryAsync(host.Visitor(), one.Password)).StatusCode);
        await one.EnterAsync(Chosen);
    }

    [Theory]
    [InlineData("wrong", "four brown mountains", "four brown mountains", "present password is not right")]
    [InlineData(null, "short", "short", "fewer than 10")]
    [InlineData(null, "four brown mountains", "four brown", "differ")]
    [InlineData(null, "password123456", "password123456", "everybody tries first")]
    [InlineData(null, "my mingzhang secret", "my mingzhang secret", "our name")]
    [InlineData(null, "correct horse battery", "correct horse battery", "present password; choose")]
    public async Task A_password_that_is_not_taken_says_why_and_changes_nothing(string? old, string chosen, string again, string why)
    {
        var one = await Somebody.NewAsync(host);
        var visitor = await one.EnterAsync();
        var answer = await Host.PostAsync(visitor, "/app/security/password?lang=en", "/app/security/password", new()
        {
            ["password"] = old ?? one.Password, ["new"] = chosen, ["again"] = again,
        });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(why, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await one.EnterAsync();
    }

    [Fact]
    public async Task A_device_nobody_knew_is_noticed_and_a_known_one_is_not()
    {
        var one = await Somebody.NewAsync(host);
        var sessions = host.Services.GetRequiredService<Sessions>();
        var elsewhere = host.Visitor();
        await one.EnterAsync();
        Assert.False(sessions.HasNew(one.Subject));
        await one.TryAsync(elsewhere, one.Password);
        Assert.True(sessions.HasNew(one.Subject));
        Assert.Contains("new device", await Host.ReadAsync(elsewhere, Page), StringComparison.Ordinal);
        await one.TryAsync(elsewhere, one.Password);
        Assert.Single(sessions.Of(one.Subject), session => session.IsNew == 1);
    }

    [Fact]
    public async Task It_ends_when_idle_for_two_hours_and_after_twelve_in_any_case()
    {
        var (clock, subject) = (new Clock(), (await Somebody.NewAsync(host)).Subject);
        var sessions = new Sessions(host.Services.GetRequiredService<CreditHouse>(), clock);
        var (idle, _) = await sessions.OpenAsync(subject, "x", "d", "password");
        clock.Add(TimeSpan.FromMinutes(119));
        Assert.NotNull(await sessions.CheckAsync(subject, idle));
        clock.Add(TimeSpan.FromMinutes(121));
        Assert.Null(await sessions.CheckAsync(subject, idle));
        var (used, _) = await sessions.OpenAsync(subject, "x", "d", "password");
        for (var hour = 1; hour < 12; hour++)
        {
            clock.Add(TimeSpan.FromHours(1));
            Assert.NotNull(await sessions.CheckAsync(subject, used));
        }

        clock.Add(TimeSpan.FromHours(1));
        Assert.Null(await sessions.CheckAsync(subject, used));
    }

    [Fact]
    public async Task Another_node_sees_the_end_within_the_time_it_remembers()
    {
        var (clock, subject) = (new Clock(), (await Somebody.NewAsync(host)).Subject);
        var house = host.Services.GetRequiredService<CreditHouse>();
        var (here, there) = (new Sessions(house, clock), new Sessions(house, clock));
        var (secret, _) = await here.OpenAsync(subject, "x", "d", "password");
        Assert.NotNull(await there.CheckAsync(subject, secret));
        await here.EndAllAsync(subject);
        Assert.Null(await here.CheckAsync(subject, secret));
        clock.Add(Sessions.Remembered);
        Assert.Null(await there.CheckAsync(subject, secret));
    }

    [Fact]
    public async Task A_session_is_worth_nothing_to_another_subject_and_its_secret_is_not_kept()
    {
        var (one, other) = (await Somebody.NewAsync(host), await Somebody.NewAsync(host));
        var sessions = host.Services.GetRequiredService<Sessions>();
        var (secret, _) = await sessions.OpenAsync(one.Subject, "x", "d", "password");
        Assert.Null(await sessions.CheckAsync(other.Subject, secret));
        Assert.NotEqual(secret, sessions.Of(one.Subject).Single().IdHash);
    }

    [Fact]
    public async Task Staff_have_the_same_page()
    {
        var staff = await host.StaffAsync();
        Assert.Contains("Sign out everywhere", await Host.ReadAsync(staff, "/console/security?lang=en"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync("/console/security/password")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync("/console/security/pin")).StatusCode);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/129.0 Mobile Safari/537.36", "Chrome · Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1", "Safari · iPhone")]
    [InlineData("<script>alert(1)</script>", "? · ?")]
    public void A_device_is_called_by_words_of_ours(string header, string name) => Assert.Equal(name, DeviceName.Of(header));

    [Fact]
    public void More_than_three_thousand_common_passwords_are_known()
    {
        Assert.True(CommonPasswords.Count > 3000);
        Assert.True(CommonPasswords.Has("Password1234"));
        Assert.False(CommonPasswords.Has("four brown mountains"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

        public void Add(TimeSpan span) => _now += span;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
