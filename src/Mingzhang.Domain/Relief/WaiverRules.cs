namespace Mingzhang.Domain.Relief;

/// <summary>Waivers: a part of the debt is forgiven, by component, the oldest due item first.</summary>
internal static class WaiverRules
{
    public static Refusal? Check(AccountState state, WaiveDebt command, ProductTerms terms, DateOnly on)
    {
        var early = Guards.Id("waiverId", command.WaiverId) ?? Guards.IsOpen(state)
            ?? (command.Reason is { Length: >= 1 and <= 500 } ? null
                : new InvalidCommand("reason", "1 to 500 characters", "Say why in a sentence."));
        if (early is not null)
        {
            return early;
        }

        if (command.Parts.Count is 0 or > 4
            || command.Parts.AsSpan().ToArray().DistinctBy(part => part.Component).Count() != command.Parts.Count)
        {
            return new InvalidCommand("parts", "1 to 4 parts, each component once", "Name each component with its amount.");
        }

        foreach (var part in command.Parts.AsSpan())
        {
            if (Guards.Amount(state, part.Amount) is { } bad)
            {
                return bad;
            }
        }

        if (command.LoanId is { } id && !state.Loans.Any(loan => loan.Id == id))
        {
            return new LoanUnknown(id);
        }

        return LoanRules.IsUsed(state, command.WaiverId, on)
            ? new ReliefExists(command.WaiverId)
            : AboveDebt(state, command, terms, on) ?? PrincipalKept(command, terms);
    }

    public static void Unfold(Unfolding u, WaiveDebt command)
    {
        var daysBefore = u.State.DaysPastDue(u.On);
        var before = u.State;
        PostGrown(u, command);
        var taken = new List<Allocation>();
        foreach (var part in command.Parts.AsSpan())
        {
            var left = part.Amount;
            foreach (var item in InOrder(u.State, command.LoanId, part.Component))
            {
                var amount = Money.Min(left, item.Unpaid);
                if (amount.IsPositive)
                {
                    taken.Add(new Allocation(item.Id, item.Component, null, amount, item.WrittenOff));
                    left -= amount;
                }
            }
        }

        var posted = ValueList.From(taken).Sum(u.Currency, part =>
            u.State.Items.Any(item => item.Id == part.ItemId && !item.Scheduled) ? part.Amount : Money.Zero(u.Currency));
        u.Emit(new DebtWaived(command, ValueList.From(taken), posted) { EffectiveOn = u.On });
        LoanRepayment.Reschedule(u, before, EarlyMode.Lower);
        if (command.LoanId is { } id && before.Scheduled(id).IsPositive && u.State.Scheduled(id).IsZero)
        {
            LoanRepayment.PostInterest(u, id); // no row is left that would bring it
        }

        DelinquencyRules.CureWhatIsMet(u, daysBefore);
    }

    /// <summary>What is owed of a component, grown charges included where they would be posted first.</summary>
    public static Money Owed(AccountState state, ProductTerms terms, string? loanId, Component component, DateOnly on)
    {
        var posted = state.Items.Sum(state.Currency, item => Counts(item, loanId, component) ? item.Unpaid : Money.Zero(state.Currency));
        if (loanId is null)
        {
            return component switch
            {
                Component.Interest => posted + state.AccruedInterest(terms, on),
                Component.OverdueCharge => posted + state.AccruedCharge(terms, on),
                _ => posted,
            };
        }

        var loan = state.AccruedTo(on).Loans.Find(other => other.Id == loanId)!;
        return component switch
        {
            Component.OverdueCharge => posted + LoanFigures.Rounded(loan, loan.PrincipalPenalty, state.Currency)
                + LoanFigures.Rounded(loan, loan.ChargePenalty, state.Currency),
            _ => posted,
        };
    }

    private static Refusal? AboveDebt(AccountState state, WaiveDebt command, ProductTerms terms, DateOnly on)
    {
        foreach (var part in command.Parts.AsSpan())
        {
            var owed = Owed(state, terms, command.LoanId, part.Component, on);
            if (part.Amount > owed)
            {
                return new WaiverAboveDebt(part.Component, owed);
            }
        }

        return null;
    }

    private static Refusal? PrincipalKept(WaiveDebt command, ProductTerms terms) =>
        terms.Relief is { WaivesPrincipal: true } || !command.Parts.Any(part => part.Component == Component.Principal)
            ? null
            : new PrincipalNotWaived();

    private static void PostGrown(Unfolding u, WaiveDebt command)
    {
        if (command.LoanId is null)
        {
            BillingRules.PostAccruals(u);
        }
        else if (u.State.Loans.Any(loan => loan.Id == command.LoanId))
        {
            LoanRepayment.PostPenalties(u, command.LoanId);
        }
    }

    private static IEnumerable<DueItem> InOrder(AccountState state, string? loanId, Component component) => state.Items
        .Where(item => Counts(item, loanId, component))
        .OrderBy(item => item.Scheduled).ThenBy(item => item.DueOn ?? DateOnly.MaxValue).ThenBy(item => item.Id);

    private static bool Counts(DueItem item, string? loanId, Component component) =>
        item.Component == component && item.LoanId == loanId && !item.Disputed;
}
