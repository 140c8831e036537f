namespace Mingzhang.Domain.Accounts;

/// <summary>Thrown when a rule that can only break by a bug of ours broke. The lane stops.</summary>
public sealed class BrokenInvariantException : Exception
{
    /// <summary>Names the rule.</summary>
    public BrokenInvariantException(string message)
        : base(message)
    {
    }

    /// <summary>For serializers.</summary>
    public BrokenInvariantException()
    {
    }

    /// <summary>For wrapping.</summary>
    public BrokenInvariantException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>Assertions that stay on in production. Numbers are those of the invariant list (docs/rules/invariants.md).</summary>
internal static class Invariant
{
    /// <summary>Throws <see cref="BrokenInvariantException"/> unless it holds.</summary>
    public static void Holds(bool holds, string rule)
    {
        if (!holds)
        {
            throw new BrokenInvariantException(rule);
        }
    }

    /// <summary>What must be true of an account after every decision.</summary>
    public static void Check(AccountState before, AccountState after, DateOnly on)
    {
        Holds(!after.CreditBalance.IsNegative, "14: a credit balance below zero");
        foreach (var item in after.Items.AsSpan())
        {
            Holds(item.Unpaid.IsPositive && !item.Paid.IsNegative, "14: an item paid beyond its amount, or kept though paid");
        }

        foreach (var purchase in after.Purchases.AsSpan())
        {
            Holds(!purchase.Held.IsNegative, "11: a hold below zero");
            Holds(purchase.Refunded <= purchase.Posted, "24: refunds above the purchase");
        }

        foreach (var bill in after.Bills.AsSpan())
        {
            Holds(!bill.Minimum.IsNegative && bill.Minimum <= bill.Closing.OrZeroIfNegative(), "27: minimum outside 0 and the balance");
            Holds(bill.Opening + bill.Debits - bill.Credits == bill.Closing, "25: opening + debits − credits ≠ closing");
        }

        var running = checked(after.Cycle.OpeningMinor + after.Cycle.DebitsMinor - after.Cycle.CreditsMinor);
        Holds(after.Lifecycle is NotOpened
            || running == after.PostedBalance().MinorUnits, "25: the running statement is off the items");
        if (after.Lifecycle is Closed)
        {
            Zero(after);
        }

        if (before.Lifecycle is Closed && after.Lifecycle is Closed)
        {
            Holds(before.Items == after.Items, "35: a closed account took a debit");
        }

        Holds(after.AsOf <= on, "R6: state beyond its day");
    }

    private static void Zero(AccountState state)
    {
        var zero = state.Items.Count == 0 && !state.Purchases.Any(p => p.Held.IsPositive) && state.Disputes.Count == 0
            && state.CreditBalance.IsZero && state.TotalLimit.IsZero && state.RevolvingAccrual.IsZero && state.OverdueAccrual.IsZero;
        Holds(zero, "36: a closed account is not at zero");
    }
}
