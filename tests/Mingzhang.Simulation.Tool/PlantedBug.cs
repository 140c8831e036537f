namespace Mingzhang.Simulation;

/// <summary>A fault put on purpose between the core and the comparison. A harness that misses one is broken.</summary>
public class PlantedBug
{
    public virtual Decision? OnDecision(AccountState before, AccountCommand command, Decision decision) => null;

    public virtual ValueList<Posting>? OnPostings(ValueList<Posting> postings) => null;

    public virtual Figures OnFigures(AccountState state, DateOnly day, Figures figures) => figures;
}
