namespace Mingzhang.Domain.Disclosure;

/// <summary>In front of everything that lets a person have more: the cap over all accounts, and the check against too much debt.</summary>
/// <remarks>
/// A limit (opening, reopening, a raise, a temporary limit) counts with the limits of all accounts; a loan counts with what is used of
/// them. Rules and worked numbers: docs/rules/disclosure-and-caps.md. Purchases stay within a limit that was checked and ask nothing.
/// </remarks>
public static class ExposureGate
{
    /// <summary>The class of a person whose assessment names none.</summary>
    public const string Standard = "standard";

    /// <summary>Whether a command lets its person have more, so that the other accounts have to be known.</summary>
    public static bool Concerns(AccountState state, AccountCommand command) => command switch
    {
        OpenAccount or ReopenAccount or RequestLoan or GrantTemporaryLimit => true,
        SetLimit c => c.Total.Currency == state.Currency && c.Total > state.TotalLimit,
        // The rest: nothing more is granted or lent.
        _ => false,
    };

    /// <summary>Null, or why a person cannot have more. The rules are in yuan: accounts in other currencies are not held to them.</summary>
    public static Refusal? Check(AccountState state, AccountCommand command, ProductTerms terms, DateOnly on, PersonExposure? person) =>
        person is null || state.Currency != Currency.Cny || terms.Costs is not { } rules
            || Question(state, command, terms, on, person) is not { } question
            ? null
            : ExposureRules.Check(question, rules.Exposure) is ExposureRefused refused
                ? Refused(refused, question, rules.Exposure.Find(question.Class, on), state.Currency)
                : null;

    /// <summary>What is kept with the fact; null when nothing was checked.</summary>
    internal static ExposureProof? Proof(
        AccountState state, AccountCommand command, ProductTerms terms, DateOnly on, PersonExposure? person) =>
        person is not null && state.Currency == Currency.Cny && terms.Costs is { } rules
            && Question(state, command, terms, on, person) is { } question
            && rules.Exposure.Find(question.Class, on) is { } row
            ? new ExposureProof(
                rules.Version, row.Class, Money.Of(row.PersonCapMinor, state.Currency),
                Money.Of(ExposureRules.Owned(question), state.Currency), row.CapClause.Zh)
            : null;

    /// <summary>The class of an account's owner: what its assessment says.</summary>
    public static string ClassOf(Assessment? assessment) => assessment?.CustomerClass ?? Standard;

    private static ExposureQuestion? Question(
        AccountState state, AccountCommand command, ProductTerms terms, DateOnly on, PersonExposure person) => command switch
    {
        OpenAccount c => Granted(state, terms, c.Assessment, c.Assessment.Limit, on, person),
        ReopenAccount c => Granted(state, terms, c.Assessment, c.Assessment.Limit, on, person),
        SetLimit c => Granted(state, terms, state.Assessment, c.Total - state.TotalLimit, on, person),
        GrantTemporaryLimit c => Granted(state, terms, state.Assessment, c.Limit.Amount, on, person),
        RequestLoan c => Lent(state, c, terms, on, person),
        // The rest: see Concerns.
        _ => null,
    };

    private static ExposureQuestion? Granted(
        AccountState state, ProductTerms terms, Assessment? by, Money more, DateOnly on, PersonExposure person) => more.IsPositive
        ? Asked(
            ClassOf(by), on, more, Money.Zero(more.Currency), Own(state, terms, on, person), one => Money.Max(one.Limit, one.Used), person)
        : null;

    private static ExposureQuestion? Lent(AccountState state, RequestLoan c, ProductTerms terms, DateOnly on, PersonExposure person)
    {
        var quote = terms.Loan?.Offer(c.Offer, c.Count) is { } offer ? LoanQuotes.Of(state, terms, offer, c.Count, c.Amount, on) : null;
        return quote is null ? null : Asked(
            ClassOf(state.Assessment), on, c.Amount, AccountExposure.MonthlyOf(quote),
            Own(state, terms, on, person), one => one.Used, person) with { NeedsIncome = true };
    }

    private static ValueList<AccountExposure> Own(
        AccountState state, ProductTerms terms, DateOnly on, PersonExposure person) =>
        state.Lifecycle is NotOpened ? person.Others : person.Others.Add(AccountExposure.Of(state, terms, on));

    private static ExposureQuestion Asked(
        string customerClass, DateOnly on, Money asked, Money monthly, ValueList<AccountExposure> own, Func<AccountExposure, Money> counts,
        PersonExposure person) => new(
        customerClass, on, asked.MinorUnits, monthly.MinorUnits,
        own.Map(one => new OwnExposure(counts(one).MinorUnits, one.Monthly.MinorUnits)),
        person.Declared is { } said ? [new DeclaredDebt(said.Owed.MinorUnits, said.Monthly.MinorUnits)] : [],
        person.Declared?.MonthlyIncome.MinorUnits)
    {
        DeclaredOn = person.Declared?.On, Institutions = person.Declared?.Institutions ?? 0,
    };

    private static Refusal Refused(ExposureRefused refused, ExposureQuestion question, ExposureRow? row, Currency currency)
    {
        var possible = Money.Of(refused.PossibleMinor, currency);
        return refused.Rule switch
        {
            ExposureRule.NoRule => new NoPersonRule(question.Class, question.On),
            ExposureRule.IncomeUnknown => new IncomeUnknown(Money.Of(row?.IncomeFromMinor ?? 0, currency)) { Rule = refused.Clause },
            ExposureRule.PersonCap => new AbovePersonCap(
                Money.Of(row?.PersonCapMinor ?? 0, currency), Money.Of(ExposureRules.Owned(question), currency), possible)
            {
                Rule = refused.Clause,
            },
            ExposureRule.TooManyLenders => new TooManyLenders(question.Institutions, row?.MostInstitutions ?? 0) { Rule = refused.Clause },
            ExposureRule.OverIndebted => new OverIndebted(
                Money.Of(question.MonthlyIncomeMinor ?? 0, currency), row?.DebtServicePpm ?? 0, possible) { Rule = refused.Clause },
        };
    }
}
