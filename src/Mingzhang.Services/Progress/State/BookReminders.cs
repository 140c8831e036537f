using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Notifications;

namespace Mingzhang.Services.Progress.State;

/// <summary>
/// The bookkeeping's own reminders (记账本, R031): so many days before a due day, whether progress management is open or closed. One for
/// each due day.
/// </summary>
public sealed class BookReminders(CreditHouse house, NoticeDesk notices)
{
    private const int Page = 50;
    private DateOnly _lookedOn;
    private long _lookedAt = -1;

    /// <summary>Looks once for each business day and change; returns how many were told.</summary>
    public async Task<int> GoOnAsync(CancellationToken cancel)
    {
        var (position, today) = (house.LastPosition, house.BusinessDate);
        if ((position, today) == (_lookedAt, _lookedOn))
        {
            return 0;
        }

        (_lookedAt, _lookedOn) = (position, today);
        var (told, after) = (0, 0L);
        while (true)
        {
            IReadOnlyList<(AccountId Account, bool ClosesItself, int BookDays)> page;
            using (var connection = house.OpenReadOnly())
            {
                page = ProgressShelf.RulesAfter(connection, after, Page);
            }

            foreach (var (account, _, days) in page.Where(one => one.BookDays > 0))
            {
                cancel.ThrowIfCancellationRequested();
                told += await LookAsync(account, days) ? 1 : 0;
            }

            if (page.Count < Page)
            {
                return told;
            }

            after = page[^1].Account.Value;
        }
    }

    private async Task<bool> LookAsync(AccountId account, int days)
    {
        if (await house.ReadAsync(account) is not { Lifecycle: not NotOpened } state
            || house.Terms.Find(state.Product, state.Terms.Version) is not { } terms)
        {
            return false;
        }

        var today = house.BusinessDateOf(account);
        var now = Explainer.RunAhead(state, terms, today).State;
        var due = now.Items.Where(item => !item.Disputed && !item.WrittenOff && item.Unpaid.IsPositive && item.DueOn is not null
                && item.DueOn >= today && item.DueOn <= today.AddDays(days))
            .GroupBy(item => item.DueOn!.Value).OrderBy(group => group.Key).FirstOrDefault();
        return due is not null && await notices.TellAsync(
            account.Customer, account, "book-reminder",
            string.Create(CultureInfo.InvariantCulture, $"{account}-{due.Key:yyyyMMdd}"),
            new Dictionary<string, string>
            {
                ["amount"] = Money.Of(due.Sum(item => item.Unpaid.MinorUnits), now.Currency).ToString(),
                ["due"] = due.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["days"] = (due.Key.DayNumber - today.DayNumber).ToString(CultureInfo.InvariantCulture),
            });
    }
}
