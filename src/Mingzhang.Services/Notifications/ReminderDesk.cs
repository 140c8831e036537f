using System.Globalization;
using Dapper;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Explaining;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Store;

namespace Mingzhang.Services.Notifications;

/// <summary>
/// Looks at due days when their day has come: what is still unpaid is told, what was paid is not, and what is looked at too late is
/// left, so that a sandbox that moved a month tells nobody of thirty old days.
/// </summary>
public sealed class ReminderDesk(CreditHouse house, NoticeBook book, TimeProvider time, IReminderPause? pause = null)
{
    private const int Page = 500;
    private const int Told = 1;
    private const int NotNeeded = 2;
    private const int TooLate = 3;

    private const string Planned =
        "SELECT account_id AS Account, due_on AS DueOn, kind AS Kind, on_day AS OnDay FROM reminder "
        + "WHERE partition_id BETWEEN 0 AND 1023 AND state = 0 AND on_day <= @today ORDER BY on_day, account_id LIMIT @most";

    private const string Settle =
        "UPDATE reminder SET state = @state WHERE partition_id = @partition AND account_id = @account AND due_on = @due AND kind = @kind "
        + "AND on_day = @on AND state = 0";

    /// <summary>Looks at the next page; how many were looked at, 0 = none is left for today.</summary>
    public async Task<int> WorkAsync()
    {
        var today = house.BusinessDate;
        List<Row> rows;
        using (var connection = house.OpenReadOnly())
        {
            rows = connection.Query<Row>(Planned, new { today = today.ToStored(), most = Page }).AsList();
        }

        List<(Row Row, int State, Notice? Notice)> answers = [];
        foreach (var group in rows.GroupBy(row => row.Account))
        {
            var state = group.Any(row => !IsLate(row, today)) ? await StateAsync(new AccountId(group.Key), today) : null;
            answers.AddRange(group.Select(row => Look(row, state, today)));
        }

        if (answers.Count > 0)
        {
            await house.WriteAsync((connection, transaction) =>
            {
                foreach (var (row, state, notice) in answers)
                {
                    var values = new
                    {
                        state, partition = new AccountId(row.Account).PartitionId, account = row.Account, due = row.DueOn, kind = row.Kind,
                        on = row.OnDay,
                    };
                    if (connection.Execute(Settle, values, transaction) == 1 && notice is not null)
                    {
                        _ = NoticeShelf.Add(connection, transaction, notice);
                    }
                }

                return answers.Count;
            });
        }

        return answers.Count;
    }

    private bool IsLate(Row row, DateOnly today) =>
        today.DayNumber - StoreDates.FromStored(row.OnDay).DayNumber > (book.Find(row.Kind)?.StaleAfterDays ?? 0);

    private (Row Row, int State, Notice? Notice) Look(Row row, AccountState? state, DateOnly today)
    {
        var due = StoreDates.FromStored(row.DueOn);
        if (IsLate(row, today))
        {
            return (row, TooLate, null);
        }

        if (state is null || UnpaidOf(state, due, today) is not { IsPositive: true } unpaid
            || (book.Find(row.Kind)?.Class == NoticeClass.Service && pause?.Pauses(state.Id) == true))
        {
            return (row, NotNeeded, null);
        }

        var account = state.Id;
        var days = Math.Abs(due.DayNumber - today.DayNumber);
        return (row, Told, new Notice
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"due-{account}-{due:yyyyMMdd}-{row.OnDay}-{row.Kind}"),
            Customer = account.Customer, Account = account, Kind = row.Kind, HappenedOn = today, Place = house.LastPosition,
            MadeAt = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000,
            Fields = new Dictionary<string, string>
            {
                ["amount"] = unpaid.ToString(), ["minimum"] = MinimumOf(state, due, unpaid).ToString(),
                ["due"] = due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["days"] = days.ToString(CultureInfo.InvariantCulture),
            },
        });
    }

    /// <summary>
    /// Before and on the day everything that falls due then; after it what is still overdue of it: a bill whose minimum was paid is not.
    /// </summary>
    private static Money UnpaidOf(AccountState state, DateOnly due, DateOnly today)
    {
        var unpaid = state.Items.Sum(
            state.Currency,
            item => item.DueOn == due && !item.Disputed && !item.WrittenOff ? item.Unpaid : Money.Zero(state.Currency));
        return today > due && state.DaysPastDue(today) == 0 ? Money.Zero(state.Currency) : unpaid;
    }

    private static Money MinimumOf(AccountState state, DateOnly due, Money unpaid) =>
        state.Bills.Find(bill => bill.DueOn == due) is { } bill
            ? Larger(Money.Zero(state.Currency), bill.Minimum - bill.PaidSince) : unpaid;

    private static Money Larger(Money one, Money other) => one < other ? other : one;

    private async Task<AccountState?> StateAsync(AccountId account, DateOnly today) =>
        await house.ReadAsync(account) is { Lifecycle: not NotOpened } state
        && house.Terms.Find(state.Product, state.Terms.Version) is { } terms
            ? Explainer.RunAhead(state, terms, today).State : null;

    private sealed record Row
    {
        public long Account { get; init; }
        public long DueOn { get; init; }
        public string Kind { get; init; } = "";
        public long OnDay { get; init; }
    }
}
