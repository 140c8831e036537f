using Mingzhang.Domain.Purchases;
using Mingzhang.Engine.Encoding;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Limits;

namespace Mingzhang.Engine.Tests;

public sealed class EncodingTests
{
    [Fact]
    public async Task Bodies_and_states_are_read_back_as_they_were()
    {
        using var fixture = new HouseFixture();
        using var house = fixture.Open();
        await house.SubmitManyAsync(
            [Sample.Open(7), Sample.Authorise(7, "a1", 900, Sample.Start), Sample.Buy(7, "p1", 50_000, Sample.Start)]);
        await house.AdvanceToAsync(new DateOnly(2026, 5, 20));
        var state = await house.ReadAsync(Sample.Account(7));
        var bytes = DomainJson.Write(state!);
        Assert.Equal(state, DomainJson.ReadState(bytes));
        Assert.Equal(bytes, DomainJson.Write(DomainJson.ReadState(bytes)));
        foreach (var row in house.Rows(Sample.Account(7)))
        {
            Assert.Equal(row.Body, DomainJson.Write(DomainJson.ReadEvents(row.Body)));
        }
    }

    [Fact]
    public void The_written_form_is_small_and_readable()
    {
        var command = new PostOfflinePurchase("p1", Sample.Cny(1234), "shop", "小店") { EffectiveOn = Sample.Start };
        Assert.Equal(
            """{"type":"post-offline-purchase.v1","purchaseId":"p1","amount":"CNY1234","scene":"shop","""
            + "\"merchant\":\"小店\",\"effectiveOn\":\"2026-01-05\"}",
            System.Text.Encoding.UTF8.GetString(DomainJson.Write(command)));
        Refusal refusal = new LimitExceeded(Sample.Cny(5), Sample.Cny(3));
        Assert.Equal("""{"code":"LIMIT_EXCEEDED","requested":"CNY5","available":"CNY3"}""",
            System.Text.Encoding.UTF8.GetString(DomainJson.Write(refusal)));
        Assert.Equal(refusal, DomainJson.ReadRefusal(DomainJson.Write(refusal)));
    }
}
