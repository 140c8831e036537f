using System.Globalization;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Progress;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;
using Mingzhang.Services.Notifications;
using Mingzhang.Services.Progress.Spend;
using Mingzhang.Services.Progress.State;

namespace Mingzhang.Services.Progress.Budgets;

/// <summary>Budgets of a month, as a whole and by merchant type, with a word at 80 % and at 100 %, once each a month.</summary>
public sealed class BudgetDesk(
    CreditHouse house, SpendReader reader, ProgressDesk progress, NoticeDesk notices, MerchantTypes types, TimeProvider time)
{
    /// <summary>The largest budget, minor units.</summary>
    public const long Most = 100_000_000;

    private const int Page = 50;
    private long _lookedAt = -1;
    private DateOnly _lookedOn;

    /// <summary>The budgets of an account.</summary>
    public IReadOnlyList<Budget> Of(AccountId account)
    {
        using var connection = house.OpenReadOnly();
        return BudgetShelf.Of(connection, account);
    }

    /// <summary>Keeps a budget; 0 drops it. Refused with 895 for an amount out of range or a type that does not exist.</summary>
    public async Task<Refusal?> SetAsync(AccountState state, string what, long amount)
    {
        if (amount is < 0 or > Most || (what != Budget.Total && types.Find(what) is null))
        {
            return new BudgetOutOfRange(Money.Of(Most, state.Currency));
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        await house.WriteAsync((connection, transaction) =>
            BudgetShelf.Keep(connection, transaction, state.Id, new Budget(what, amount), now));
        _lookedAt = -1;
        return null;
    }

    /// <summary>What was spent of a budget in a month.</summary>
    public static long SpentOf(Budget budget, SpendReport report, DateOnly month) => budget.What == Budget.Total
        ? report.Month(month).Amount
        : report.Types(month).FirstOrDefault(one => one.Type.Code == budget.What).Sum?.Amount ?? 0;

    /// <summary>Looks at every budget when spending moved on since the last look; returns how many were told.</summary>
    public async Task<int> GoOnAsync(CancellationToken cancel)
    {
        var (position, today) = (house.FollowedTo(SpendFollower.Checkpoint), house.BusinessDate);
        if ((position, today) == (_lookedAt, _lookedOn))
        {
            return 0;
        }

        (_lookedAt, _lookedOn) = (position, today);
        var (told, after) = (0, 0L);
        while (true)
        {
            IReadOnlyList<AccountId> page;
            using (var connection = house.OpenReadOnly())
            {
                page = BudgetShelf.After(connection, after, Page);
            }

            foreach (var account in page)
            {
                cancel.ThrowIfCancellationRequested();
                told += progress.Of(account).IsOpen ? await LookAsync(account) : 0;
            }

            if (page.Count < Page)
            {
                return told;
            }

            after = page[^1].Value;
        }
    }

    private async Task<int> LookAsync(AccountId account)
    {
        var month = SpendReport.MonthOf(house.BusinessDateOf(account));
        var report = await reader.ReportAsync(account, month);
        var told = 0;
        foreach (var budget in Of(account))
        {
            var spent = SpentOf(budget, report, month);
            told += budget.MarkAt(spent) is > 0 and var mark && await TellAsync(account, budget, spent, mark, month) ? 1 : 0;
        }

        return told;
    }

    // The same mark of the same amount is told once a month; a budget that was changed counts as another one.
    private async Task<bool> TellAsync(AccountId account, Budget budget, long spent, int mark, DateOnly month)
    {
        var currency = (await house.ReadAsync(account))!.Currency;
        var when = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return await notices.TellAsync(
            account.Customer, account, "budget-alert",
            string.Create(CultureInfo.InvariantCulture, $"{account}-{budget.What}-{when}-{mark}-{budget.Amount}"),
            new Dictionary<string, string>
            {
                ["what"] = budget.What, ["percent"] = mark.ToString(CultureInfo.InvariantCulture),
                ["spent"] = Money.Of(spent, currency).ToString(), ["budget"] = Money.Of(budget.Amount, currency).ToString(),
                ["month"] = when,
            });
    }
}
