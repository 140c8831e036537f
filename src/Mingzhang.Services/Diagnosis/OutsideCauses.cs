using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Repayment;
using Mingzhang.Services.Checkout;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Diagnosis;

/// <summary>Causes that lie outside the account: other accounts, the shop, the service, and what nobody can explain yet.</summary>
internal static class OutsideCauses
{
    private const int DaysBack = 7;

    public static IEnumerable<UseCause> Of(UseCase asked)
    {
        if (!asked.Core.Usable && asked.View.TotalDebt.IsPositive && PaidElsewhere(asked) is { } elsewhere)
        {
            yield return elsewhere;
        }

        if (asked.OpenedElsewhere is { } other)
        {
            yield return new UseCause("C05_OTHER_ACCOUNT", "您已在另一账户开通", "Opened on your other account", "contact", other);
        }

        if (asked.Merchant is { } merchant && Refused(merchant) is { } rule)
        {
            yield return new UseCause(
                "C06_SCENE_NOT_SUPPORTED", "该商户/场景不支持", "Merchant or scene not eligible", "other-scene", $"{merchant.Id}: {rule}");
        }

        foreach (var incident in asked.Incidents.Where(one => one.StopsUse && one.Concerns(asked.View.State.Product)))
        {
            yield return new UseCause(
                "D03_INCIDENT", $"系统故障（编号 {incident.Name}）：{incident.Zh}", $"System incident {incident.Name}: {incident.En}", "wait",
                $"{incident.Name} since {UseCase.Time(incident.BeganAt):O}")
            {
                Subject = incident.Name, ExpectedAt = incident.ExpectedAt > 0 ? UseCase.Time(incident.ExpectedAt) : null,
            };
        }
    }

    /// <summary>
    /// Something was refused after the last change and nothing that is known explains it; asked when no other cause was found.
    /// </summary>
    public static UseCause? Unknown(UseCase asked)
    {
        var changed = Math.Max(asked.Entitlement?.GrantedAt ?? 0, asked.LastThatMatters?.RecordedAt ?? 0);
        var attempt = asked.Attempts.Count > 0 ? asked.Attempts[0] : null;
        var failed = attempt is { Outcome: not CheckoutDesk.Accepted } && attempt.At > changed
            && IsUnexplained(asked, attempt) ? attempt.OrderId + ": " + attempt.Outcome : null;
        return failed is null && asked.Stopped is null ? null : new UseCause(
            "D99_UNKNOWN", "暂未定位，已转人工处理", "Not located yet; handed to staff", "ticket", failed ?? "stopped by " + asked.Stopped);
    }

    /// <summary>The same purchase, asked again, would be accepted by the ledger.</summary>
    private static bool IsUnexplained(UseCase asked, CheckoutAttempt attempt)
    {
        var amount = Domain.Values.Money.Of(attempt.AmountMinor, asked.View.State.Currency);
        return amount.IsPositive && Explainer.Use(asked.View.State, asked.View.Terms, asked.View.Today, amount, null).Usable;
    }

    private static string? Refused(Merchant merchant) =>
        MccRules.Refuses(merchant.Mcc) ?? (merchant.Eligible ? null : "not in the list of eligible shops");

    /// <summary>
    /// A repayment of these days on another account of the person that would have covered what is due, or else owed, here.
    /// </summary>
    private static UseCause? PaidElsewhere(UseCase asked)
    {
        var due = asked.View.Billed.IsPositive ? asked.View.Billed.MinorUnits : asked.View.TotalDebt.MinorUnits;
        foreach (var other in asked.Others)
        {
            foreach (var paid in Repayments(other).Where(one => one.On >= asked.View.Today.AddDays(-DaysBack) && one.Minor >= due))
            {
                return new UseCause(
                    "P05_PAID_OTHER_ACCOUNT", $"还款到了您的另一个账户/产品（{other.State.Id}）",
                    $"The payment went to your other account or product ({other.State.Id})", "contact",
                    $"{paid.Id} of {paid.Minor} on {paid.On:yyyy-MM-dd}; due here {due}") { Subject = other.State.Id.ToString() };
            }
        }

        return null;
    }

    private static IEnumerable<(string Id, long Minor, DateOnly On)> Repayments(AccountView view) => view.History
        .SelectMany(entry => entry.Events).OfType<RepaymentReceived>()
        .Select(one => (
            one.Fact.RepaymentId, one.Fact.Sources.Sum(view.State.Currency, source => source.Amount).MinorUnits, one.EffectiveOn));
}
