namespace Mingzhang.Domain.Prices;

/// <summary>Prices of an account: of what revolves and is overdue on statements, or of one loan, from a day on.</summary>
internal static class AccountPrices
{
    public static Refusal? Check(AccountState state, SetPrice command, ProductTerms terms, DateOnly on)
    {
        if (Guards.IsOpen(state) is { } early)
        {
            return early;
        }

        if (command.ContractPpm < 0 || command.OverduePpm < 0)
        {
            return new InvalidCommand("contractPpm", "a price is not negative", "Send parts per million of the principal.");
        }

        if (command.LoanId is { } id && state.Loans.Find(loan => loan.Id == id) is null)
        {
            return new LoanUnknown(id);
        }

        if (Before(state, command) is not { } before)
        {
            return new InvalidCommand(
                "loanId", "a price by the day: of a cash loan, or of what revolves on statements",
                "Name the cash loan; the charge of a plan is put right by replacing the fact that began it.");
        }

        return Allowed(state, command, before.Contract, terms, on) ?? (Refusal?)Listed(state, command) ?? Workable(state, command, on);
    }

    public static void Unfold(Unfolding u, SetPrice command)
    {
        var before = Before(u.State, command);
        u.Emit(new PriceSet(command, before?.Contract ?? default, before?.Overdue ?? default) { EffectiveOn = u.On });
        if (Repriced(u.State, command) is { } loan && LoanRows.Again(u.State, loan, u.On) is { } rows)
        {
            u.Emit(new LoanRescheduled(loan.Id, rows, EarlyMode.Lower) { EffectiveOn = u.On });
        }
    }

    public static AccountState Fold(AccountState state, PriceSet e)
    {
        var contract = e.ContractBefore with { Ppm = e.Fact.ContractPpm };
        var overdue = e.OverdueBefore with { Ppm = e.Fact.OverduePpm };
        return e.Fact.LoanId is { } id
            ? state with
            {
                Loans = state.Loans.Change(loan => loan.Id == id, loan => loan with { Rate = contract, Penalty = overdue }),
            }
            : state with
            {
                Terms = state.Terms with { Revolving = contract, Overdue = overdue, Earlier = Earlier(state, e) },
            };
    }

    // Null when nothing of the account has such a price: an unknown loan, a plan, statements of a line that has none.
    private static (Rate Contract, Rate Overdue)? Before(AccountState state, SetPrice command) => command.LoanId is { } id
        ? state.Loans.Find(loan => loan.Id == id && loan.IsCash) is { } loan ? (loan.Rate, loan.Penalty) : null
        : state.Cycle.StatementDay == 0 ? null : (state.Terms.Revolving, state.Terms.Overdue);

    private static Refusal? Allowed(AccountState state, SetPrice command, Rate counted, ProductTerms terms, DateOnly on)
    {
        if (command.ContractPpm > 0 && command.OverduePpm > command.ContractPpm * 3 / 2)
        {
            return new OverduePriceTooHigh(command.OverduePpm, command.ContractPpm * 3 / 2);
        }

        // A loan's price with its charges, as when it was offered; elsewhere a price has no payments that would make it more.
        var priced = state.Loans.Find(loan => loan.Id == command.LoanId) is { } loan
            ? LoanPriceCap.Of(state, loan with { Rate = counted with { Ppm = command.ContractPpm } }, terms, on) : null;
        return priced is CostTableRefused { Verdict: AboveCap above }
            ? new PriceAboveCap(above.Rates.SimplePpm, above.Row.AnnualPpm, above.Row.Clause.Zh)
            : ByDays(counted with { Ppm = Math.Max(priced is null ? command.ContractPpm : 0, command.OverduePpm) }, terms, on);
    }

    private static PriceAboveCap? ByDays(Rate price, ProductTerms terms, DateOnly on)
    {
        var cap = terms.CapOn(on);
        var yearly = price.AnnualPpm(cap?.DaysInYear ?? 365);
        return cap is null ? new PriceAboveCap(yearly, 0, $"no cap is dated for licence {terms.Licence} on {on:yyyy-MM-dd}")
            : yearly > cap.AnnualPpm ? new PriceAboveCap(yearly, cap.AnnualPpm, cap.Source)
            : null;
    }

    // Nothing is ever posted on a loan that its confirmed cost table does not list; plans on bills bear the account's overdue price.
    private static PriceNotListed? Listed(AccountState state, SetPrice command)
    {
        foreach (var loan in state.Loans)
        {
            var named = loan.Id == command.LoanId;
            if ((named && command.ContractPpm > 0 && Outside(loan, CostKind.Interest))
                || ((named || (command.LoanId is null && !loan.IsCash)) && command.OverduePpm > 0 && Outside(loan, CostKind.LateCharge)))
            {
                return new PriceNotListed(loan.Id);
            }
        }

        return null;
    }

    private static bool Outside(Loan loan, CostKind kind) => loan.Listed.Count > 0
        && ListedCosts.MayPost(loan.Listed, loan.CostTable, kind, Money.Of(1, loan.Principal.Currency)) is OutsideTable;

    private static InvalidCommand? Workable(AccountState state, SetPrice command, DateOnly on) =>
        Repriced(state, command) is { } loan && LoanRows.Again(state, loan, on) is null
            ? new InvalidCommand("contractPpm", "a price at which the rows can be worked out", "Send a price the product could have.")
            : null;

    // Equal instalments depend on the price: their rows are worked out again from the day. Other rows keep their principal.
    private static Loan? Repriced(AccountState state, SetPrice command) =>
        command.LoanId is { } id && state.Loans.Find(loan => loan.Id == id) is { IsCash: true, Rows.Count: > 0 } loan
        && loan.Method == ScheduleMethod.EqualInstalment && state.Scheduled(loan.Id).IsPositive
            ? loan with { Rate = loan.Rate with { Ppm = command.ContractPpm } }
            : null;

    // Prices since the last statement, for the rule that takes back what grew since then.
    private static ValueList<EarlierPrice>? Earlier(AccountState state, PriceSet e)
    {
        if (state.Terms.Bears is not { RepaidCountsFromStatement: true })
        {
            return null;
        }

        var kept = (state.Terms.Earlier ?? []).Where(price => price.Until > (state.Cycle.LastStatementOn ?? DateOnly.MinValue));
        return kept.Add(new EarlierPrice(e.EffectiveOn, e.ContractBefore));
    }
}
