using System.Data.Common;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Engine.Lanes;
using Mingzhang.Engine.Versions;
using Mingzhang.Store;

namespace Mingzhang.Engine;

/// <content>Other nodes on the same database.</content>
public sealed partial class CreditHouse : INeighbours
{
    private const string Date = "SELECT business_date FROM house WHERE id = 1";

    private const string Now = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
    private const string Clock = $"SELECT {Now}";
    private const string Alive = "SELECT count(*) FROM node WHERE held_until >= @now";

    private const string LeaderAlive =
        "SELECT count(*) FROM leader JOIN node ON node.number = leader.number WHERE leader.id = 1 AND node.held_until >= @now";

    private readonly HouseFactsSeen _facts = new();

    /// <summary>Whether this process does what has to be done once among all on one database, such as following the journal.</summary>
    public bool Leads => _store.Leads;

    /// <summary>Whether no other process is alive on this database.</summary>
    public bool IsAlone => _store.IsAlone;

    /// <summary>The processes on this database. Asks the store where there are others; throws when it cannot be read.</summary>
    public Observing.NodesSeen Nodes()
    {
        if (_store.IsAlone)
        {
            return new Observing.NodesSeen(1, _store.Leads, _store.Leads);
        }

        using var connection = _store.OpenReadOnly();
        var at = new { now = connection.ExecuteScalar<long>(Clock) };
        return new Observing.NodesSeen(
            connection.ExecuteScalar<long>(Alive, at), _store.Leads, _store.Leads || connection.ExecuteScalar<long>(LeaderAlive, at) > 0);
    }

    /// <summary>Runs a write of which the nodes of one database must do one after the other; rare ones only.</summary>
    internal Task<T> WriteInOrderAsync<T>(Func<DbConnection, DbTransaction, T> write) => _store.ChangeHouseAsync(write);

    /// <inheritdoc/>
    void INeighbours.Moved(IReadOnlyCollection<AccountId> accounts, long position)
    {
        foreach (var lane in _lanes ?? [])
        {
            lane.Moved(accounts, position);
        }
    }

    /// <inheritdoc/>
    void INeighbours.HouseChanged(long facts)
    {
        using (var connection = _store.OpenReadOnly())
        {
            if (Versions.PublishedVersions.Count(connection) is var published && published != _published)
            {
                _published = published;
                _terms.Replace(Versions.PublishedVersions.With(_files, connection));
            }

            Days.ForkDesk.ReadClocks(connection, _clock);
            _clock.MoveTo(StoreDates.FromStored(connection.ExecuteScalar<long>(Date)));
        }

        _facts.Number = facts;
    }
}
