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
    public object Prepare(IReadOnlyList<FollowedRow> rows, object? gathered) => rows
        .Where(one => one.Events.Any(slice => EntitlementRules.Matters(slice.Type))).GroupBy(one => one.Row.Account)
        .Select(group => new EntitlementMark(
            group.Key, group.Max(one => one.Row.Sequence), group.Min(one => one.Row.RecordedAt),
            group.Any(one => one.Events.Any(slice => EntitlementRules.IsRepayment(slice.Type))),
            group.Any(one => one.Events.Any(slice => EntitlementRules.IsOverdue(slice.Type))))).ToList();

    /// <inheritdoc/>
    public void Handle(object? prepared, FollowerTransaction transaction) =>
        EntitlementShelf.Mark(transaction.Connection, transaction.Transaction, (List<EntitlementMark>)prepared!);
}

/// <summary>What a row of the permission store has to know.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Sequence">Up to which journal sequence.</param>
/// <param name="At">When that became so, microseconds since 1970 UTC.</param>
/// <param name="Repaid">Whether a repayment is among it.</param>
/// <param name="Overdue">Whether it may be among it that something went overdue.</param>
internal sealed record EntitlementMark(AccountId Account, long Sequence, long At, bool Repaid, bool Overdue);
