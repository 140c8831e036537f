using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Limits;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Access;
using Mingzhang.Services.Checkout;
using Mingzhang.Services.Entitlements;
using Mingzhang.Services.Incidents;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Diagnosis;

/// <summary>An account on which a cause was brought about.</summary>
/// <param name="Code">The cause, such as <c>A02_PERMISSION_LAG</c>.</param>
/// <param name="Question">What to ask about it.</param>
public sealed record InjectedUse(string Code, UseQuestion Question);

/// <summary>
/// Brings about each cause of "repaid but cannot use" in a sandbox, by what brings it about in life: commands, a stage that stands still,
/// a row that is wrong, an incident, a rule. What the diagnosis says of it can then be checked.
/// </summary>
public sealed class UseFaultInjector(
    CreditHouse house, AccountReader reader, EntitlementDesk entitlements, AccessDesk access, IncidentDesk incidents, CheckoutDesk checkout,
    UseNeighbours neighbours)
{
    private static readonly TimeSpan Stands = TimeSpan.FromMinutes(2);

    /// <summary>All codes it can bring about.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        "P01_RESIDUE", "P02_OTHER_BILL", "P03_PAYMENT_PENDING", "P04_PAYMENT_RETURNED", "P05_PAID_OTHER_ACCOUNT", "A01_LEDGER_SYNC",
        "A02_PERMISSION_LAG", "A03_CLIENT_STALE", "A04_LENDER_CONFIRM", "B01_LIMIT_OCCUPIED", "B02_INSTALMENT_HOLD", "B03_LIMIT_CUT",
        "B04_TEMP_EXPIRED", "B05_RESTORE_FAILED", "B06_SPECIAL_ONLY", "C01_ACCESS_CHANGED", "C02_OVERDUE_COOLING", "C03_FROZEN_RISK",
        "C04_ID_EXPIRED", "C05_OTHER_ACCOUNT", "C06_SCENE_NOT_SUPPORTED", "C07_CLOSED", "C08_DEVICE_CHANGED", "C09_OVER_INDEBTED",
        "C10_CONSENT_MISSING", "C11_SINGLE_CAP", "C12_FUNDING_PAUSED", "D01_PARAM_ERROR", "D02_POLICY_NOT_EFFECTIVE", "D03_INCIDENT",
        "D04_DATA_MISMATCH", "D99_UNKNOWN",
    ];

    /// <summary>Whether a customer has no account yet; only then a cause can be brought about.</summary>
    public async Task<bool> IsFreeAsync(CustomerId customer)
    {
        foreach (var slot in house.Terms.All.Select(terms => terms.Slot).Distinct())
        {
            if (await house.ReadAsync(AccountId.Of(customer, slot)) is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Brings one about on a new account of a customer; null for a code that is none of them.</summary>
    /// <param name="code">The cause.</param>
    /// <param name="customer">A customer without accounts.</param>
    /// <exception cref="InvalidOperationException">The house is no sandbox, or a step was refused.</exception>
    public async Task<InjectedUse?> InjectAsync(string code, CustomerId customer)
    {
        if (!house.IsSandbox)
        {
            throw new InvalidOperationException("causes are brought about in a sandbox only");
        }

        if (!Codes.Contains(code))
        {
            return null;
        }

        var story = new FaultStory(house, customer);
        var question = code[0] switch
        {
            'P' => await OweAsync(code, story),
            'A' => await LagAsync(code, story),
            'B' => await LimitAsync(code, story),
            'C' => await RuleAsync(code, story),
            _ => await FaultAsync(code, story),
        };
        return new InjectedUse(code, question);
    }

    /// <summary>Group P: on a copy of the account whose own clock runs ahead, so that bills fall due and nobody else's do.</summary>
    private static async Task<UseQuestion> OweAsync(string code, FaultStory story)
    {
        if (code == "P05_PAID_OTHER_ACCOUNT")
        {
            var here = await story.OpenAsync("pay-later", 5_000_00);
            await story.BuyAsync(here, 5_000_00);
            var there = await story.OpenAsync("bank-pay-later", 5_000_00);
            await story.BuyAsync(there, 5_000_00);
            await story.PayAsync(there, 5_000_00);
            return new UseQuestion(here);
        }

        var account = await story.OpenAsync("pay-later", 5_000_00);
        await story.BuyAsync(account, 1_000_00);
        var copy = await story.OverdueAsync(account, days: 9);
        switch (code)
        {
            case "P01_RESIDUE":
                await story.PayAsync(copy, await story.PrincipalAsync(copy));
                break;
            case "P03_PAYMENT_PENDING":
                await story.DoAsync(copy, on => new SubmitPayment("pay-1", FaultStory.Yuan(1_000_00)) { EffectiveOn = on });
                break;
            case "P04_PAYMENT_RETURNED":
                await story.DoAsync(copy, on => new SubmitPayment("pay-1", FaultStory.Yuan(1_000_00)) { EffectiveOn = on });
                await story.DoAsync(copy, on => new FailPayment("pay-1", "card-closed") { EffectiveOn = on });
                break;
            default:
                break;
        }

        return new UseQuestion(copy);
    }

    private async Task<UseQuestion> LagAsync(string code, FaultStory story)
    {
        var account = await story.OpenAsync(code == "A04_LENDER_CONFIRM" ? "bank-pay-later" : "pay-later", 5_000_00);
        if (code == "A04_LENDER_CONFIRM")
        {
            await story.BuyAsync(account, 1_000_00);
            await story.PayAsync(account, 1_000_00);
            await neighbours.ExpectLenderAsync(account, "r-1", "bank", TimeSpan.FromHours(1));
            await FreshAsync(account);
            return new UseQuestion(account);
        }

        // The permission is away, the store knows it; then it comes back and the stage stands still.
        await story.RestrictAsync(account, RestrictionReason.Risk);
        await FreshAsync(account);
        var shown = (await reader.GlanceAsync(account))!.State.Version;
        var stage = code switch { "A01_LEDGER_SYNC" => "mark", "A02_PERMISSION_LAG" => "refresh", _ => "" };
        if (stage.Length > 0)
        {
            await entitlements.HoldAsync(account, stage, Stands);
        }

        await story.DoAsync(account, on => new LiftRestriction("injected", Actor.Staff, "checked") { EffectiveOn = on });
        if (stage.Length > 0)
        {
            await house.CatchUpFollowersAsync();
            return new UseQuestion(account);
        }

        await FreshAsync(account);
        return new UseQuestion(account) { Shown = new Shown(shown, DateTimeOffset.UnixEpoch.AddYears(56)) };
    }

    private async Task<UseQuestion> LimitAsync(string code, FaultStory story)
    {
        var account = await story.OpenAsync("pay-later", 5_000_00);
        switch (code)
        {
            case "B01_LIMIT_OCCUPIED":
                await story.DoAsync(account, on => new AuthorisePurchase(
                    "hold-1", FaultStory.Yuan(5_000_00), "groceries", "Corner Shop") { EffectiveOn = on });
                break;
            case "B02_INSTALMENT_HOLD":
                await story.PlanAsync(account, 5_000_00);
                break;
            case "B03_LIMIT_CUT":
                await story.BuyAsync(account, 4_500_00);
                await story.DoAsync(account, on => new SetLimit(FaultStory.Yuan(4_000_00), Actor.Staff, "review") { EffectiveOn = on });
                break;
            case "B04_TEMP_EXPIRED":
                await story.DoAsync(account, on => new GrantTemporaryLimit(
                    new TemporaryLimit("temp-1", FaultStory.Yuan(2_000_00), on, on.AddDays(1)), "festival") { EffectiveOn = on });
                await story.BuyAsync(account, 6_000_00);
                account = await story.AheadAsync(account, days: 1);
                break;
            case "B05_RESTORE_FAILED":
                await story.BuyAsync(account, 3_000_00);
                await story.PayAsync(account, 3_000_00);
                await SpoilAsync(account, figures => figures with { Available = 2_000_00 });
                break;
            default:
                await story.BuyAsync(account, 5_000_00);
                await story.DoAsync(account, on => new SetSceneLimit(
                    new SceneLimit("groceries", FaultStory.Yuan(500_00)), "scene offer") { EffectiveOn = on });
                break;
        }

        return new UseQuestion(account);
    }

    private async Task<UseQuestion> RuleAsync(string code, FaultStory story)
    {
        var account = await story.OpenAsync("pay-later", code == "C11_SINGLE_CAP" ? 50_000_00 : 5_000_00);
        RestrictionReason? reason = code switch
        {
            "C03_FROZEN_RISK" => RestrictionReason.Risk,
            "C04_ID_EXPIRED" => RestrictionReason.IdentityExpired,
            "C07_CLOSED" => RestrictionReason.StoppedByBorrower,
            "C08_DEVICE_CHANGED" => RestrictionReason.DeviceChanged,
            "C09_OVER_INDEBTED" => RestrictionReason.OverIndebted,
            "C12_FUNDING_PAUSED" => RestrictionReason.FundingPaused,
            // The rest: causes that follow from what happened.
            _ => null,
        };
        switch (code)
        {
            case "C01_ACCESS_CHANGED":
                account = await story.OftenLateAsync(account, times: 7);
                break;
            case "C02_OVERDUE_COOLING":
                await story.BuyAsync(account, 1_000_00);
                account = await story.OverdueAsync(account, days: 9);
                await story.PayAllAsync(account);
                break;
            case "C05_OTHER_ACCOUNT":
                await neighbours.OpenElsewhereAsync(account, story.Customer);
                break;
            case "C06_SCENE_NOT_SUPPORTED":
                await checkout.KeepAsync(new Merchant("shop-betting", "Betting", "7995", "groceries", true));
                return new UseQuestion(account) { MerchantId = "shop-betting" };
            case "C10_CONSENT_MISSING":
                await story.DoAsync(account, on => new Domain.Opening.WithdrawConsent("bureau-query-report") { EffectiveOn = on });
                break;
            case "C11_SINGLE_CAP":
                await story.DoAsync(account, on => new GrantTemporaryLimit(
                    new TemporaryLimit("temp-1", FaultStory.Yuan(20_000_00), on, on.AddDays(30)), "festival") { EffectiveOn = on });
                await FreshAsync(account);
                return new UseQuestion(account) { Amount = FaultStory.Yuan(50_000_01) };
            default:
                await story.RestrictAsync(account, reason!.Value);
                break;
        }

        await FreshAsync(account);
        return new UseQuestion(account);
    }

    private async Task<UseQuestion> FaultAsync(string code, FaultStory story)
    {
        var account = await story.OpenAsync("pay-later", 5_000_00);
        switch (code)
        {
            case "D01_PARAM_ERROR":
                await checkout.KeepAsync(new Merchant("shop-wrong-scene", "Corner Shop", "5411", "grocries", true));
                await FreshAsync(account);
                return new UseQuestion(account) { MerchantId = "shop-wrong-scene" };
            case "D02_POLICY_NOT_EFFECTIVE":
                account = await story.OftenLateAsync(account, times: 7);
                await FreshAsync(account);
                await entitlements.HoldAsync(account, "rules", Stands);
                await access.PublishAsync(Milder(), "sandbox");
                break;
            case "D03_INCIDENT":
                await FreshAsync(account);
                await incidents.DeclareAsync("支付服务故障（演练）", "Payments are down (drill)", "pay-later", true, null, "sandbox");
                break;
            case "D04_DATA_MISMATCH":
                await story.BuyAsync(account, 1_000_00);
                await SpoilAsync(account, figures => figures with { Posted = 9_000_00 });
                break;
            default:
                await FreshAsync(account);
                await checkout.ReportAsync(account, "shop-1", "order-1", FaultStory.Yuan(10_00), "DECLINED_BY_SHOP");
                break;
        }

        return new UseQuestion(account);
    }

    /// <summary>The next version of what everyone has to meet, with twice as many overdue bills allowed.</summary>
    private AccessRules Milder()
    {
        var now = access.Book.All.Where(rules => rules.Code == "everyone").MaxBy(rules => rules.Version)
            ?? throw new InvalidOperationException("the house has no conditions for everyone");
        return now with
        {
            Version = now.Version + 1, From = house.BusinessDate,
            Conditions = [.. now.Conditions.Select(one => one.Kind == AccessKind.OverdueCount ? one with { Bound = one.Bound * 2 } : one)],
        };
    }

    private async Task SpoilAsync(AccountId account, Func<EntitlementFigures, EntitlementFigures> spoil)
    {
        await FreshAsync(account);
        await entitlements.HoldAsync(account, "repair", Stands);
        await entitlements.SpoilAsync(account, spoil);
    }

    /// <summary>The store knows the account as it stands.</summary>
    private async Task FreshAsync(AccountId account)
    {
        await house.CatchUpFollowersAsync();
        await entitlements.FreshAsync(account);
    }
}
