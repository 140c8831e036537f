namespace Mingzhang.Domain.Versions;

/// <summary>One account run ahead under one version, paid on each due day.</summary>
internal sealed class ShadowWalk
{
    private readonly ProductTerms _terms;
    private readonly ShadowPayer _payer;
    private AccountState _state;
    private Money _paid;
    private Money _posted;
    private Bill? _first;
    private int _payments;
    private DateOnly _on;

    private ShadowWalk(AccountState state, ProductTerms terms, DateOnly today, ShadowPayer payer)
    {
        _on = today;
        var zero = Money.Zero(state.Currency);
        (_terms, _payer, _paid, _posted) = (terms, payer, zero, zero);
        var moved = state with { Terms = KeptTerms.Of(terms) };
        _state = moved with { NextDate = NextDates.Of(moved, terms) };
    }

    /// <summary>Figures of a run.</summary>
    public static ShadowFigures Of(AccountState state, ProductTerms terms, DateOnly today, ShadowQuestion question)
    {
        var walk = new ShadowWalk(state, terms, today, question.Payer);
        var owed = Owed(state, terms, today);
        var until = Until(state, terms, today, question.Bills);
        walk.Pay(today);
        while (walk.Next(until) is { } day)
        {
            walk.Pass(day);
            walk.Pay(day);
        }

        var zero = Money.Zero(state.Currency);
        var cost = walk._paid + Owed(walk._state, terms, until) - owed - walk._posted;
        return new ShadowFigures(
            cost, walk._first?.Minimum ?? zero, walk._first?.Closing ?? zero, ShadowContracts.Cost(state, terms, today));
    }

    private static Money Owed(AccountState state, ProductTerms terms, DateOnly on) => state.TotalDebt(terms, on) - state.CreditBalance;

    // The statement after so many others; so many months for a line without statements.
    private static DateOnly Until(AccountState state, ProductTerms terms, DateOnly today, int bills)
    {
        var next = state.Cycle.NextStatementOn;
        if (next == DateOnly.MaxValue)
        {
            return today.AddMonths(bills);
        }

        var day = next;
        for (var i = 1; i < bills; i++)
        {
            day = Calendar.CycleDates.StatementInNextMonth(day, terms.StatementDayFor(state.Cycle.DueDay) ?? state.Cycle.StatementDay);
        }

        return day;
    }

    private DateOnly? Next(DateOnly until)
    {
        var day = _state.NextDate;
        foreach (var bill in _state.Bills.AsSpan())
        {
            day = bill.DueOn > _on && bill.DueOn < day ? bill.DueOn : day;
        }

        return day <= until ? day : null;
    }

    private void Pass(DateOnly day)
    {
        _on = day;
        if (_state.NextDate <= day)
        {
            var trace = default(NoTrace);
            Take((Accepted)AccountDecider.Decide(_state, new PassDay { EffectiveOn = day }, _terms, day, ref trace));
        }
    }

    private void Pay(DateOnly day)
    {
        var amount = Due(day);
        if (!amount.IsPositive)
        {
            return;
        }

        var trace = default(NoTrace);
        var command = new ReceiveRepayment($"shadow-{++_payments}", [new RepaymentSource("shadow", amount)], null, Actor.Borrower)
        {
            EffectiveOn = day,
        };
        if (AccountDecider.Decide(_state, command, _terms, day, ref trace) is Accepted accepted)
        {
            _paid += amount;
            Take(accepted);
        }
    }

    private Money Due(DateOnly day)
    {
        var zero = Money.Zero(_state.Currency);
        if (_payer == ShadowPayer.Nothing)
        {
            return zero;
        }

        var due = zero;
        foreach (var bill in _state.Bills.AsSpan())
        {
            if (bill.DueOn == day)
            {
                due += _payer == ShadowPayer.Minimum ? bill.Shortfall : _state.Items.Sum(_state.Currency, item =>
                    !item.Disputed && BillingFold.OnBill(item, bill.IssuedOn) ? item.Unpaid : zero);
            }
        }

        foreach (var loan in _state.Loans.AsSpan())
        {
            due += loan.IsCash ? _state.DueNow(loan, day) : zero;
        }

        return due;
    }

    private void Take(Accepted accepted)
    {
        foreach (var happened in accepted.Events.AsSpan())
        {
            _first ??= (happened as StatementIssued)?.Bill;
            _posted += (happened as PurchasePosted)?.Amount ?? Money.Zero(_state.Currency);
        }

        _state = accepted.After;
    }
}
