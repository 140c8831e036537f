namespace Mingzhang.Domain.Disclosure;

/// <summary>A person declares what is owed to others and what comes in a month; it counts for all of the person's accounts.</summary>
/// <param name="Owed">Everything owed to other lenders.</param>
/// <param name="Monthly">What that takes a month.</param>
/// <param name="Institutions">Lenders with anything unsettled.</param>
/// <param name="MonthlyIncome">Income a month.</param>
/// <param name="Evidence">Reference of the papers or of the bureau report it rests on.</param>
/// <param name="Consent">The consent to keep and use it.</param>
public sealed record DeclareDebts(
    Money Owed, Money Monthly, int Institutions, Money MonthlyIncome, string Evidence, Consent Consent) : AccountCommand;

/// <summary>Debts to others and income were declared.</summary>
public sealed record DebtsDeclared(DeclareDebts Fact) : AccountEvent
{
    /// <inheritdoc/>
    public override AccountCommand Recorded => Fact;
}

/// <summary>What an account keeps of the latest declaration.</summary>
/// <param name="Owed">Owed to others.</param>
/// <param name="Monthly">What that takes a month.</param>
/// <param name="Institutions">Lenders with anything unsettled.</param>
/// <param name="MonthlyIncome">Income a month.</param>
/// <param name="On">The day it was declared.</param>
public sealed record DebtDeclaration(Money Owed, Money Monthly, int Institutions, Money MonthlyIncome, DateOnly On);

/// <summary>Declaring debts to others: any amounts that are not below zero, with their evidence.</summary>
internal static class DebtRules
{
    private const int MostInstitutions = 1_000;

    public static Refusal? Check(AccountState state, DeclareDebts command) =>
        Guards.IsOpen(state) ?? Amount(state, "owed", command.Owed) ?? Amount(state, "monthly", command.Monthly)
        ?? Amount(state, "monthlyIncome", command.MonthlyIncome) ?? Guards.Id("evidence", command.Evidence)
        ?? Guards.Id("consent", command.Consent?.Code) ?? Institutions(command);

    public static void Unfold(Unfolding u, DeclareDebts command) => u.Emit(new DebtsDeclared(command) { EffectiveOn = u.On });

    public static AccountState Fold(AccountState state, DebtsDeclared e) => state with
    {
        Declaration = new DebtDeclaration(e.Fact.Owed, e.Fact.Monthly, e.Fact.Institutions, e.Fact.MonthlyIncome, e.EffectiveOn),
    };

    private static Refusal? Amount(AccountState state, string field, Money amount) =>
        amount.IsZero && amount.Currency == state.Currency ? null
        : amount.IsNegative ? new InvalidCommand(field, "an amount that is not below zero", "Send 0 when there is none.")
        : Guards.Amount(state, amount);

    private static InvalidCommand? Institutions(DeclareDebts command) =>
        command.Institutions is < 0 or > MostInstitutions || (command.Institutions == 0 && command.Owed.IsPositive)
            ? new InvalidCommand("institutions", "0 to 1,000, and at least 1 when anything is owed", "Count the lenders that are owed.")
            : null;
}
