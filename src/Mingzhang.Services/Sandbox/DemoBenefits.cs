using Mingzhang.Domain.Values;
using Mingzhang.Services.Leaving;

namespace Mingzhang.Services.Sandbox;

/// <summary>A few coupons, points and a campaign of the demo customers, so that closing has something to list; fictional.</summary>
public static class DemoBenefits
{
    private const int PayLater = 1;
    private const int CashLoan = 2;

    private static readonly (long Customer, int Slot, Benefit Given)[] All =
    [
        (1_000_001, PayLater, new Benefit("coupon-july", "coupon", "七月账单立减券", "July bill coupon", 1_500, new DateOnly(2026, 7, 31))),
        (1_000_001, PayLater, new Benefit("points", "points", "消费积分", "Points", 2_380, null)),
        (1_000_002, PayLater, new Benefit("points", "points", "消费积分", "Points", 640, null)),
        (1_000_007, PayLater, new Benefit("welcome", "campaign", "新客免息活动", "Welcome campaign", 0, new DateOnly(2026, 9, 30))),
        (1_000_009, CashLoan, new Benefit("interest-coupon", "coupon", "借款利息券", "Interest coupon", 2_000, new DateOnly(2026, 8, 31))),
    ];

    /// <summary>Gives them; doing it twice is doing it once.</summary>
    public static async Task SeedAsync(BenefitDesk benefits)
    {
        foreach (var (customer, slot, given) in All)
        {
            await benefits.GiveAsync(AccountId.Of(new CustomerId(customer), slot), given);
        }
    }
}
