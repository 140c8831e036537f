namespace Mingzhang.Domain.Disclosure;

/// <summary>The caps over all of one person's accounts, and the check against too much debt. Pure: the shell brings the facts.</summary>
public static class ExposureRules
{
    private const long Million = 1_000_000;

    /// <summary>Whether more may be lent, and how much at most. The person's cap is checked before the debts.</summary>
    /// <example>Cap 200,000.00, already 150,000.00, asked 60,000.00 → refused, 50,000.00 still possible. Income 10,000.00 a month,
    /// half of it for debts, 4,000.00 taken: asked 12,000.00 at 1,088.00 a month → 1,000.00 / 1,088.00 of it, 11,029.41.</example>
    public static ExposureAnswer Check(ExposureQuestion question, ExposureTable table)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(question.AskedMinor);
        if (table.Find(question.Class, question.On) is not { } row)
        {
            return new ExposureRefused(ExposureRule.NoRule, null, 0);
        }

        var owned = Owned(question);
        if (row.DebtServicePpm is not null && question.NeedsIncome && !IncomeKnown(question, row)
            && checked(owned + question.AskedMinor) > row.IncomeFromMinor)
        {
            return new ExposureRefused(ExposureRule.IncomeUnknown, row.DebtClause, Math.Max(0, row.IncomeFromMinor - owned));
        }

        var byCap = Math.Max(0, row.PersonCapMinor - owned);
        var byDebts = ByDebts(question, row);
        var possible = Math.Min(byCap, byDebts);
        return question.AskedMinor > byCap ? new ExposureRefused(ExposureRule.PersonCap, row.CapClause, possible)
            : question.Institutions > row.MostInstitutions ? new ExposureRefused(ExposureRule.TooManyLenders, row.DebtClause, 0)
            : question.AskedMinor > byDebts ? new ExposureRefused(ExposureRule.OverIndebted, row.DebtClause, possible)
            : new ExposureAllowed(possible - question.AskedMinor);
    }

    /// <summary>What a person has already, over all accounts.</summary>
    internal static long Owned(ExposureQuestion question)
    {
        var sum = 0L;
        foreach (var own in question.Own.AsSpan())
        {
            sum = checked(sum + own.AmountMinor);
        }

        return sum;
    }

    /// <summary>What of the income is left for debts a month, also below zero; null when no rule or no income says so.</summary>
    internal static long? Left(ExposureQuestion question, ExposureRow row)
    {
        if (row.DebtServicePpm is not { } ppm || question.MonthlyIncomeMinor is not { } income)
        {
            return null;
        }

        var left = (long)((Int128)income * ppm / Million);
        foreach (var own in question.Own.AsSpan())
        {
            left = checked(left - own.MonthlyMinor);
        }

        foreach (var debt in question.Declared.AsSpan())
        {
            left = checked(left - debt.MonthlyMinor);
        }

        return left;
    }

    private static bool IncomeKnown(ExposureQuestion question, ExposureRow row) => question.MonthlyIncomeMinor is not null
        && !(question.DeclaredOn is { } day && question.On.DayNumber - day.DayNumber > row.DeclarationDays);

    // What fits into the part of the income that is left, in the proportion of what was asked; rounded down.
    private static long ByDebts(ExposureQuestion question, ExposureRow row)
    {
        if (Left(question, row) is not { } left)
        {
            return long.MaxValue;
        }

        return left < 0 ? 0
            : question.AskedMonthlyMinor <= 0 ? long.MaxValue
            : (long)Int128.Min(long.MaxValue, (Int128)question.AskedMinor * left / question.AskedMonthlyMinor);
    }
}

/// <summary>The answer to "may this person have more?". Closed.</summary>
public /*closed*/ abstract record ExposureAnswer
{
    private protected ExposureAnswer()
    {
    }
}

/// <summary>Yes; so much more would be possible still.</summary>
public sealed record ExposureAllowed(long StillPossibleMinor) : ExposureAnswer;

/// <summary>No: the rule, its clause, and how much would be possible instead (0: nothing).</summary>
public sealed record ExposureRefused(ExposureRule Rule, Clause? Clause, long PossibleMinor) : ExposureAnswer;

/// <summary>The rules about one person's debts, in the order in which they are checked.</summary>
public enum ExposureRule
{
    /// <summary>The table has no rule for the class and the day.</summary>
    NoRule,

    /// <summary>The income has to be known first.</summary>
    IncomeUnknown,

    /// <summary>More than one person may have from this lender.</summary>
    PersonCap,

    /// <summary>All debts together would take too much of the income.</summary>
    OverIndebted,

    /// <summary>Too many other lenders are owed.</summary>
    TooManyLenders,
}
