namespace Mingzhang.Web.Tests.Api;

[Collection(ApiCollection.Name)]
public sealed class TrialTests(ApiHost host)
{
    private const string Buy = """{"purchaseId":"t-1","amountMinor":12890,"scene":"groceries","merchant":"m"}""";

    [Fact]
    public async Task A_trial_answers_what_would_follow_and_writes_nothing()
    {
        var account = await host.OpenAsync(7_000_001);
        await host.House.SettleAsync();
        var before = host.House.LastPosition;
        foreach (var spec in host.Specs.Where(spec => spec.HasTrial))
        {
            var path = AuthorisationTests.Address(spec).Replace("/v1/accounts/x", account, StringComparison.Ordinal) + "?trial=true";
            var got = await host.SendAsync(spec.Method, path, spec.Example, null);
            Assert.True(got.Status is 200 or 404 or 409 or 422, $"{spec.Name}: {got.Status} {got.Text}");
        }

        Assert.Equal(before, host.House.LastPosition);
    }

    [Fact]
    public async Task What_a_trial_says_is_what_happens()
    {
        var account = await host.OpenAsync(7_000_002);
        var trial = await host.PostAsync(account + "/purchases?trial=true", Buy);
        var real = await host.PostAsync(account + "/purchases", Buy);
        Assert.True((bool)trial.Json["trial"]!);
        Assert.Equal(real.Json["events"]!.ToJsonString(), trial.Json["events"]!.ToJsonString());
        Assert.Equal(real.Json["figures"]!.ToJsonString(), trial.Json["figures"]!.ToJsonString());
        var again = await host.PostAsync(account + "/purchases?trial=true", Buy);
        Assert.Equal((409, "PURCHASE_EXISTS"), (again.Status, again.Code));
    }
}
