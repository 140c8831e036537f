using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Engine.Followers;
using Mingzhang.Store;

namespace Mingzhang.Services.Notifications;

/// <summary>Makes notices and planned reminders of the journal's rows; forks of a sandbox concern nobody.</summary>
public sealed class NoticeFollower(NoticeBook book, TimeProvider time) : IFollower
{
    /// <summary>Its checkpoint's name.</summary>
    public const string Checkpoint = "notices";

    private const string Plan =
        "INSERT INTO reminder (partition_id, account_id, due_on, kind, on_day, state) VALUES (@partition, @account, @due, @kind, @on, 0) "
        + "ON CONFLICT DO NOTHING";

    /// <inheritdoc/>
    public string Name => Checkpoint;

    /// <inheritdoc/>
    public TimeSpan Gathers { get; } = TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    public bool BySlices => true;

    /// <inheritdoc/>
    public object Prepare(IReadOnlyList<FollowedRow> rows, object? gathered)
    {
        var told = (List<(AccountId Account, (List<Notice> Notices, List<DateOnly> Due) Of)>?)gathered ?? [];
        told.AddRange(
            from one in rows
            where !CreditHouse.IsFork(one.Row.Account)
            let facts = NoticeFacts.Of(one)
            where facts.Notices.Count > 0 || facts.DueDays.Count > 0
            select (one.Row.Account, facts));
        return told;
    }

    /// <inheritdoc/>
    public void Handle(object? prepared, FollowerTransaction transaction)
    {
        var told = ((List<(AccountId Account, (List<Notice> Notices, List<DateOnly> Due) Of)>)prepared!)
            .OrderBy(one => one.Account.PartitionId).ThenBy(one => one.Account.Value).ToList();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000; // not older than what a reader may have marked as read
        NoticeShelf.Add(
            transaction.Connection, transaction.Transaction, told.SelectMany(one => one.Of.Notices).Select(one => one with { MadeAt = now }));
        var planned =
            from one in told
            from due in one.Of.Due
            from rule in book.Reminders
            select (one.Account, due, rule);
        transaction.Write(
            Plan, ["@partition", "@account", "@due", "@kind", "@on"], planned,
            one => [
                one.Account.PartitionId, one.Account.Value, one.due.ToStored(), one.rule.Kind, one.due.AddDays(one.rule.Days).ToStored(),
            ]);
    }
}
