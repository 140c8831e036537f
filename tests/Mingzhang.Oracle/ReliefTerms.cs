namespace Mingzhang.Oracle;

/// <summary>The numbers of agreements. Kinds: D deferral, G re-age, M re-amortise, N replan.</summary>
public sealed record ReliefRules
{
    public Dictionary<char, ReliefRule> Kinds { get; init; } = [];
    public int AnswerDays { get; init; }
    public int BreakAfterDays { get; init; }
    public int ReadingSeconds { get; init; }
    public bool WaivesPrincipal { get; init; }
    public BigInteger CapPpm { get; init; }
}

/// <summary>The bounds of one kind.</summary>
public sealed record ReliefRule(int MostMonths, int MostRows, BigInteger LowestPpm, int MostPerYear, bool Self, bool StopsUse);

/// <summary>What an agreement is to do. Loan null = bills; Ppm null = the contract's price.</summary>
public sealed record Wish(char Kind, string? Loan, int Months, bool InterestOnly, int Count, DateOnly? First, BigInteger? Ppm);

/// <summary>An application (A), an offer (O) or a running agreement (R).</summary>
internal sealed record Agreement(string Id, char Stage, Wish Wish, DateOnly? LapsesOn)
{
    /// <summary>From this day it has done its work; null = when its debt is paid.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>The loan whose rows it laid out.</summary>
    public Loan? Debt { get; init; }

    /// <summary>Rows as they stood before it.</summary>
    public List<RowBefore> Before { get; init; } = [];
    public BigInteger PpmBefore { get; init; }

    /// <summary>What was moved off bills.</summary>
    public List<Item> Moved { get; init; } = [];
}

internal sealed record RowBefore(int Number, DateOnly Due, BigInteger Principal, BigInteger Charge);
