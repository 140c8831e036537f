using System.Data.Common;
using System.Globalization;
using Dapper;
using Mingzhang.Domain.Values;

namespace Mingzhang.Engine.Followers;

/// <summary>
/// How far a follower is: everything up to its checkpoint is written, and of some slices of partitions more (decision 0036).
/// </summary>
internal sealed class FollowerPlaces
{
    /// <summary>Slices of the partitions, 16 neighbours each. Never changed: checkpoints are named by them.</summary>
    public const int Slices = 64;

    private const string Of = "SELECT name AS Name, position AS Position FROM follower WHERE name = @name OR name LIKE @slices";

    private readonly Dictionary<string, long> _rows;
    private readonly string _name;

    private FollowerPlaces(string name, Dictionary<string, long> rows)
    {
        _name = name;
        _rows = rows;
        Kept = rows.GetValueOrDefault(name);
    }

    /// <summary>The checkpoint: every row up to here is written. 0 = none.</summary>
    public long Kept { get; }

    /// <summary>What a database says of a follower.</summary>
    public static FollowerPlaces Read(DbConnection connection, string name) => new(
        name,
        connection.Query<(string Name, long Position)>(Of, new { name, slices = $"{name}/%" })
            .ToDictionary(row => row.Name, row => row.Position, StringComparer.Ordinal));

    /// <summary>Rows of a partition up to here are written.</summary>
    public long OfPartition(int partition) => OfSlice(SliceOf(partition));

    /// <summary>Rows of a slice up to here are written.</summary>
    public long OfSlice(int slice) => Math.Max(Kept, _rows.GetValueOrDefault(NameOf(_name, slice)));

    /// <summary>The slice of a partition.</summary>
    public static int SliceOf(int partition) => partition * Slices / AccountId.Partitions;

    /// <summary>The name under which a slice stands that is further than its follower's checkpoint.</summary>
    public static string NameOf(string follower, int slice) => string.Create(CultureInfo.InvariantCulture, $"{follower}/{slice}");
}
