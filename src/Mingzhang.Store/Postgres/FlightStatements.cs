using Npgsql;

namespace Mingzhang.Store.Postgres;

/// <summary>What a flight writes.</summary>
/// <param name="journal">Its rows.</param>
/// <param name="accounts">Account rows and snapshots.</param>
internal sealed class FlightStatements(NpgsqlBatchCommand journal, List<NpgsqlBatchCommand> accounts)
{
    /// <summary>Its rows.</summary>
    public NpgsqlBatchCommand Journal => journal;

    /// <summary>Whether its transaction has begun and its rows are written in it.</summary>
    public bool IsBegun { get; set; }

    /// <summary>Adds what is not written yet.</summary>
    public void AddRest(NpgsqlBatchCommandCollection commands)
    {
        if (!IsBegun)
        {
            commands.Add(journal);
        }

        accounts.ForEach(commands.Add);
    }
}
