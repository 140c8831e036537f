namespace Mingzhang.Domain.Corrections;

/// <summary>Figures of the account before and after; those that are equal are left out.</summary>
internal static class FigureDifferences
{
    public static ValueList<FigureDifference> Of(CorrectionFolding folding, ProductTerms terms)
    {
        var (before, after, on) = (folding.State, folding.After, folding.BookedOn);
        var (old, revised) = (folding.Baseline.Entries, folding.Revised!.Entries);
        var all = new List<FigureDifference>
        {
            new(CorrectedFigure.Debt, before.TotalDebt(terms, on), after.TotalDebt(terms, on)),
            new(CorrectedFigure.Due, Due(before), Due(after)),
            new(CorrectedFigure.MinimumMissing, Missing(before), Missing(after)),
            new(CorrectedFigure.Credit, before.CreditBalance, after.CreditBalance),
            new(CorrectedFigure.Interest, Earned(old, LedgerAccount.InterestIncome, before) + GrownInterest(before, terms, on),
                Earned(revised, LedgerAccount.InterestIncome, after) + GrownInterest(after, terms, on)),
            new(CorrectedFigure.OverdueCharge, Earned(old, LedgerAccount.OverdueChargeIncome, before) + GrownCharge(before, terms, on),
                Earned(revised, LedgerAccount.OverdueChargeIncome, after) + GrownCharge(after, terms, on)),
            new(CorrectedFigure.Fee, Earned(old, LedgerAccount.FeeIncome, before), Earned(revised, LedgerAccount.FeeIncome, after)),
            new(CorrectedFigure.TotalLimit, before.TotalLimit, after.TotalLimit),
            new(CorrectedFigure.Available, before.Available(on, null), after.Available(on, null)),
        };
        return ValueList.From(all.Where(one => one.Before != one.After));
    }

    private static Money Due(AccountState state) => state.Items.Sum(state.Currency, item =>
        !item.Disputed && !item.Scheduled && item.DueOn is not null ? item.Unpaid : Money.Zero(state.Currency));

    private static Money Missing(AccountState state) => state.LatestBill()?.Shortfall ?? Money.Zero(state.Currency);

    private static Money Earned(IReadOnlyList<FoldedEntry> entries, LedgerAccount income, AccountState state)
    {
        var sum = Money.Zero(state.Currency);
        foreach (var happened in entries.SelectMany(entry => entry.Events))
        {
            foreach (var posting in PostingRules.For(happened).AsSpan())
            {
                sum = posting.Account == income ? sum - posting.Amount : sum;
            }
        }

        return sum;
    }

    private static Money GrownInterest(AccountState state, ProductTerms terms, DateOnly on) => state.AccruedInterest(terms, on)
        + state.AccruedTo(on).Loans.Sum(state.Currency, loan => LoanFigures.Rounded(loan, loan.Interest, state.Currency));

    private static Money GrownCharge(AccountState state, ProductTerms terms, DateOnly on) => state.AccruedCharge(terms, on)
        + state.AccruedTo(on).Loans.Sum(state.Currency, loan => LoanFigures.Rounded(loan, loan.PrincipalPenalty, state.Currency)
            + LoanFigures.Rounded(loan, loan.ChargePenalty, state.Currency));
}

/// <summary>Statements before and after, with the lines that differ.</summary>
internal static class StatementDifferences
{
    public static ValueList<StatementDifference> Of(CorrectionFolding folding)
    {
        var old = Issued(folding.Baseline.Entries);
        var revised = Issued(folding.Revised!.Entries);
        var (linesBefore, linesAfter) = (
            BillExplainer.LinesByBill(folding.Baseline.Entries, folding.Common),
            BillExplainer.LinesByBill(folding.Revised.Entries, folding.Common));
        var differences = new List<StatementDifference>();
        foreach (var day in old.Keys.Union(revised.Keys).Order())
        {
            var superseded = folding.Statements.Find(one => one.After.IssuedOn == day);
            var (before, after) = (superseded?.Before ?? old.GetValueOrDefault(day), superseded?.After ?? revised.GetValueOrDefault(day));
            if (superseded is not null || before is null || after is null)
            {
                differences.Add(new StatementDifference(day, before, after, Lines(
                    linesBefore.GetValueOrDefault(day, []), linesAfter.GetValueOrDefault(day, []), (before ?? after!).Closing.Currency)));
            }
        }

        return ValueList.From(differences);
    }

