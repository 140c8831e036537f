namespace Mingzhang.Domain.Disclosure;

/// <summary>What one account adds to what its owner owes this house.</summary>
/// <param name="Account">The account.</param>
/// <param name="Product">Its product.</param>
/// <param name="Limit">Total and temporary limit of the day.</param>
/// <param name="Used">Unpaid principal, holds and loans asked for.</param>
/// <param name="Monthly">What it takes a month: a bill whole, a loan with the interest still to grow by the months it still runs, a
/// loan asked for like one that begins today.</param>
public sealed record AccountExposure(AccountId Account, string Product, Money Limit, Money Used, Money Monthly)
{
    /// <summary>The figures of an account on a day, under the terms it runs by.</summary>
    /// <example>Unpaid purchases of 300.00, and a loan of 12,000.00 with 1,080.00 of interest to come that runs 12 more months: used
    /// 12,300.00, a month 300.00 + 13,080.00 / 12 = 1,390.00.</example>
    public static AccountExposure Of(AccountState state, ProductTerms terms, DateOnly on)
    {
        var zero = Money.Zero(state.Currency);
        var limit = state.TotalLimit + state.TemporaryLimits.Sum(state.Currency, one => one.CountsOn(on) ? one.Amount : zero);
        var held = state.Purchases.Sum(state.Currency, purchase => purchase.Held);
        var asked = state.LoanRequests.Sum(state.Currency, request => request.Fact.Amount);
        var used = held + asked + state.Items.Sum(state.Currency, item => item.IsPrincipal ? item.Unpaid : zero);
        var bills = state.Items.Sum(state.Currency, item => item.LoanId is null ? item.Unpaid : zero);
        var monthly = bills + held + state.LoanRequests.Sum(state.Currency, request => MonthlyOf(state, terms, request.Fact, on))
            + state.Loans.Sum(state.Currency, loan => MonthlyOf(state, loan, on));
        return new AccountExposure(state.Id, state.Product, limit, used, monthly);
    }

    /// <summary>What a sum takes a month when it is repaid until a day: divided by the months, a begun month counts, rounded up.</summary>
    internal static Money MonthlyOf(Money sum, DateOnly from, DateOnly until)
    {
        var months = Math.Max(1, ((until.Year - from.Year) * 12) + until.Month - from.Month);
        return Money.Of(Rounded.Divide(sum.MinorUnits, months, Rounding.Up), sum.Currency);
    }

    /// <summary>What a loan would take a month if it began today: its principal and all its costs.</summary>
    public static Money MonthlyOf(LoanQuote quote) => MonthlyOf(quote.Principal + quote.Cost, quote.StartsOn, quote.Rows[^1].DueOn);

    // A loan that is asked for and not paid out; one whose offer is gone from the terms counts whole.
    private static Money MonthlyOf(AccountState state, ProductTerms terms, RequestLoan asked, DateOnly on) =>
        terms.Loan?.Offer(asked.Offer, asked.Count) is { } offer
            && LoanQuotes.Of(state, terms, offer, asked.Count, asked.Amount, on) is { } quote
            ? MonthlyOf(quote)
            : asked.Amount;

    private static Money MonthlyOf(AccountState state, Loan loan, DateOnly on)
    {
        var left = loan.Rows.Sum(state.Currency, row => row.Charge) + state.InterestAhead(loan, on)
            + state.Items.Sum(state.Currency, item => item.LoanId == loan.Id ? item.Unpaid : Money.Zero(state.Currency));
        return MonthlyOf(left, on, loan.Rows.Count == 0 ? on : loan.Rows[^1].DueOn);
    }
}

/// <summary>Everything a decision has to know about a person besides the account: a snapshot the shell gathers in the same lane.</summary>
/// <param name="Others">The person's other accounts in this house.</param>
/// <param name="Declared">The latest declaration of debts to others, on any of the accounts; null when there is none.</param>
public sealed record PersonExposure(ValueList<AccountExposure> Others, DebtDeclaration? Declared)
{
    /// <summary>From the person's other accounts as they stand on a day; accounts in another currency are not counted.</summary>
    /// <param name="own">The account that asks.</param>
    /// <param name="others">The others.</param>
    /// <param name="kept">The terms an account runs by.</param>
    /// <param name="on">The day.</param>
    public static PersonExposure Of(
        AccountState own, IEnumerable<AccountState> others, Func<AccountState, ProductTerms> kept, DateOnly on)
    {
        var counted = others.Where(other => other.Lifecycle is not NotOpened && other.Currency == own.Currency).ToList();
        return new PersonExposure(
            ValueList.From(counted.Select(other => AccountExposure.Of(other, kept(other), on))),
            counted.Append(own).Select(state => state.Declaration).Where(said => said is not null).MaxBy(said => said!.On));
    }
}

/// <summary>What a person's debts were when more was granted or lent, kept with the fact.</summary>
/// <param name="RulesVersion">Version of the cost rules.</param>
/// <param name="Class">Customer class.</param>
/// <param name="Cap">The most the person may have.</param>
/// <param name="Before">What the person had.</param>
/// <param name="Clause">Name of the cap's rule in Chinese.</param>
public sealed record ExposureProof(int RulesVersion, string Class, Money Cap, Money Before, string Clause);
