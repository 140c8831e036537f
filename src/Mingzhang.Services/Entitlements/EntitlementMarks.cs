using System.Runtime.InteropServices;
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

    /// <summary>Not long: a customer who has paid waits for it.</summary>
    public TimeSpan Gathers { get; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public bool BySlices => true;

    /// <inheritdoc/>
    public object Prepare(IReadOnlyList<FollowedRow> rows, object? gathered)
    {
        var marks = (Dictionary<AccountId, EntitlementMark>?)gathered ?? [];
        foreach (var one in rows.Where(one => one.Events.Any(slice => EntitlementRules.Matters(slice.Type))))
        {
            ref var mark = ref CollectionsMarshal.GetValueRefOrAddDefault(marks, one.Row.Account, out var isThere);
            mark = new EntitlementMark(
                one.Row.Account, one.Row.Sequence, isThere ? mark.At : one.Row.RecordedAt,
                mark.Repaid || one.Events.Any(slice => EntitlementRules.IsRepayment(slice.Type)),
                mark.Overdue || one.Events.Any(slice => EntitlementRules.IsOverdue(slice.Type)));
        }

        return marks;
    }

    /// <inheritdoc/>
    public void Handle(object? prepared, FollowerTransaction transaction) => EntitlementShelf.Mark(
        transaction.Connection, transaction.Transaction,
        [.. ((Dictionary<AccountId, EntitlementMark>)prepared!).Values.OrderBy(mark => mark.Account.PartitionId)
            .ThenBy(mark => mark.Account.Value)]);
}

/// <summary>What a row of the permission store has to know.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Sequence">Up to which journal sequence.</param>
/// <param name="At">When that became so, microseconds since 1970 UTC.</param>
/// <param name="Repaid">Whether a repayment is among it.</param>
/// <param name="Overdue">Whether it may be among it that something went overdue.</param>
internal readonly record struct EntitlementMark(AccountId Account, long Sequence, long At, bool Repaid, bool Overdue);
