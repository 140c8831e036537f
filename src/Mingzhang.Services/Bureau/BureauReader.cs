using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
using Mingzhang.Domain.Loans;
using Mingzhang.Domain.Opening;
using Mingzhang.Domain.Values;
using Mingzhang.Engine;

namespace Mingzhang.Services.Bureau;

/// <summary>
/// The monthly record of an account as it goes to the credit bureau, worked out from the account's facts as they are known today: what was
/// corrected is right in it (docs/rules/bureau.md).
/// </summary>
public sealed class BureauReader(CreditHouse house)
{
    /// <summary>Months that the bureau keeps of an account.</summary>
    public const int Months = 60;

    private const int DaysOfAStep = 30;
    private const int LastStep = 7;

    /// <summary>The months that are over, latest first; empty for an account that is not there.</summary>
    public IReadOnlyList<BureauMonth> Of(AccountId account)
    {
        var history = house.History(account);
        var opened = history.SelectMany(entry => entry.Events).OfType<AccountOpened>().FirstOrDefault();
        if (opened is null)
        {
            return [];
        }

        var today = house.BusinessDateOf(account);
        var months = new List<BureauMonth>();
        var month = FirstOf(today).AddMonths(-1);
        for (; month >= FirstOf(opened.EffectiveOn) && months.Count < Months; month = month.AddMonths(-1))
        {
            var end = month.AddMonths(1).AddDays(-1);
            if (AccountCorrector.AsOf(history, house.Terms, end, today) is { } state)
            {
                months.Add(new BureauMonth(month, StatusOf(state, month, end), BalanceOf(state)));
            }
        }

        // A closed account is told once, in the month it closed.
        var closed = months.FindLastIndex(one => one.Status == 'C');
        return closed > 0 ? months[closed..] : months;
    }

    /// <summary>The months of each loan that was paid out, latest first, as they go to the bureau; told once when settled.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<BureauMonth>> LoansOf(AccountId account)
    {
        var history = house.History(account);
        var today = house.BusinessDateOf(account);
        var paidOut = history.SelectMany(entry => entry.Events).OfType<LoanDisbursed>()
            .GroupBy(one => one.Loan.Id)
            .ToDictionary(group => group.Key, group => FirstOf(group.First().EffectiveOn), StringComparer.Ordinal);
        var months = paidOut.Keys.ToDictionary(id => id, _ => new List<BureauMonth>(), StringComparer.Ordinal);
        var first = paidOut.Count == 0 ? today : paidOut.Values.Min();
        var month = FirstOf(today).AddMonths(-1);
        for (var count = 0; paidOut.Count > 0 && month >= first && count < Months; count++, month = month.AddMonths(-1))
        {
            var end = month.AddMonths(1).AddDays(-1);
            if (AccountCorrector.AsOf(history, house.Terms, end, today) is not { } state)
            {
                continue;
            }

            foreach (var id in paidOut.Where(one => one.Value <= month).Select(one => one.Key))
            {
                months[id].Add(MonthOf(state, id, month, end));
            }
        }

        return months.ToDictionary(
            one => one.Key, one => (IReadOnlyList<BureauMonth>)(one.Value.FindLastIndex(told => told.Status == 'C') is > 0 and var closed
                ? one.Value[closed..] : one.Value), StringComparer.Ordinal);
    }

    private static BureauMonth MonthOf(AccountState state, string loan, DateOnly month, DateOnly end)
    {
        var items = state.Items.Where(item => item.LoanId == loan).ToList();
        var unpaid = items.Where(item => item.Unpaid.IsPositive).ToList();
        var late = unpaid.Where(item => item.DueOn is { } due && due < end && !item.Disputed)
            .Select(item => end.DayNumber - item.DueOn!.Value.DayNumber).DefaultIfEmpty().Max();
        var status = unpaid.Exists(item => item.WrittenOff) ? 'B'
            : unpaid.Count == 0 && state.Loans.All(one => one.Id != loan) ? 'C'
            : late > 0 ? (char)('0' + Math.Min(LastStep, ((late - 1) / DaysOfAStep) + 1))
            : items.Exists(item => item.DueOn is { } due && due >= month && due <= end) ? 'N' : '*';
        return new BureauMonth(month, status, unpaid.Where(item => item.IsPrincipal).Sum(item => item.Unpaid.MinorUnits));
    }

    private static char StatusOf(AccountState state, DateOnly month, DateOnly end) => state switch
    {
        { Lifecycle: Closed } => 'C',
        _ when state.Items.Any(item => item.WrittenOff && item.Unpaid.IsPositive) => 'B',
        _ when state.DaysPastDue(end) is > 0 and var days =>
            (char)('0' + Math.Min(LastStep, ((days - 1) / DaysOfAStep) + 1)),
        _ => FellDue(state, month, end) ? 'N' : '*',
    };

    /// <summary>Whether something was due in the month: a bill of more than nothing, or a row of a loan.</summary>
    private static bool FellDue(AccountState state, DateOnly month, DateOnly end) =>
        state.Bills.Any(bill => bill.DueOn >= month && bill.DueOn <= end && bill.Closing.IsPositive)
        || state.Loans.Any(loan => loan.Rows.Any(row => row.DueOn >= month && row.DueOn <= end))
        || state.Items.Any(item => item.DueOn is { } due && due >= month && due <= end);

    private static long BalanceOf(AccountState state) => state.Items.Sum(
        state.Currency, item => item.IsPrincipal ? item.Unpaid : Money.Zero(state.Currency)).MinorUnits;

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}
