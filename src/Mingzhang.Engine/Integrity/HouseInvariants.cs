using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Store;

namespace Mingzhang.Engine.Integrity;

/// <summary>What is looked at once a pass over the whole book.</summary>
internal sealed class HouseInvariants(CreditHouse house, DbConnection connection)
{
    private const string Clock = "SELECT business_date FROM house WHERE id = 1";
    private const string Checkpoints = "SELECT name AS Name, position AS Position FROM follower";
    private const string Decided =
        "SELECT number AS Number, makers AS Makers, decider AS Decider FROM proposal WHERE partition_id BETWEEN 0 AND 1023 "
        + "AND status IN ('approved', 'done', 'refused')";

    /// <summary>Tells what it finds of each.</summary>
    public void Look(Action<int, AccountId?, string?> tell)
    {
        var stored = StoreDates.FromStored(connection.ExecuteScalar<long>(Clock));
        tell(43, null, stored >= house.BusinessDate ? null
            : $"the books are open for {house.BusinessDate:yyyy-MM-dd}, the store says {stored:yyyy-MM-dd}");
        var alone = connection.Query<(long Number, string Makers, string Decider)>(Decided)
            .Where(one => one.Decider.Length == 0 || one.Makers.Split('\n').Contains(one.Decider, StringComparer.Ordinal))
            .Select(one => one.Number).ToList();
        tell(48, null, alone.Count == 0 ? null : $"proposal {alone[0]} was decided by one of its makers");
        var beyond = connection.Query<(string Name, long Position)>(Checkpoints).AsList()
            .Where(one => one.Position > house.LastPosition || one.Position < 0).ToList();
        tell(51, null, beyond.Count == 0 ? null
            : $"{beyond[0].Name} is at {beyond[0].Position}, the journal ends at {house.LastPosition}");
    }
}
