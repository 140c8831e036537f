using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Integrity;

/// <summary>Repayments, being overdue, and the life of an account.</summary>
internal static class LifecycleInvariants
{
    public static IReadOnlyList<LiveInvariant> All { get; } =
    [
        new(29, "A repayment is what it was allocated to, and the rest is credit.", evidence => evidence.First(Unspent)),
        new(33, "Days past due are counted from the oldest missed due day; none when nothing is missed.", Overdue),
        new(34, "An account only moves as the list of its states allows.", evidence => evidence.First(Jump)),
        new(35, "A closed account takes no debit.", evidence => evidence.First(step =>
            step.Before.Lifecycle is Closed && step.Events.Any(IsDebit) ? "a debit on a closed account" : null)),
        new(36, "A closed account is at zero.", evidence => Standing(evidence.State)),
        new(37, "On the way out there is no new debit.", evidence => evidence.First(step =>
            step.Before.Lifecycle is ClosingDown && step.Events.Any(IsDebit) ? "a debit while closing" : null)),
        new(38, "Reopening keeps number and history and needs consent.", evidence => evidence.First(step =>
            step.Events.OfType<AccountReopened>().Any(one => one.Fact.Consents.Count == 0) ? "reopened without consent" : null)),
    ];

    private static string? Unspent(EvidenceStep step)
    {
        foreach (var paid in step.Events.OfType<RepaymentReceived>())
        {
            var currency = paid.Amount.Currency;
            var (from, to) = (
                paid.Fact.Sources.Sum(currency, source => source.Amount),
                paid.Allocations.Sum(currency, allocation => allocation.Amount) + paid.ToCredit);
            if (from != paid.Amount || to != paid.Amount)
            {
                return $"{paid.Amount.MinorUnits} came, sources make {from.MinorUnits}, allocations and credit {to.MinorUnits}";
            }
        }

        return null;
    }

    private static string? Overdue(AccountEvidence evidence)
    {
        if (evidence.Kept is not { } kept || evidence.At(kept.Version) is not { } state)
        {
            return null;
        }

        var days = state.Lifecycle is NotOpened ? 0 : state.DaysPastDue(kept.FiguresOn);
        var since = days > 0 ? kept.FiguresOn.AddDays(-days) : (DateOnly?)null;
        return since == kept.OverdueSince ? null
            : $"overdue since {since:yyyy-MM-dd} by its bills, {kept.OverdueSince:yyyy-MM-dd} by its row";
    }

    private static string? Jump(EvidenceStep step)
    {
        var allowed = (step.Before.Lifecycle, step.After.Lifecycle) switch
        {
            (NotOpened, Active or NotOpened) => true,
            (NotOpened, _) => step.Events.OfType<AccountForked>().Any(),
            (_, NotOpened) => false,
            (Active, Active or ClosingDown) or (ClosingDown, _) or (Closed, Closed or Active) => true,
            (Active, Closed) or (Closed, ClosingDown) => true,
            _ => false,
        };
        return allowed ? null : $"from {step.Before.Lifecycle.GetType().Name} to {step.After.Lifecycle.GetType().Name}";
    }

    private static string? Standing(AccountState state) => state.Lifecycle is not Closed ? null
        : state.Items.Count > 0 ? $"{state.Items.Count} items are open"
        : !state.CreditBalance.IsZero ? $"a credit balance of {state.CreditBalance.MinorUnits}"
        : !state.TotalLimit.IsZero ? $"a limit of {state.TotalLimit.MinorUnits}"
        : state.Purchases.Any(purchase => purchase.Held.IsPositive) ? "a hold"
        : state.Disputes.Count > 0 ? "a dispute" : state.Loans.Count > 0 ? "a loan" : null;

    private static bool IsDebit(AccountEvent happened) => happened is PurchaseAuthorised or LoanRequested or LoanDisbursed;
}
