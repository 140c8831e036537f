namespace Mingzhang.Oracle;

/// <summary>A way to borrow. Method: E equal instalments, P equal principal, I interest first, B all at once.</summary>
public sealed record OfferRule(char Method, int[] Counts, int Months, int Days, BigInteger Ppm, BigInteger FeePpm);

/// <summary>Early repayment. Fee: '-' none (b), 'A' all remaining fixed charges (a), 'C' a percentage (c).</summary>
public sealed record EarlyRule(bool Partial, char Fee, BigInteger Ppm);

/// <summary>The numbers of a loan line.</summary>
public sealed record LoanRules
{
    public Dictionary<string, OfferRule> Offers { get; init; } = [];
    public BigInteger Smallest { get; init; }
    public BigInteger Largest { get; init; }
    public BigInteger Multiple { get; init; }
    public int MostOpen { get; init; }
    public int MostPerMonth { get; init; }
    public bool Shared { get; init; }
    public int PayOutWithinDays { get; init; }
    public int PenaltyPercent { get; init; }
    public bool PenaltyOnCharges { get; init; }
    public EarlyRule Early { get; init; } = new(true, '-', 0);
    public int ReadingSeconds { get; init; }
    public BigInteger CapPpm { get; init; }
}

/// <summary>The numbers of instalments on a statement line: rows and their charge in ppm.</summary>
public sealed record PlanRules
{
    public Dictionary<int, BigInteger> Bill { get; init; } = [];
    public Dictionary<int, BigInteger> Checkout { get; init; } = [];
    public BigInteger Smallest { get; init; }
    public bool AfterMinimum { get; init; }
    public EarlyRule Early { get; init; } = new(false, '-', 0);
    public int ReadingSeconds { get; init; }
    public BigInteger CapPpm { get; init; }
}

/// <summary>A confirmed cost table. State: '-' none, 'W' another one than is shown now, 'R' the one shown now.</summary>
public sealed record Evidence(char State, int Seconds);

/// <summary>Instalments chosen at checkout.</summary>
public sealed record Checkout(string Id, int Count, bool BuyerPays, Evidence Evidence);

/// <summary>A loan's figures on a day.</summary>
public sealed record LoanDay
{
    public required string Id { get; init; }
    public required BigInteger Left { get; init; }
    public required BigInteger Due { get; init; }
    public required BigInteger Interest { get; init; }
    public required BigInteger PrincipalPenalty { get; init; }
    public required BigInteger ChargePenalty { get; init; }

    /// <summary>Rows that have not fallen due: number, due day of a cash loan, principal, fixed charge.</summary>
    public required IReadOnlyList<(int Number, DateOnly? Due, BigInteger Principal, BigInteger Charge)> Rows { get; init; }
}
