namespace Mingzhang.Web.Tests.Api;

/// <summary>A house that is no sandbox, with a small rate.</summary>
public sealed class LiveHost : ApiHost
{
    protected override bool Sandbox => false;

    protected override int Rate => 5;
}

/// <summary>What differs outside a sandbox: no clock to move, and the rate bites.</summary>
public sealed class LiveHouseTests(LiveHost host) : IClassFixture<LiveHost>
{
    [Fact]
    public async Task A_key_that_asks_too_often_waits()
    {
        var answers = new List<Got>();
        for (var i = 0; i < 40; i++)
        {
            answers.Add(await host.GetAsync("/v1/business-date"));
        }

        var stopped = answers.First(answer => answer.Status == 429);
        Assert.Equal("TOO_MANY_REQUESTS", stopped.Code);
        Assert.True(stopped.Raw.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal(200, answers[0].Status);
    }

    [Fact]
    public async Task The_clock_of_a_live_house_cannot_be_moved_and_the_published_key_does_not_exist()
    {
        Assert.Equal(401, (await host.GetAsync("/v1/business-date", Services.Sandbox.DemoCustomer.ApiKey)).Status);
        Got got;
        do
        {
            got = await host.PostAsync("/v1/sandbox/clock", """{"to":"2099-01-01"}""");
        }
        while (got.Status == 429);
        Assert.Equal((403, "SANDBOX_ONLY"), (got.Status, got.Code));
    }
}
