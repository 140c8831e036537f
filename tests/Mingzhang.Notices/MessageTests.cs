using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mingzhang.Channel;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Tests;
using Mingzhang.Services.Notifications;

namespace Mingzhang.Notices;

public sealed class MessageTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_waits_for_the_morning_goes_out_once_and_survives_a_cut(bool server)
    {
        using var house = await BilledAsync(server);
        var shown = new Recorder("sms");
        house.Channels.Add(shown);
        house.Time.Now = GovernorTests.Instant("2026-02-01T23:00:00+08:00");
        await WorkAsync(house);
        Assert.Empty(shown.Letters);
        house.Crash();
        house.Time.Now = GovernorTests.Instant("2026-02-02T08:00:00+08:00");
        await WorkAsync(house);
        await WorkAsync(house);
        var sms = Assert.Single(shown.Letters);
        Assert.StartsWith("【明账】", sms.Body, StringComparison.Ordinal);
        Assert.Contains("账单200.00元", sms.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("张三", sms.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task E_mail_arrives_over_smtp_with_a_stable_id_and_no_name_in_full()
    {
        using var trap = new MailTrap();
        var channel = new EmailChannel(new MailServer("127.0.0.1", trap.Port, false, "", "", "house@example.com"), Patience);
        var letter = new Letter("7.n.email", "someone@example.com", "账单已出\r\nBcc: x@example.com", "您好");
        Assert.Equal(ChannelAnswer.Done, await channel.SendAsync(letter, TestContext.Current.CancellationToken));
        Assert.Equal(ChannelAnswer.Done, await channel.SendAsync(letter, TestContext.Current.CancellationToken));
        var ids = trap.Mails.Select(mail => mail.Split('\n').Single(
            line => line.StartsWith("Message-ID", StringComparison.OrdinalIgnoreCase)));
        Assert.Single(ids.Distinct());
        Assert.DoesNotContain(trap.Mails, mail => mail.Split('\n').Any(line => line.StartsWith("Bcc", StringComparison.Ordinal)));
        Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes("您好")), trap.Mails[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_tried_again_later_until_the_message_is_dead_and_staff_send_it_again()
    {
        using var trap = new MailTrap { Verdict = "451 later" };
        using var house = await BilledAsync(server: false);
        house.Channels.Add(new EmailChannel(new MailServer("127.0.0.1", trap.Port, false, "", "", "house@example.com"), Patience));
        house.Time.Now = GovernorTests.Instant("2026-02-02T09:00:00+08:00");
        await WorkAsync(house);
        Assert.Equal(1, house.Messages.All(null, 10)[0].Attempts);
        await WorkAsync(house);
        Assert.Equal(1, house.Messages.All(null, 10)[0].Attempts);
        for (var i = 0; i < 8; i++)
        {
            house.Time.Now += TimeSpan.FromMinutes(1 << i);
            await WorkAsync(house);
        }

        var dead = Assert.Single(house.Messages.All(MessageState.Dead, 10), one => one.Kind == "statement-issued");
        Assert.Equal(8, dead.Attempts);
        trap.Verdict = "250 taken";
        Assert.True(await house.Messages.SendAgainAsync(dead.Customer, dead.Id));
        Assert.False(await house.Messages.SendAgainAsync(dead.Customer, dead.Id));
        await WorkAsync(house);
        Assert.NotEmpty(trap.Mails);
    }

    [Theory]
    [InlineData(200, true, false)]
    [InlineData(503, false, false)]
    [InlineData(429, false, false)]
    [InlineData(400, false, true)]
    public async Task The_gateway_gets_a_signed_message_and_its_answer_is_understood(int status, bool taken, bool final)
    {
        var signed = false;
        await using var gateway = await ReceiverAsync(async (http, body) =>
        {
            signed = ChannelSignature.Fits(
                http.Request.Headers[ChannelSignature.Header], Secret, TimeProvider.System.GetUtcNow(), "POST", "/sms", body)
                && !ChannelSignature.Fits(
                    http.Request.Headers[ChannelSignature.Header], Secret + "x", TimeProvider.System.GetUtcNow(), "POST", "/sms", body);
            http.Response.StatusCode = status;
            await http.Response.CompleteAsync();
        });
        using var channel = new SmsChannel(
            new SmsGateway(new Uri(AddressOf(gateway), "/sms"), Secret), Patience, TimeProvider.System);
        var answer = await channel.SendAsync(new Letter("id", "19900000001", "", "text"), TestContext.Current.CancellationToken);
        Assert.Equal((taken, final), (answer.Taken, answer.Final));
        Assert.True(signed);
    }

    [Fact]
    public async Task What_was_turned_off_or_is_too_old_goes_nowhere()
    {
        using var house = await BilledAsync(server: false);
        house.Channels.Add(new Recorder("sms"));
        Assert.Null(await house.Wishes.TakeAsync(
            new CustomerId(7), (kind, channel) => GovernorTests.Usual(kind, channel) && channel != "sms" || Wishes.RuleOf(kind, channel)
                == ChannelRule.Always, false, false));
        house.Time.Now = GovernorTests.Instant("2026-02-02T09:00:00+08:00");
        await WorkAsync(house);
        Assert.Empty(house.Messages.All(null, 10));

        using var old = await BilledAsync(server: false);
        old.Channels.Add(new Recorder("sms"));
        await old.MoveAsync(new DateOnly(2026, 2, 27), eachDay: false);
        old.Time.Now = GovernorTests.Instant("2026-02-27T09:00:00+08:00");
        await WorkAsync(old);
        Assert.DoesNotContain(old.Messages.All(null, 10), one => one.Kind == "statement-issued");
        Assert.Contains(old.Of(7), one => one.Kind == "statement-issued");
    }

    internal static async Task<WebApplication> ReceiverAsync(Func<HttpContext, byte[], Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            await answer(http, body.ToArray());
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    internal static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static async Task WorkAsync(NoticeHouse house)
    {
        await house.CatchUpAsync();
        while (await house.Messages.SpreadAsync() + await house.Messages.GoOnAsync(TestContext.Current.CancellationToken) > 0)
        {
        }
    }

    /// <summary>Customer 7 owes 200 yuan on the statement of the first of February.</summary>
    private static async Task<NoticeHouse> BilledAsync(bool server)
    {
        var house = new NoticeHouse(server);
        house.Addresses.Add(7);
        await house.House.SubmitAsync(Sample.Open(7));
        await house.House.SubmitAsync(Sample.Buy(7, "b", 20_000, Sample.Start));
        await house.MoveAsync(new DateOnly(2026, 2, 1), eachDay: false);
        return house;
    }

    private sealed class Recorder(string name) : IMessageChannel
    {
        public List<Letter> Letters { get; } = [];

        public string Name => name;

        public bool IsSetUp => true;

        public Task<ChannelAnswer> SendAsync(Letter letter, CancellationToken cancel)
        {
            Letters.Add(letter);
            return Task.FromResult(ChannelAnswer.Done);
        }
    }
}
