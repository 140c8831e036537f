namespace Mingzhang.Domain.Corrections;

/// <summary>Loans and plans before and after, with the rows ahead that differ.</summary>
internal static class LoanDifferences
{
    public static ValueList<LoanDifference> Of(AccountState before, AccountState after, ProductTerms terms, DateOnly on)
    {
        var differences = new List<LoanDifference>();
        foreach (var id in before.Loans.Concat(after.Loans).Select(loan => loan.Id).Distinct())
        {
            var rows = Rows(Explainer.RowsAhead(before, terms, id), Explainer.RowsAhead(after, terms, id));
            var one = new LoanDifference(id, Told(before, id, on), Told(after, id, on), rows);
            differences.AddRange(one.Before != one.After || rows.Count > 0 ? [one] : []);
        }

        return ValueList.From(differences);
    }

    private static LoanTold? Told(AccountState state, string id, DateOnly on) => state.Loans.Find(loan => loan.Id == id) is { } loan
        ? new LoanTold(loan.Rate.Ppm, loan.Penalty.Ppm, state.PrincipalLeft(id), state.SettlementOf(loan, on).Total)
        : null;

    private static ValueList<RowDifference> Rows(ValueList<LoanRowTold> before, ValueList<LoanRowTold> after) => ValueList.From(
        before.Concat(after).Select(row => row.Number).Distinct().Order()
            .Select(number => new RowDifference(
                number, before.Find(row => row.Number == number), after.Find(row => row.Number == number)))
            .Where(row => row.Before != row.After));
}

/// <summary>Lenders' parts of what a correction changes on their loans.</summary>
/// <remarks>A lender's part is its share of the figure before and of the figure after; so the parts of every difference sum to it to the
/// fen.</remarks>
internal static class LenderDifferences
{
    public static ValueList<LenderDifference> Of(
        AccountState before, AccountState after, IReadOnlyList<FoldedEntry> old, IReadOnlyList<FoldedEntry> revised,
        DateOnly on)
    {
        var parts = new List<LenderDifference>();
        foreach (var (id, lenders) in Shared(before, after, old, revised))
        {
            foreach (var component in Enum.GetValues<Component>())
            {
                Add(parts, id, LenderMeasure.Owed, component, lenders, Owed(before, id, component), Owed(after, id, component));
                if (component != Component.Principal)
                {
                    Add(parts, id, LenderMeasure.Earned, component, lenders,
                        Earned(old, id, component, before.Currency) + Grown(before, id, component, on),
                        Earned(revised, id, component, before.Currency) + Grown(after, id, component, on));
                }
            }
        }

        return ValueList.From(parts);
    }

    // Every loan that has more than its one lender, also one that is settled on one side.
    private static Dictionary<string, ValueList<LenderShare>> Shared(
        AccountState before, AccountState after, IReadOnlyList<FoldedEntry> old, IReadOnlyList<FoldedEntry> revised)
    {
        var begun = old.Concat(revised).SelectMany(entry => entry.Events).Select(happened => happened switch
        {
            LoanDisbursed e => e.Loan,
            PlanStarted e => e.Plan,
            // The rest: nothing begins.
            _ => null,
        }).OfType<Loan>();
        var shared = new Dictionary<string, ValueList<LenderShare>>(StringComparer.Ordinal);
        foreach (var loan in before.Loans.Concat(after.Loans).Concat(begun))
        {
            if (loan.Lenders.Count > 0)
            {
                shared[loan.Id] = loan.Lenders;
            }
        }

        return shared;
    }

    private static void Add(
        List<LenderDifference> parts, string id, LenderMeasure measure, Component component, ValueList<LenderShare> lenders, Money before,
        Money after)
    {
        if (before == after)
        {
            return;
        }

        var (old, now) = (LenderShares.Of(lenders, before), LenderShares.Of(lenders, after));
        for (var i = 0; i < lenders.Count; i++)
        {
            parts.Add(new LenderDifference(id, measure, component, lenders[i].Lender, old[i].Amount, now[i].Amount));
        }
    }

    private static Money Owed(AccountState state, string id, Component component) => state.Items.Sum(state.Currency, item =>
        item.LoanId == id && item.Component == component ? item.Unpaid : Money.Zero(state.Currency));

    private static Money Grown(AccountState state, string id, Component component, DateOnly on) =>
        state.AccruedTo(on).Loans.Find(loan => loan.Id == id) is not { } loan ? Money.Zero(state.Currency) : component switch
        {
            Component.Interest => LoanFigures.Rounded(loan, loan.Interest, state.Currency),
            Component.OverdueCharge => LoanFigures.Rounded(loan, loan.PrincipalPenalty, state.Currency)
                + LoanFigures.Rounded(loan, loan.ChargePenalty, state.Currency),
            Component.Principal => Money.Zero(state.Currency),
            Component.Fee => Money.Zero(state.Currency),
        };

    private static Money Earned(IReadOnlyList<FoldedEntry> entries, string id, Component component, Currency currency)
    {
        var sum = Money.Zero(currency);
        foreach (var happened in entries.SelectMany(entry => entry.Events))
        {
            sum += happened switch
            {
                InstalmentDue e when e.LoanId == id && component == Component.Interest => e.Charge,
                LoanAccrualPosted e when e.LoanId == id
                    && component == (e.Growth == Growth.Interest ? Component.Interest : Component.OverdueCharge) => e.Amount,
                EarlyFeePosted e when e.LoanId == id && component == Component.Fee => e.Amount,
                // The rest: nothing earned on this loan.
                _ => Money.Zero(currency),
            };
        }

        return sum;
    }
}
