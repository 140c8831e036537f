namespace Mingzhang.Domain.Schedules;

/// <summary>How a principal is paid back over the rows of a schedule.</summary>
public enum ScheduleMethod
{
    /// <summary>等额本息: every row pays the same in total; interest on what is left comes first, the rest is principal.</summary>
    EqualInstalment,

    /// <summary>等额本金: every row pays the same principal, and interest on what is left.</summary>
    EqualPrincipal,

    /// <summary>先息后本: every row pays its interest, the last also the whole principal.</summary>
    InterestFirst,

    /// <summary>到期一次还本付息: one row pays everything.</summary>
    Bullet,

    /// <summary>Flat interest: the rate counts on the first principal for the whole term, in equal parts.</summary>
    FlatInterest,

    /// <summary>The principal of each row is given; interest on what is left.</summary>
    PrincipalByRow,
}

/// <summary>Which row takes the units that equal parts leave over.</summary>
public enum Remainder
{
    /// <summary>The last row (the usual practice): 1,000.00 in 12 is 11 × 83.33 + 83.37.</summary>
    LastRow,

    /// <summary>The first row: 83.37 + 11 × 83.33.</summary>
    FirstRow,
}

/// <summary>How a fee is spread over the rows.</summary>
public enum FeeSpread
{
    /// <summary>The rate is for one row: every row pays principal × rate, rounded.</summary>
    EachRow,

    /// <summary>The rate is for the whole term: the total is divided into equal parts.</summary>
    TotalInParts,

    /// <summary>The rate is for the whole term and the first row pays all of it.</summary>
    TotalFirst,
}

/// <summary>A fee on the first principal, whatever has been paid back since.</summary>
/// <remarks><c>default</c> is no fee.</remarks>
/// <param name="Ppm">Parts per million of the first principal; 88,000 is 8.8 %.</param>
/// <param name="Spread">What the rate is for, and which rows pay.</param>
public readonly record struct FlatFee(long Ppm, FeeSpread Spread);
