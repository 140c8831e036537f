using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Instalments;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Integrity;

/// <summary>Principal, instalments, statements.</summary>
internal static class DebtInvariants
{
    public static IReadOnlyList<LiveInvariant> All { get; } =
    [
        new(14, "No principal, item or credit balance is below zero.", evidence => Negative(evidence.State)),
        new(20, "The principals of the rows sum to what was financed.", evidence => evidence.First(step => step.Events
            .Select(Begun).OfType<Loan>().Select(Unequal).FirstOrDefault(found => found is not null))),
        new(22, "The due days of the rows rise.", evidence => evidence.State.Loans
            .Select(Falling).FirstOrDefault(found => found is not null)),
        new(24, "Refunds never exceed the purchase.", evidence => evidence.State.Purchases
            .Where(purchase => purchase.Refunded > purchase.Posted)
            .Select(purchase => $"{purchase.Refunded.MinorUnits} refunded of {purchase.Posted.MinorUnits}").FirstOrDefault()),
        new(25, "Closing = opening + debits − credits, and the running statement equals the items.", evidence => Closing(evidence.State)),
        new(26, "Each entry is on one statement: due items have numbers of their own, given once.", evidence => Twice(evidence.State)),
        new(27, "The minimum payment lies between zero and the statement.", evidence => evidence.State.Bills
            .Where(bill => bill.Minimum.IsNegative || bill.Minimum > bill.Closing.OrZeroIfNegative())
            .Select(bill => $"{bill.Minimum.MinorUnits} on a statement of {bill.Closing.MinorUnits}").FirstOrDefault()),
        new(28, "A statement is issued once; it is superseded, never edited.", Reissued),
    ];

    private static string? Negative(AccountState state) =>
        state.CreditBalance.IsNegative ? $"a credit balance of {state.CreditBalance.MinorUnits}"
        : state.Items.Where(item => !item.Unpaid.IsPositive || item.Paid.IsNegative)
            .Select(item => $"item {item.Id}: {item.Paid.MinorUnits} paid of {item.Amount.MinorUnits}").FirstOrDefault();

    private static Loan? Begun(AccountEvent happened) => happened switch
    {
        LoanDisbursed loan => loan.Loan,
        PlanStarted plan => plan.Plan,
        // The rest: nothing begins.
        _ => null,
    };

    private static string? Unequal(Loan loan)
    {
        var sum = loan.Rows.Sum(loan.Principal.Currency, row => row.Principal);
        return sum == loan.Principal ? null : $"the rows make {sum.MinorUnits}, financed were {loan.Principal.MinorUnits}";
    }

    private static string? Falling(Loan loan)
    {
        for (var i = 1; i < loan.Rows.Count; i++)
        {
            if (loan.Rows[i].DueOn <= loan.Rows[i - 1].DueOn)
            {
                return $"row {loan.Rows[i].Number} is due on {loan.Rows[i].DueOn:yyyy-MM-dd}, not after the row before it";
            }
        }

        return null;
    }

    private static string? Closing(AccountState state)
    {
        var bill = state.Bills.Find(one => one.Opening + one.Debits - one.Credits != one.Closing);
        var (running, posted) = (
            state.Cycle.OpeningMinor + state.Cycle.DebitsMinor - state.Cycle.CreditsMinor, state.PostedBalance().MinorUnits);
        return bill is not null ? $"the statement of {bill.IssuedOn:yyyy-MM-dd} closes at {bill.Closing.MinorUnits}"
            : state.Lifecycle is NotOpened || running == posted ? null : $"the running statement is {running}, the items make {posted}";
    }

    private static string? Twice(AccountState state)
    {
        var seen = new HashSet<int>();
        foreach (var item in state.Items)
        {
            if (!seen.Add(item.Id) || item.Id >= state.NextItemId || item.Id <= 0)
            {
                return $"item {item.Id} of {state.NextItemId - 1}";
            }
        }

        return null;
    }

    private static string? Reissued(AccountEvidence evidence)
    {
        var issued = new HashSet<DateOnly>();
        return evidence.First(step => step.Events.OfType<StatementIssued>().Where(one => !issued.Add(one.Bill.IssuedOn))
            .Select(one => $"the statement of {one.Bill.IssuedOn:yyyy-MM-dd} was issued again").FirstOrDefault());
    }
}
