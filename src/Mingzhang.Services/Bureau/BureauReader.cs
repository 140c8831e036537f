using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Corrections;
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
