namespace Mingzhang.Domain.Disclosure;

/// <summary>A dated rule on how much one person may owe and how much may be lent to one who owes others too.</summary>
/// <param name="Class">The customer class it is for, such as <c>standard</c> or <c>good-credit</c>.</param>
/// <param name="Validity">When it holds.</param>
/// <param name="PersonCapMinor">The most one person may have from this lender, over all products; minor units.</param>
/// <param name="DebtServicePpm">The largest share of monthly income that may go to all debts, own and declared, parts per million.
/// Null: no such rule.</param>
/// <param name="CapClause">Where the cap comes from.</param>
/// <param name="DebtClause">Where the share comes from.</param>
public sealed record ExposureRow(
    string Class, Validity Validity, long PersonCapMinor, long? DebtServicePpm, Clause CapClause, Clause? DebtClause)
{
    /// <summary>A loan that brings a person above this sum needs a declared income; minor units.</summary>
    public long IncomeFromMinor { get; init; }

    /// <summary>A declaration counts for so many days.</summary>
    public int DeclarationDays { get; init; } = int.MaxValue;

    /// <summary>The most other lenders a person may owe; null: no such rule.</summary>
    public int? MostInstitutions { get; init; }
}

/// <summary>What a person already has from this lender in one account.</summary>
/// <remarks><c>default</c> is nothing.</remarks>
/// <param name="AmountMinor">The limit of a line or the principal of a loan, whichever is more; minor units.</param>
/// <param name="MonthlyMinor">What it takes a month.</param>
public readonly record struct OwnExposure(long AmountMinor, long MonthlyMinor);

/// <summary>A debt to somebody else, as the person declared it.</summary>
/// <remarks><c>default</c> is nothing.</remarks>
/// <param name="OwedMinor">What is owed; minor units.</param>
/// <param name="MonthlyMinor">What it takes a month.</param>
public readonly record struct DeclaredDebt(long OwedMinor, long MonthlyMinor);

/// <summary>A wish for more, with what is known of the person.</summary>
/// <param name="Class">The customer class.</param>
/// <param name="On">The day.</param>
/// <param name="AskedMinor">The amount or the rise of a limit; above zero.</param>
/// <param name="AskedMonthlyMinor">What it would take a month.</param>
/// <param name="Own">Everything from this lender.</param>
/// <param name="Declared">Debts to others.</param>
/// <param name="MonthlyIncomeMinor">Income a month; null when it is not known.</param>
public sealed record ExposureQuestion(
    string Class, DateOnly On, long AskedMinor, long AskedMonthlyMinor, ValueList<OwnExposure> Own, ValueList<DeclaredDebt> Declared,
    long? MonthlyIncomeMinor)
{
    /// <summary>When debts and income were declared; null when they were not.</summary>
    public DateOnly? DeclaredOn { get; init; }

    /// <summary>Other lenders owed, as declared.</summary>
    public int Institutions { get; init; }

    /// <summary>Whether the income has to be known above the sum of the rule: a loan, not yet a limit.</summary>
    public bool NeedsIncome { get; init; }
}

/// <summary>All dated rules about one person's debts.</summary>
public sealed record ExposureTable(ValueList<ExposureRow> Rows)
{
    /// <summary>The rule of a class on a day; null when there is none, which is no permission.</summary>
    public ExposureRow? Find(string customerClass, DateOnly on) =>
        Rows.Find(row => row.Class == customerClass && row.Validity.Holds(on));
}
