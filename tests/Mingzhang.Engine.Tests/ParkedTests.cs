using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;
using Mingzhang.Store;
using Mingzhang.Store.Sqlite;

namespace Mingzhang.Engine.Tests;

/// <summary>Figures that grow out of 64 bits concern one account and never the house.</summary>
public sealed class ParkedTests
{
    /// <summary>Charges 100 % a day, which no shipped product does, so that an accrual outgrows 64 bits within weeks.</summary>
    private static TermsBook Usury { get; } = new(
    [
        Sample.Terms with
        {
            Limits = new LimitTerms(Sample.Cny(10_000), Sample.Cny(Most), Sample.Cny(Most), Sample.Cny(Most)),
            Revolving = new PriceTerms(Rate.PerDay(1_000_000), Rounding.HalfUp),
            Overdue = new OverdueTerms(Rate.PerDay(1_000_000), Rounding.HalfUp, 0, 30, 5, 90),
        },
    ]);

    private const long Most = 900_000_000_000;

    [Fact]
    public async Task An_account_whose_day_overflows_is_parked_and_the_others_go_on()
    {
        using var fixture = new HouseFixture();
        using var house = Open(fixture);
        await house.SubmitManyAsync([Sample.Open(7, Most), Sample.Open(8)]);
        await house.SubmitManyAsync([Sample.Buy(7, "p", Most, Sample.Start), Sample.Buy(8, "p", 500, Sample.Start)]);
        var (report, refusal) = await house.AdvanceToAsync(new DateOnly(2026, 6, 20));
        Assert.Null(refusal);
        Assert.Equal([Sample.Account(7)], report!.Parked);
        Assert.Null(house.Fault);
        Assert.True((await house.ReadAsync(Sample.Account(8)))!.NextDate > house.BusinessDate);

        var stuck = (await house.ReadAsync(Sample.Account(7)))!;
        Assert.True(stuck.NextDate <= house.BusinessDate);
        var asked = await house.SubmitAsync(Sample.Pay(7, "r", 100, house.BusinessDate));
        var invalid = Assert.IsType<InvalidCommand>(asked.Refusal);
        Assert.Equal(("account", 0L), (invalid.Field, asked.Sequence));
        Assert.Contains($"{stuck.NextDate:yyyy-MM-dd}", invalid.Rule, StringComparison.Ordinal);
        Assert.Equal(stuck, await house.ReadAsync(Sample.Account(7)));
        Assert.Equal([Sample.Account(7)], (await house.AdvanceDayAsync()).Parked);
        Assert.True((await house.SubmitAsync(Sample.Pay(8, "r", 100, house.BusinessDate))).IsAccepted);
        var verified = await house.VerifyAsync();
        Assert.True(verified.IsSound, verified.First?.ToString());
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue / 2)]
    [InlineData(long.MaxValue / 1_000)]
    [InlineData(20_000_000_000_000)]
    public async Task No_amount_stops_the_house(long minor)
    {
        using var fixture = new HouseFixture();
        using var house = Open(fixture);
        await house.SubmitManyAsync([Sample.Open(7), Sample.Open(8)]);
        for (var i = 0; i < 5; i++)
        {
            var capture = new CapturePurchase($"a{i}", Sample.Cny(minor), true) { EffectiveOn = Sample.Start };
            await house.SubmitManyAsync(
            [
                Sample.Buy(7, $"p{i}", minor, Sample.Start), Sample.Authorise(7, $"a{i}", minor, Sample.Start),
                Sample.Pay(7, $"r{i}", minor, Sample.Start), Sample.Buy(7, $"q{i}", minor, Sample.Start),
                new(Sample.Account(7), $"c{i}", capture, "test"),
            ]);
        }

        var (report, _) = await house.AdvanceToAsync(new DateOnly(2026, 6, 20));
        Assert.NotNull(report);
        Assert.Null(house.Fault);
        Assert.True((await house.SubmitAsync(Sample.Buy(8, "p", 500, house.BusinessDate))).IsAccepted);
    }

    private static CreditHouse Open(HouseFixture fixture) => CreditHouse.Open(new HouseOptions
    {
        Store = SqliteStore.Open(new StoreOptions { Path = fixture.Path, CreateAs = new HouseFacts(true, Sample.Start) }),
        Terms = Usury,
    });
}
