namespace Mingzhang.Domain.Billing;

/// <summary>Minimum payment = part of the cyclable principal + everything due in full, at least the floor, at most the balance.</summary>
/// <remarks>
/// Cyclable is principal on its first bill; un-cyclable is rolled principal, interest, charges and overdue items (domain rules 1.3).
/// Disputed items are out of it. Example: cyclable 1,000.00 at 10 %, nothing else: 100.00.
/// </remarks>
public static class MinimumPayment
{
    /// <summary>Splits the undisputed unpaid items of a bill about to be issued into cyclable principal and what is due in full.</summary>
    internal static (Money Cyclable, Money Full) Billed(AccountState state)
    {
        var cyclable = Money.Zero(state.Currency);
        var full = cyclable;
        foreach (var item in state.Items.AsSpan())
        {
            if (item.Disputed || item.Scheduled)
            {
                continue;
            }

            if (item.IsPrincipal && item.Cyclable)
            {
                cyclable += item.Unpaid;
            }
            else
            {
                full += item.Unpaid;
            }
        }

        return (cyclable, full);
    }

    /// <summary>The minimum of some amounts; each step is traced.</summary>
    internal static Money Of<TTrace>(MinimumPaymentTerms terms, Money cyclable, Money full, Money closing, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        var currency = cyclable.Currency;
        var all = terms.AllBelow is { } below && cyclable <= below;
        var part = all
            ? cyclable
            : Money.Of(Rounded.Divide((Int128)cyclable.MinorUnits * terms.CyclablePpm, 1_000_000, terms.Rounding), currency);
        var owed = cyclable + full;
        var atLeast = Money.Max(part + full, Money.Min(terms.Floor, owed));
        var minimum = Money.Min(atLeast, closing.OrZeroIfNegative());
        if (trace.Listens)
        {
            trace.Step("minimum.cyclable-part", $"{DebtReasons.Yuan(cyclable)} × {DebtReasons.Percent(terms.CyclablePpm)}", part);
            trace.Step("minimum.due-in-full", DebtReasons.Yuan(full), full);
            trace.Step("minimum.floor", $"≥ {DebtReasons.Yuan(terms.Floor)}", atLeast);
            trace.Step("minimum.balance", $"≤ {DebtReasons.Yuan(closing)}", minimum);
        }

        return minimum;
    }

    /// <summary>A bill with its minimum reckoned again after a dispute moved amounts.</summary>
    internal static Bill Reckoned(Bill bill, AccountState state)
    {
        var trace = default(NoTrace);
        return state.Terms.Minimum is not { } terms || bill.MovedOn is not null
            ? bill
            : bill with { Minimum = Of(terms, bill.CyclableBilled, bill.FullBilled, bill.Closing, ref trace) };
    }
}
