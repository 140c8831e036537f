namespace Mingzhang.Domain.Schedules;

/// <summary>What a row of a loan is.</summary>
public enum BookRowKind
{
    /// <summary>A row of the schedule.</summary>
    Instalment,

    /// <summary>A down payment.</summary>
    DownPayment,

    /// <summary>Charges due after the last row.</summary>
    Charges,
}

/// <summary>A row of a loan with what is paid; minor units.</summary>
/// <remarks><c>default</c> is an empty row.</remarks>
public readonly record struct LoanBookRow(int Number, BookRowKind Kind, DateOnly FromOn, DateOnly DueOn)
{
    /// <summary>Asked for.</summary>
    public BookAmounts Due { get; init; }

    /// <summary>Paid.</summary>
    public BookAmounts Paid { get; init; }

    /// <summary>Principal still scheduled after this row, of all paid out by its due day.</summary>
    public long RemainingMinor { get; init; }

    /// <summary>Principal that bears interest from this row's due day on.</summary>
    public long BearingMinor { get; init; }

    /// <summary>Asked for and not paid.</summary>
    public long OutstandingMinor => checked(Due.TotalMinor - Paid.TotalMinor);
}

/// <summary>Amounts by component, in minor units.</summary>
public readonly record struct BookAmounts(long PenaltyMinor, long FeeMinor, long InterestMinor, long PrincipalMinor)
{
    /// <summary>Their sum.</summary>
    public long TotalMinor => checked(PenaltyMinor + FeeMinor + InterestMinor + PrincipalMinor);
}

/// <summary>The answer to folding a loan's facts. Closed.</summary>
public /*closed*/ abstract record LoanBookAnswer
{
    private protected LoanBookAnswer()
    {
    }
}

/// <summary>The loan as its facts make it.</summary>
/// <param name="Rows">By due day; a down payment stands after a row due the same day.</param>
/// <param name="OverpaidMinor">Paid beyond all rows.</param>
public sealed record LoanBooked(ValueList<LoanBookRow> Rows, long OverpaidMinor) : LoanBookAnswer;

/// <summary>Terms or a fact cannot be.</summary>
/// <param name="Why">The reason.</param>
/// <param name="FactNumber">Which fact, 1-based in the order told; 0 when it is the terms.</param>
public sealed record LoanBookRefused(ScheduleRefused Why, int FactNumber) : LoanBookAnswer;
