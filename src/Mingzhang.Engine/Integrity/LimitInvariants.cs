using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Purchases;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Integrity;

/// <summary>What may be used, and what is held of it.</summary>
internal static class LimitInvariants
{
    public static IReadOnlyList<LiveInvariant> All { get; } =
    [
        new(9, "Available = limit + temporary limits in force − unpaid principal − holds − loans asked for.", Available),
        new(10, "No debit that was authorised left less than nothing available.", evidence => evidence.First(Overdrawn)),
        new(11, "A hold is never below zero or above what was authorised.", evidence => evidence.State.Purchases
            .Where(purchase => purchase.Held.IsNegative || purchase.Held > purchase.Authorised)
            .Select(purchase => $"held {purchase.Held.MinorUnits} of {purchase.Authorised.MinorUnits}").FirstOrDefault()),
        new(12, "The terms of the limit's explanation sum exactly to the available limit.", Explained),
        new(13, "A temporary limit counts only inside its window.", evidence => evidence.State.TemporaryLimits
            .Where(limit => limit.Until <= limit.From || limit.Until <= evidence.State.AsOf)
            .Select(limit => $"one that ended on {limit.Until:yyyy-MM-dd} is kept on {evidence.State.AsOf:yyyy-MM-dd}").FirstOrDefault()),
    ];

    /// <summary>Summed up here once more, from the lists of the state.</summary>
    private static string? Available(AccountEvidence evidence)
    {
        if (evidence.Kept is not { } kept || evidence.At(kept.Version) is not { } state)
        {
            return null;
        }

        var sum = state.TotalLimit.MinorUnits;
        foreach (var limit in state.TemporaryLimits)
        {
            sum += limit.From <= kept.FiguresOn && kept.FiguresOn < limit.Until ? limit.Amount.MinorUnits : 0;
        }

        foreach (var item in state.Items)
        {
            sum -= item.Pool is null && item.IsPrincipal ? item.Amount.MinorUnits - item.Paid.MinorUnits : 0;
        }

        foreach (var purchase in state.Purchases)
        {
            sum -= purchase.Pool is null ? purchase.Held.MinorUnits : 0;
        }

        foreach (var request in state.LoanRequests)
        {
            sum -= request.Fact.Amount.MinorUnits;
        }

        return sum == kept.Available ? null : $"the terms make {sum}, the account row says {kept.Available}";
    }

    private static string? Overdrawn(EvidenceStep step)
    {
        foreach (var happened in step.Events)
        {
            var pool = happened switch
            {
                PurchaseAuthorised authorised => authorised.Pool ?? "",
                LoanRequested => "",
                // The rest: no debit, or one that is taken whatever is left.
                _ => null,
            };
            if (pool is not null && step.After.Available(step.Row.BookedOn, pool.Length == 0 ? null : pool) is { IsNegative: true } left)
            {
                return $"{left.MinorUnits} were left";
            }
        }

        return null;
    }

    private static string? Explained(AccountEvidence evidence)
    {
        if (evidence.State.Lifecycle is NotOpened)
        {
            return null;
        }

        // A fork begins on its day with figures that may be older.
        var began = evidence.History[0].BookedOn;
        var on = evidence.State.AsOf < began ? began : evidence.State.AsOf;
        var told = Explainer.Limit(evidence.State, evidence.History, evidence.Book, on, null);
        var sum = told.Terms.Sum(evidence.State.Currency, term => term.Amount);
        return sum == told.Available ? null : $"the terms make {sum.MinorUnits}, available is {told.Available.MinorUnits}";
    }
}
