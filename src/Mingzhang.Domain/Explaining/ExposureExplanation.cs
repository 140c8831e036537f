namespace Mingzhang.Domain.Explaining;

/// <summary>What keeps a person from borrowing more, the tightest bound first asked.</summary>
public enum ExposureBound
{
    /// <summary>The line's own available limit.</summary>
    Line,

    /// <summary>The cap over all accounts of the person.</summary>
    PersonCap,

    /// <summary>All debts together would take too much of the income.</summary>
    Income,

    /// <summary>Income and debts to others are not declared, or too long ago.</summary>
    NoIncome,

    /// <summary>Too many other lenders are owed.</summary>
    Lenders,

    /// <summary>No rule is known for the class and the day.</summary>
    NoRule,
}

/// <summary>How much a person may still borrow on one line, and why.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="Class">Customer class.</param>
/// <param name="Cap">The most over all accounts.</param>
/// <param name="CapClause">Where it comes from.</param>
/// <param name="Used">What the accounts use of it; sums the accounts exactly.</param>
/// <param name="RoomByCap">What the cap leaves.</param>
/// <param name="Line">The line's own available limit.</param>
/// <param name="Income">Declared income a month; null when none counts.</param>
/// <param name="SharePpm">The most that debts may take of it; null: no such rule.</param>
/// <param name="Monthly">What all debts take a month, those to others included.</param>
/// <param name="RoomByIncome">Principal that the rest of the income repays with its costs, by the offer that carries most; null when
/// nothing says so.</param>
/// <param name="IncomeFrom">Above this sum in all a loan needs a declaration.</param>
/// <param name="DebtClause">Where the rules on debts come from.</param>
/// <param name="Possible">The least of all: so much can still be borrowed, before the product's own steps.</param>
/// <param name="Bound">What sets it.</param>
/// <param name="Accounts">Which account contributes what.</param>
/// <param name="Declared">Debts to others as declared.</param>
public sealed record ExposureExplanation(
    DateOnly AsOf, string Class, Money Cap, Clause? CapClause, Money Used, Money RoomByCap, Money Line, Money? Income, long? SharePpm,
    Money Monthly, Money? RoomByIncome, Money IncomeFrom, Clause? DebtClause, Money Possible, ExposureBound Bound,
    ValueList<AccountExposure> Accounts, DebtDeclaration? Declared);

/// <summary>Explains how much a person may still borrow: the same figures the gate decides by.</summary>
public static class ExposureExplainer
{
    /// <summary>The explanation for one line; null when the house knows no rules about persons.</summary>
    /// <example>Cap 200,000.00, used 12,000.00 here and 150,000.00 there: 38,000.00 is left; the line has 50,000.00; 38,000.00 is
    /// possible.</example>
    public static ExposureExplanation? Of(AccountState state, ProductTerms terms, PersonExposure person, DateOnly on)
    {
        if (terms.Costs is not { } rules)
        {
            return null;
        }

        var customerClass = ExposureGate.ClassOf(state.Assessment);
        var row = rules.Exposure.Find(customerClass, on);
        var zero = Money.Zero(state.Currency);
        var accounts = ValueList.From([AccountExposure.Of(state, terms, on), .. person.Others]);
        var used = accounts.Sum(state.Currency, one => one.Used);
        var monthly = accounts.Sum(state.Currency, one => one.Monthly) + (person.Declared?.Monthly ?? zero);
        var said = person.Declared is { } declared && row is not null && on.DayNumber - declared.On.DayNumber <= row.DeclarationDays
            ? declared
            : null;
        var cap = Money.Of(row?.PersonCapMinor ?? 0, state.Currency);
        var from = Money.Of(row?.IncomeFromMinor ?? 0, state.Currency);
        var explained = new ExposureExplanation(
            on, customerClass, cap, row?.CapClause, used, (cap - used).OrZeroIfNegative(), state.Available(on, null).OrZeroIfNegative(),
            said?.MonthlyIncome, row?.DebtServicePpm, monthly, ByIncome(state, terms, row, said, monthly, on), from, row?.DebtClause, zero,
            ExposureBound.NoRule, accounts, person.Declared);
        return row is null ? explained : Bounded(explained, row, said);
    }

    private static ExposureExplanation Bounded(ExposureExplanation e, ExposureRow row, DebtDeclaration? said)
    {
        var (possible, bound) = (e.Line, ExposureBound.Line);
        Lower(e.RoomByCap, ExposureBound.PersonCap);
        if (row.DebtServicePpm is not null && said is null)
        {
            Lower((e.IncomeFrom - e.Used).OrZeroIfNegative(), ExposureBound.NoIncome);
        }

        if (e.RoomByIncome is { } room)
        {
            Lower(room, ExposureBound.Income);
        }

        if (e.Declared?.Institutions > row.MostInstitutions)
        {
            Lower(Money.Zero(e.Cap.Currency), ExposureBound.Lenders);
        }

        return e with { Possible = possible, Bound = bound };

        void Lower(Money most, ExposureBound by) => (possible, bound) = most < possible ? (most, by) : (possible, bound);
    }

    // What the rest of the income repays with its costs, by the offer that carries most; by the question that the gate asks.
    private static Money? ByIncome(
        AccountState state, ProductTerms terms, ExposureRow? row, DebtDeclaration? said, Money monthly, DateOnly on)
    {
        if (row?.DebtServicePpm is not { } ppm || said is null)
        {
            return null;
        }

        var left = Money.Of((long)((Int128)said.MonthlyIncome.MinorUnits * ppm / 1_000_000), monthly.Currency) - monthly;
        return left.IsNegative ? Money.Zero(monthly.Currency)
            : terms.Loan is null ? left
            : Money.Of(MostOf(state, terms, left, on), monthly.Currency);
    }

    private static long MostOf(AccountState state, ProductTerms terms, Money left, DateOnly on)
    {
        var most = 0L;
        foreach (var offer in terms.Loan!.Offers.AsSpan())
        {
            foreach (var count in offer.Counts.AsSpan())
            {
                if (LoanQuotes.Of(state, terms, offer, count, terms.Loan.Largest, on) is { } quote)
                {
                    var share = (Int128)quote.Principal.MinorUnits * left.MinorUnits / AccountExposure.MonthlyOf(quote).MinorUnits;
                    most = Math.Max(most, (long)Int128.Min(share, long.MaxValue));
                }
            }
        }

        return most;
    }
}
