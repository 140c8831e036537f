namespace Mingzhang.Oracle;

/// <summary>A statement as the customer reads it.</summary>
public sealed record StatementFigures(
    DateOnly IssuedOn, DateOnly DueOn, BigInteger Opening, BigInteger Debits, BigInteger Credits, BigInteger Closing, BigInteger Minimum);

/// <summary>The figures of one day's end.</summary>
public sealed record DayFigures
{
    public required DateOnly Day { get; init; }
    public required string Lifecycle { get; init; }

    /// <summary>Unpaid items plus both accruals as rounded that day, less the credit balance.</summary>
    public required BigInteger Owed { get; init; }
    public required BigInteger RevolvingNumerator { get; init; }
    public required BigInteger OverdueNumerator { get; init; }
    public required BigInteger Available { get; init; }
    public required IReadOnlyDictionary<string, BigInteger> ScenePools { get; init; }
    public required int DaysPastDue { get; init; }
    public required bool SpendAway { get; init; }
    public required BigInteger Credit { get; init; }
    public required StatementFigures? Latest { get; init; }

    /// <summary>What is missing to the latest bill's minimum.</summary>
    public required BigInteger Missing { get; init; }
    public required IReadOnlyDictionary<int, BigInteger> Ledger { get; init; }

    /// <summary>All that is owed, rows not yet due and what has grown on loans included; the credit balance not deducted.</summary>
    public required BigInteger Total { get; init; }

    /// <summary>Open loans and plans.</summary>
    public required IReadOnlyList<LoanDay> Loans { get; init; }
}

/// <summary>What the model made of a history.</summary>
public sealed class Outcome
{
    /// <summary>By fact: the refusal codes that apply; empty = accepted.</summary>
    public List<IReadOnlyList<int>> Answers { get; } = [];

    /// <summary>By day.</summary>
    public List<DayFigures> Days { get; } = [];

    /// <summary>All statements drawn, in order.</summary>
    public List<StatementFigures> Statements { get; } = [];
}
