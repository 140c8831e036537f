namespace Mingzhang.Domain.Billing;

/// <summary>Minimum payment = part of the cyclable principal + everything due in full, at least the floor, at most the balance.</summary>
/// <remarks>
/// Cyclable is principal on its first bill; un-cyclable is rolled principal, interest, charges and overdue items (domain rules 1.3).
/// Disputed items are out of it. Example: cyclable 1,000.00 at 10 %, nothing else: 100.00. Where a product says that all is due below
/// 100.00, 80.00 are due whole; of 150.00 of which 70.00 are disputed 8.00 are.
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

    /// <summary>Whether so little may be paid in part that all is due: cyclable principal with what is disputed of it. Null = the product
    /// has no such rule.</summary>
    internal static bool? AllDue(MinimumPaymentTerms terms, AccountState state) => terms.AllBelow is not { } below
        ? null
        : state.Items.Sum(state.Currency, item =>
            item is { IsPrincipal: true, Cyclable: true, Scheduled: false } ? item.Unpaid : Money.Zero(state.Currency)) <= below;

    /// <summary>The minimum of a bill's amounts; each step is traced.</summary>
    internal static Money Of<TTrace>(MinimumPaymentTerms terms, Bill bill, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        var (cyclable, full, closing) = (bill.CyclableBilled, bill.FullBilled, bill.Closing);
        var currency = cyclable.Currency;
        var part = bill.AllDue ?? (terms.AllBelow is { } below && cyclable <= below)
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
            : bill with { Minimum = Of(terms, bill, ref trace) };
    }
}