    private static Dictionary<DateOnly, Bill> Issued(IReadOnlyList<FoldedEntry> entries) =>
        entries.SelectMany(entry => entry.Events).OfType<StatementIssued>().ToDictionary(e => e.Bill.IssuedOn, e => e.Bill);

    private static ValueList<StatementLineDifference> Lines(List<BillLine> before, List<BillLine> after, Currency currency)
    {
        var keys = before.Concat(after).Select(line => (line.Event, line.Reference)).Distinct();
        var lines = keys.Select(key => new StatementLineDifference(key.Event, key.Reference, Sum(before, key), Sum(after, key)));
        return ValueList.From(lines.Where(line => line.Before != line.After));

        Money Sum(List<BillLine> of, (string Event, string? Reference) key) => ValueList.From(of).Sum(currency, line =>
            (line.Event, line.Reference) == key ? line.Amount : Money.Zero(currency));
    }
}

/// <summary>Month ends, and the day of booking, whose days past due or bureau status differ.</summary>
internal static class MonthDifferences
{
    public static ValueList<MonthDifference> Of(CorrectionFolding folding)
    {
        var months = new List<MonthDifference>();
        var first = (folding.Change.Facts.FirstOrDefault()?.EffectiveOn ?? folding.BookedOn) is var from && from < folding.BookedOn
            ? from : folding.BookedOn;
        first = folding.Common is { } common && common.AsOf < first ? common.AsOf : first;
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= folding.BookedOn; month = month.AddMonths(1))
        {
            var end = month.AddMonths(1).AddDays(-1);
            var on = end < folding.BookedOn ? end : folding.BookedOn;
            if (At(folding.Baseline, folding.Common, on) is { } before && At(folding.Revised!, folding.Common, on) is { } after)
            {
                var one = new MonthDifference(
                    on, before.DaysPastDue(on), after.DaysPastDue(on), BureauStatus.Of(before, on), BureauStatus.Of(after, on));
                months.AddRange(one.DaysBefore != one.DaysAfter || one.StatusBefore != one.StatusAfter ? [one] : []);
            }
        }

        return ValueList.From(months);
    }

    private static AccountState? At(Refold refold, AccountState? common, DateOnly on)
    {
        var state = common;
        foreach (var entry in refold.Entries)
        {
            if (entry.EffectiveOn > on)
            {
                break;
            }

            state = entry.After;
        }

        return state is null || state.AsOf > on ? null : state;
    }
}

/// <summary>Debts by a name that survives a refold.</summary>
internal static class DebtDifferences
{
    public static ValueList<DebtDifference> Of(AccountState before, AccountState after)
    {
        var (old, now) = (ByName(before), ByName(after));
        var zero = Money.Zero(before.Currency);
        return ValueList.From(old.Keys.Union(now.Keys)
            .Select(key => new DebtDifference(
                key.Purchase, key.Loan, key.Component, key.DueOn, old.GetValueOrDefault(key, zero), now.GetValueOrDefault(key, zero)))
            .Where(one => one.Before != one.After)
            .OrderBy(one => one.DueOn ?? DateOnly.MaxValue).ThenBy(one => one.LoanId ?? one.PurchaseId, StringComparer.Ordinal)
            .ThenBy(one => one.Component));
    }

    private static Dictionary<(string? Purchase, string? Loan, Component Component, DateOnly? DueOn), Money> ByName(AccountState state)
    {
        var debts = new Dictionary<(string?, string?, Component, DateOnly?), Money>();
        foreach (var item in state.Items)
        {
            var key = (item.LoanId is null ? item.PurchaseId : null, item.LoanId, item.Component, item.DueOn);
            debts[key] = debts.GetValueOrDefault(key, Money.Zero(state.Currency)) + item.Unpaid;
        }

        return debts;
    }
}
