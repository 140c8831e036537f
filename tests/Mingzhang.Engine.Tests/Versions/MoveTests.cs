using Mingzhang.Domain.Versions;

namespace Mingzhang.Engine.Tests.Versions;

/// <summary>An account that moved to another version: told in the inbox, refolded, verified, and the same after a late fact.</summary>
public sealed class MoveTests : IDisposable
{
    private readonly HouseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_moved_account_refolds_and_takes_late_facts()
    {
        var json = PublishTests.File(2, "2026-02-15", 400);
        using (var house = _fixture.Open())
        {
            await house.SubmitAsync(Sample.Open(1));
            await house.SubmitAsync(Sample.Buy(1, "p", 100_000, Sample.Start));
            Assert.Null(await house.PublishAsync(json, 1));
            await house.AdvanceToAsync(new DateOnly(2026, 2, 12));
            await house.SubmitAsync(Sample.Pay(1, "m", 10_000, new DateOnly(2026, 2, 10)));
            await house.AdvanceToAsync(new DateOnly(2026, 2, 20));
            var wrong = await house.SubmitAsync(Move(house, MoveBasis.NotWorse, "a"));
            Assert.IsType<VersionChangeRefused>(wrong.Refusal);
            var moved = await house.SubmitAsync(Move(house, MoveBasis.Consent, "b"));
            Assert.True(moved.IsAccepted, moved.Refusal?.Code.ToString());
            Assert.Equal(new DateOnly(2026, 3, 1), moved.After!.NextVersion!.On);
            await house.AdvanceToAsync(new DateOnly(2026, 4, 3));
            Assert.Equal(2, (await house.ReadAsync(Sample.Account(1)))!.Terms.Version);
            var late = await house.SubmitAsync(Sample.Pay(1, "late", 5_000, new DateOnly(2026, 2, 9)));
            Assert.True(late.IsAccepted, late.Refusal?.Code.ToString());
            Assert.Equal(2, late.After!.Terms.Version);
            Assert.True((await house.VerifyAsync()).IsSound);
            _fixture.Crash();
        }

        using (var house = _fixture.Open())
        {
            Assert.Equal(2, (await house.ReadAsync(Sample.Account(1)))!.Terms.Version);
            Assert.True((await house.VerifyAsync()).IsSound);
        }
    }

    private static CommandEnvelope Move(CreditHouse house, MoveBasis basis, string key) => new(
        Sample.Account(1), key, new MoveToVersion(
            2, KeptTerms.Of(house.Terms.Find("pay-later", 2)!), basis, basis == MoveBasis.Consent ? "c-1" : null,
            house.BusinessDate, "asked")
        {
            EffectiveOn = house.BusinessDate,
        }, "test");
}
