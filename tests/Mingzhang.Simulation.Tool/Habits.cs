namespace Mingzhang.Simulation;

/// <summary>How a generated account behaves. Percent a day, or per mille a day where it says so.</summary>
public sealed record Habits
{
    public required int Months { get; init; }
    public required int Busy { get; init; }
    public required int PaysAll { get; init; }
    public required int PaysMinimum { get; init; }

    /// <summary>Per mille.</summary>
    public required int Repays { get; init; }

    /// <summary>Per mille and purchase.</summary>
    public required int Refunds { get; init; }

    /// <summary>Per mille.</summary>
    public required int Disputes { get; init; }

    /// <summary>Per mille.</summary>
    public required int WriteOffs { get; init; }

    /// <summary>Per mille.</summary>
    public required int Closes { get; init; }

    /// <summary>Disputes stay open across due days and while overdue. Findings 1, 19 and 21 were about these.</summary>
    public bool WildDisputes { get; init; }

    /// <summary>Whether refused commands stay in the script, so that refusals are compared, too.</summary>
    public bool KeepRefused { get; init; } = true;

    public static Habits Random(Random random)
    {
        int all = random.Next(101);
        return new Habits
        {
            Months = 1 + random.Next(24),
            Busy = random.Next(3) == 0 ? 30 : 3 + random.Next(10),
            PaysAll = all,
            PaysMinimum = random.Next(101 - all),
            Repays = random.Next(3) == 0 ? 60 : 10,
            Refunds = random.Next(3) == 0 ? 9 : 2,
            Disputes = random.Next(3) == 0 ? 12 : 0,
            WriteOffs = random.Next(6) == 0 ? 30 : 0,
            Closes = random.Next(3) == 0 ? 6 : 0,
        };
    }
}
