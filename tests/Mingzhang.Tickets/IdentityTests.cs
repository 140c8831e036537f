using Mingzhang.Domain.Tickets;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Tickets.Identity;

namespace Mingzhang.Tickets;

public sealed class IdentityTests
{
    private static readonly CustomerId Li = new(1);
    private static readonly CustomerId Wang = new(2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Until_phone_and_last_four_fit_an_agent_sees_nothing_and_afterwards_for_half_an_hour(bool server)
    {
        using var house = new TicketHouse(server);
        var desk = Desk(house);
        Assert.False(desk.MaySee(Li, "staff:a"));
        Assert.IsType<IdentityWrong>((await desk.CheckAsync("staff:a", "19900000001", "0000")).Refusal);
        Assert.False(desk.MaySee(Li, "staff:a"));
        var (customer, refusal) = await desk.CheckAsync("staff:a", "199-0000 0001", "12 3x");
        Assert.Equal((Li, null), (customer, refusal));
        Assert.True(desk.MaySee(Li, "staff:a"));
        Assert.False(desk.MaySee(Li, "staff:b"));
        Assert.False(desk.MaySee(Wang, "staff:a"));
        house.Time.Now += IdentityDesk.Holds;
        Assert.False(desk.MaySee(Li, "staff:a"));
        Assert.Equal(["passed", "wrong"], desk.Of(Li).Select(one => one.Outcome));
        Assert.All(desk.Of(Li), one => Assert.Equal("staff:a", one.Staff));
    }

    [Fact]
    public async Task Five_wrong_answers_by_whomever_lock_the_customer_for_a_day_and_the_right_one_does_not_help()
    {
        using var house = new TicketHouse();
        var desk = Desk(house);
        foreach (var agent in (string[])["staff:a", "staff:b", "staff:a", "staff:c", "staff:a"])
        {
            Assert.IsType<IdentityWrong>((await desk.CheckAsync(agent, "19900000001", "0000")).Refusal);
        }

        Assert.IsType<IdentityLocked>((await desk.CheckAsync("staff:a", "19900000001", "123X")).Refusal);
        Assert.NotNull((await desk.CheckAsync("staff:a", "19900000002", "9999")).Customer);
        house.Time.Now += TimeSpan.FromHours(24);
        Assert.NotNull((await desk.CheckAsync("staff:a", "19900000001", "123X")).Customer);
    }

    [Fact]
    public async Task Who_guesses_at_many_people_is_locked_and_an_unknown_phone_answers_like_a_wrong_one()
    {
        using var house = new TicketHouse();
        var desk = Desk(house);
        for (var i = 0; i < IdentityDesk.MostWrongOfStaff; i++)
        {
            Assert.IsType<IdentityWrong>((await desk.CheckAsync("staff:a", "1880000000" + i, "0000")).Refusal);
        }

        Assert.IsType<IdentityLocked>((await desk.CheckAsync("staff:a", "19900000001", "123X")).Refusal);
        Assert.NotNull((await desk.CheckAsync("staff:b", "19900000001", "123X")).Customer);
    }

    [Fact]
    public async Task Many_at_once_count_as_many()
    {
        using var house = new TicketHouse();
        var desk = Desk(house);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            desk.CheckAsync("staff:" + i, "19900000001", i == 39 ? "123X" : "0000")));
        Assert.Equal(IdentityDesk.MostWrong, answers.Count(answer => answer.Refusal is IdentityWrong));
        Assert.Equal(40, desk.Of(Li).Count);
    }

    [Fact]
    public async Task Whoever_gave_no_identity_number_is_not_known_by_phone()
    {
        using var house = new TicketHouse();
        Assert.IsType<IdentityWrong>((await Desk(house).CheckAsync("staff:a", "19900000003", "")).Refusal);
    }

    [Fact]
    public void Without_a_check_the_refusal_says_what_to_do() =>
        Assert.Equal("IDENTITY_NOT_PROVEN", new IdentityNotProven().Code.Name);

    private static IdentityDesk Desk(TicketHouse house) => new(house.House, new Two(), house.Time);

    private sealed class Two : IKnownPeople
    {
        public Task<KnownPerson?> ByPhoneAsync(string phone) => Task.FromResult(phone switch
        {
            "19900000001" => new KnownPerson(Li, "123X"), "19900000002" => new KnownPerson(Wang, "9999"),
            "19900000003" => new KnownPerson(new CustomerId(3), ""), _ => null,
        });
    }
}
