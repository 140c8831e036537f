using System.Data.Common;
using Dapper;
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
    public object? Prepare(IReadOnlyList<JournalRow> rows)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        return rows.Where(row => !CreditHouse.IsFork(row.Account)).Select(row => (row.Account, NoticeFacts.Of(row, now))).ToList();
    }

    /// <inheritdoc/>
    public void Handle(IReadOnlyList<JournalRow> rows, object? prepared, FollowerTransaction transaction)
    {
        foreach (var (account, (notices, due)) in (List<(AccountId, (List<Notice>, List<DateOnly>))>)prepared!)
        {
            foreach (var notice in notices)
            {
                _ = NoticeShelf.Add(transaction.Connection, transaction.Transaction, notice);
            }

            foreach (var day in due)
            {
                PlanFor(account, day, transaction.Connection, transaction.Transaction);
            }
        }
    }

    private void PlanFor(AccountId account, DateOnly due, DbConnection connection, DbTransaction transaction)
    {
        foreach (var rule in book.Reminders)
        {
            connection.Execute(
                Plan,
                new
                {
                    partition = account.PartitionId, account = account.Value, due = due.ToStored(), kind = rule.Kind,
                    on = due.AddDays(rule.Days).ToStored(),
                },
                transaction);
        }
    }
}
