using System.Data.Common;
using Mingzhang.Engine.Encoding;
using Mingzhang.Store;

namespace Mingzhang.Engine.Followers;

/// <summary>The transaction a follower writes in; its checkpoint moves in the same one.</summary>
/// <param name="Connection">The writer's connection.</param>
/// <param name="Transaction">To pass on with each statement.</param>
public sealed record FollowerTransaction(DbConnection Connection, DbTransaction Transaction)
{
    /// <summary>One statement for many rows; see <see cref="ManyRows"/>.</summary>
    public void Write<T>(string sql, IReadOnlyList<string> names, IEnumerable<T> rows, Func<T, object[]> values) =>
        ManyRows.Write(Connection, Transaction, sql, names, rows, values);
}

/// <summary>A row of the journal as followers see it: its events are found once for all of them.</summary>
/// <param name="row">The row.</param>
public sealed class FollowedRow(JournalRow row)
{
    /// <summary>The row.</summary>
    public JournalRow Row => row;

    /// <summary>Its events, not decoded; none of a refusal.</summary>
    public IReadOnlyList<EventSlice> Events { get; } = row.Kind == RowKind.Refused ? [] : EventSlices.Of(row.Body);
}

/// <summary>
/// Reads the journal in order and makes something of it that can be made again. Each row reaches it exactly once in effect.
/// </summary>
public interface IFollower
{
    /// <summary>Names its checkpoint; never changed.</summary>
    string Name { get; }

    /// <summary>
    /// How long it gathers rows under load before it writes, because what it writes of many is hardly more than of a few; zero = never.
    /// </summary>
    TimeSpan Gathers => TimeSpan.Zero;

    /// <summary>
    /// Whether what it writes of a row lies beside what it writes of other rows of the same partition, and leaves other partitions alone.
    /// Then it gathers by slices of partitions and each is prepared and written by itself, so that rows share pages and no turn is long.
    /// </summary>
    bool BySlices => false;

    /// <summary>
    /// Work that needs no database, done on the followers' own thread: what is to be written of these rows, in order of position, and of
    /// what was prepared before and is not written yet. The rows are of one slice where it gathers by slices.
    /// </summary>
    object? Prepare(IReadOnlyList<FollowedRow> rows, object? gathered) => rows;

    /// <summary>
    /// Writes what <see cref="Prepare"/> made last. Runs on the writer's thread: prepare nothing here that can be prepared before.
    /// </summary>
    void Handle(object? prepared, FollowerTransaction transaction);
}
