using Mingzhang.Services.Tickets;

namespace Mingzhang.Web.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class TicketApiTests(ApiHost host)
{
    private const string Account = "/v1/accounts/1000002-01";

    [Fact]
    public async Task A_ticket_is_opened_once_read_said_more_in_closed_and_rated()
    {
        const string Body = """{"kind":"question","subject":"statement:2026-07-01","text":"Why is there interest?"}""";
        var opened = await host.PostAsync(Account + "/tickets", Body, "ticket-once");
        Assert.Equal(201, opened.Status);
        var number = (string)opened.Json["number"]!;
        Assert.True(TicketNumber.TryParse(number, out _));
        var again = await host.PostAsync(Account + "/tickets", Body, "ticket-once");
        Assert.True(again.Replayed);
        Assert.Equal(opened.Text, again.Text);
        var one = Account + "/tickets/" + number;
        var more = await host.PostAsync(Account + "/tickets", Body.Replace("Why", "And why", StringComparison.Ordinal));
        Assert.True((bool)more.Json["added"]!);
        Assert.Equal(number, (string)more.Json["number"]!);
        var clock = (await host.GetAsync(one)).Json["clocks"]!.AsArray().Single()!;
        Assert.Equal(("answer", "running", 48), ((string)clock["code"]!, (string)clock["status"]!, (int)clock["amount"]!));
        Assert.Contains("48", (string)clock["source"]!["zh"]!);
        Assert.Equal(200, (await host.PostAsync(one + "/messages", """{"text":"Still there?"}""")).Status);
        Assert.Equal((409, "TICKET_NOT_OVERDUE"), Of(await host.PostAsync(one + "/escalation", """{"text":"Faster"}""")));
        Assert.Equal((409, "TICKET_STATE_FORBIDS"), Of(await host.PostAsync(one + "/rating", """{"stars":5}""")));
        Assert.Equal("closed", (string)(await host.SendAsync("POST", one + "/closing", null, host.NextKey())).Json["state"]!);
        Assert.Contains(number, (await host.GetAsync(Account + "/tickets")).Text);
    }

    [Fact]
    public async Task A_strangers_ticket_answers_like_one_that_is_not_there()
    {
        var opened = await host.PostAsync(Account + "/tickets", """{"kind":"complaint","text":"So slow"}""");
        var number = (string)opened.Json["number"]!;
        Assert.Equal(["first-reply", "complaint"], opened.Json["clocks"]!.AsArray().Select(clock => (string)clock!["code"]!));
        foreach (var path in (string[])
            ["/v1/accounts/1000001-01/tickets/" + number, Account + "/tickets/T0001-00001-0", Account + "/tickets/x"])
        {
            Assert.Equal((404, "TICKET_UNKNOWN"), Of(await host.GetAsync(path)));
        }
    }

    [Theory]
    [InlineData("""{"kind":"question"}""", "text")]
    [InlineData("""{"kind":"quarrel","text":"x"}""", "kind")]
    [InlineData("""{"kind":"question","text":"x","subject":"two words"}""", "subject")]
    [InlineData("""{"kind":"question","text":" "}""", "text")]
    public async Task A_broken_request_names_the_field(string body, string field)
    {
        var got = await host.PostAsync(Account + "/tickets", body);
        Assert.Equal(400, got.Status);
        Assert.Contains(got.Json["errors"]!.AsArray(), error => (string)error!["field"]! == field);
    }

    private static (int Status, string Code) Of(Got got) => (got.Status, got.Code);
}
