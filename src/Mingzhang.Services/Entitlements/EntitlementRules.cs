using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Values;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Entitlements;

/// <summary>How an entitlement follows from an account, and where the two differ.</summary>
public static class EntitlementRules
{
    /// <summary>
    /// Events that neither give a permission or limit nor take more than the ledger takes by itself when it is asked: they are not
    /// copied, so that a purchase costs the permission store nothing.
    /// </summary>
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "auto-repay-fell-due", "auto-repay-set", "bill-rolled", "day-passed", "debts-declared", "due-day-changed", "early-fee-posted",
        "interest-posted", "linked-service-set", "loan-accrual-posted", "loan-debit-fell-due", "loan-requested", "offline-purchase-taken",
        "overdue-charge-posted", "payment-submitted", "price-set", "purchase-authorised", "purchase-captured", "purchase-posted",
        "receipt-confirmed", "refund-announced", "relief-offered", "relief-requested", "spending-cap-set", "statement-issued",
        "version-move-booked",
    };

    /// <summary>Whether an event, by its stored name such as <c>repayment-received.v1</c>, has to be known here.</summary>
    public static bool Matters(string type) => !Silent.Contains(type[..type.LastIndexOf('.')]);

    /// <summary>Whether an event is a repayment.</summary>
    public static bool IsRepayment(string type) => type.StartsWith("repayment-received.", StringComparison.Ordinal);

    /// <summary>Whether an event says that something went overdue, or that the past is another than it was.</summary>
    public static bool IsOverdue(string type) =>
        type[..type.LastIndexOf('.')] is "bill-overdue" or "loan-overdue" or "account-corrected";

    /// <summary>The figures of an account as it stands.</summary>
    public static EntitlementFigures Of(AccountView view)
    {
        var state = view.State;
        return new EntitlementFigures(
            view.Today, NextOn(state, view.Today), May(state, Permission.Spend, view.Today), May(state, Permission.Borrow, view.Today),
            state.TotalLimit.MinorUnits, MostAvailable(view), state.PostedBalance().MinorUnits, view.Billed.MinorUnits);
    }

    /// <summary>Permission apart from limit and debt.</summary>
    public static bool May(AccountState state, Permission permission, DateOnly on) =>
        state.Lifecycle is Active && !state.Restrictions.Any(one =>
            one.Permissions.Any(away => away == permission) && (one.Until is not { } until || on < until));

    /// <summary>What differs between what is kept and what the ledger gives; null = nothing.</summary>
    /// <param name="kept">The row, which knows everything it has to.</param>
    /// <param name="now">Worked out anew.</param>
    /// <param name="version">The journal sequence of <paramref name="now"/>.</param>
    public static (string Kind, string Detail)? Difference(Entitlement kept, EntitlementFigures now, long version)
    {
        var was = kept.Figures;
        var same = kept.Granted == version;
        return (was, now) switch
        {
            _ when was.Spend != now.Spend || was.Borrow != now.Borrow =>
                ("permission", $"spend {was.Spend} here, {now.Spend} in the ledger; borrow {was.Borrow}, {now.Borrow}"),
            _ when was.Total != now.Total => ("limit", $"total limit {was.Total} here, {now.Total} in the ledger"),
            _ when was.Available < now.Available || (same && was.Available != now.Available) =>
                ("limit", $"available {was.Available} here, {now.Available} in the ledger"),
            _ when was.Posted > now.Posted || (same && was.Posted != now.Posted) =>
                ("figures", $"owed {was.Posted} here, {now.Posted} in the ledger"),
            _ => null,
        };
    }

    /// <summary>Of the general pool or of the scene that has most.</summary>
    private static long MostAvailable(AccountView view) => view.State.SceneLimits
        .Select(limit => view.State.Available(view.Today, limit.Scene).MinorUnits).Append(view.Available.MinorUnits).Max();

    /// <summary>The next day on which a limit or restriction begins or ends by itself.</summary>
    private static DateOnly NextOn(AccountState state, DateOnly on)
    {
        var days = state.TemporaryLimits.SelectMany(limit => (DateOnly[])[limit.From, limit.Until])
            .Concat(state.Restrictions.Select(one => one.Until ?? DateOnly.MaxValue));
        return days.Where(day => day > on).DefaultIfEmpty(DateOnly.MaxValue).Min();
    }
}
