using Mingzhang.Domain.Values;
using Mingzhang.Engine.Encoding;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Services.Entitlements;

/// <summary>Follows the journal and notes which accounts the permission store has to look at again, and up to which sequence.</summary>
public sealed class EntitlementMarks : IFollower
{
    /// <summary>Its checkpoint's name.</summary>
    public const string Checkpoint = "entitlements";

    /// <inheritdoc/>
    public string Name => Checkpoint;

    /// <inheritdoc/>
    public object? Prepare(IReadOnlyList<JournalRow> rows) => rows
        .Where(row => row.Kind != RowKind.Refused && EventSlices.Of(row.Body).Exists(slice => EntitlementRules.Matters(slice.Type)))
        .GroupBy(row => row.Account)
        .Select(group => new Marked(group.Key, group.Max(row => row.Sequence), group.Min(row => row.RecordedAt))).ToList();

    /// <inheritdoc/>
    public void Handle(IReadOnlyList<JournalRow> rows, object? prepared, FollowerTransaction transaction)
    {
        foreach (var one in (List<Marked>)prepared!)
        {
            EntitlementShelf.Mark(transaction.Connection, transaction.Transaction, one.Account, one.Sequence, one.At);
        }
    }

    private sealed record Marked(AccountId Account, long Sequence, long At);
}
