using System.Data.Common;
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

/// <summary>
/// Reads the journal in order and makes something of it that can be made again. Each row reaches it exactly once in effect.
/// </summary>
public interface IFollower
{
    /// <summary>Names its checkpoint; never changed.</summary>
    string Name { get; }

    /// <summary>
    /// Handles rows in order of position. Runs on the writer's thread: prepare nothing here that can be prepared in
    /// <see cref="Prepare"/>.
    /// </summary>
    void Handle(IReadOnlyList<JournalRow> rows, object? prepared, FollowerTransaction transaction);

    /// <summary>Work that needs no database, done on the follower's own thread before <see cref="Handle"/>.</summary>
    object? Prepare(IReadOnlyList<JournalRow> rows) => null;
}
