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
        var told = (Told?)gathered ?? new Told();
        foreach (var one in rows)
        {
            if (!CreditHouse.IsFork(one.Row.Account))
            {
                var (notices, due) = NoticeFacts.Of(one);
                told.Notices.AddRange(notices.Select(notice => (one.Row.Account, NoticeShelf.Values(notice))));
                told.Due.AddRange(due.Select(day => (one.Row.Account, day)));
            }
        }

        return told;
    }

    /// <inheritdoc/>
    public void Handle(object? prepared, FollowerTransaction transaction)
    {
        var told = (Told)prepared!;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000; // later than what a reader may have marked as read
        told.Notices.ForEach(one => one.Row[NoticeShelf.MadeAt] = now);
        NoticeShelf.Add(transaction.Connection, transaction.Transaction, InOrder(told.Notices).Select(one => one.Of));
        transaction.Write(
            Plan, ["@partition", "@account", "@due", "@kind", "@on"],
            InOrder(told.Due).SelectMany(_ => book.Reminders, (planned, rule) => (planned.Account, Due: planned.Of, Rule: rule)),
            one => [
                one.Account.PartitionId, one.Account.Value, one.Due.ToStored(), one.Rule.Kind, one.Due.AddDays(one.Rule.Days).ToStored(),
            ]);
    }

    private static IEnumerable<(AccountId Account, T Of)> InOrder<T>(List<(AccountId Account, T Of)> told) =>
        told.OrderBy(one => one.Account.PartitionId).ThenBy(one => one.Account.Value);

    /// <summary>What is to be written: notices as rows, and the days on which something falls due.</summary>
    private sealed class Told
    {
        public List<(AccountId Account, object[] Row)> Notices { get; } = [];

        public List<(AccountId Account, DateOnly Due)> Due { get; } = [];
    }
}
