using Mingzhang.Domain.AnnualCost;

namespace Mingzhang.Domain.Explaining;

/// <summary>What a debt is, by what it bears.</summary>
public enum DebtPart
{
    /// <summary>Rows of a cash loan that were not paid in time.</summary>
    LateLoan,

    /// <summary>Principal of bills that were not paid in time.</summary>
    LateBill,

    /// <summary>Principal that revolves.</summary>
    Revolving,

    /// <summary>Principal of a cash loan that is not yet due.</summary>
    Loan,

    /// <summary>What settles an instalment plan today; its charges are fixed.</summary>
    Plan,

    /// <summary>Owed, and bears nothing today.</summary>
    Free,
}

/// <summary>A debt with its price.</summary>
/// <param name="Account">Whose account.</param>
/// <param name="LoanId">The loan or plan; null for what is billed.</param>
/// <param name="Part">What it is.</param>
/// <param name="Amount">What bears the price; of a plan what settles it.</param>
/// <param name="Price">What it bears a day or a year; nothing for a plan, whose charges are fixed.</param>
/// <param name="YearlyPpm">The price of leaving it as it is, a year, simple: the price by days times 365, or IRR × 12 of settling a plan
/// today against paying its rows.</param>
public sealed record PricedDebt(AccountId Account, string? LoanId, DebtPart Part, Money Amount, Rate Price, long YearlyPpm)
{
    /// <summary>Fee for repaying all of it today.</summary>
    public required Money EarlyFee { get; init; }

    /// <summary>Of a plan: charges to come less the fee for repaying early, which only settling all of it saves.</summary>
    public required Money SavedBySettling { get; init; }

    /// <summary>Until when it bears nothing; null when it bears something, or no day is known.</summary>
    public DateOnly? FreeUntil { get; init; }
}

/// <summary>A sum put to one debt.</summary>
/// <param name="Debt">Which.</param>
/// <param name="Pay">How much of it.</param>
public sealed record DebtStep(PricedDebt Debt, Money Pay)
{
    /// <summary>What it saves in so many days, undivided; a plan's saving does not go by days.</summary>
    public Accrual SavedIn(int days) => default(Accrual).Plus(Pay, Debt.Price, days);

    /// <summary>What settling a plan saves in all; nothing for a part of it, and nothing for what saves by days.</summary>
    public Money SavedAtOnce => Pay == Debt.Amount ? Debt.SavedBySettling : Money.Zero(Pay.Currency);
}

/// <summary>Which debt to repay first: the dearest.</summary>
public static class DebtOrder
{
    private const int DaysOfYear = 365;

    /// <summary>The debts of an account on a day; disputed and written-off ones are left out.</summary>
    /// <example>1,000.00 that revolves at 0.05 % a day: 18.25 % a year; 200.00 repaid there save 0.10 a day and 3.00 in 30.</example>
    public static ValueList<PricedDebt> Of(AccountState state, DateOnly on)
    {
        var debts = new List<PricedDebt>();
        var (revolving, late) = state.BearingPrincipal();
        Add(debts, state, null, DebtPart.LateBill, late, state.Terms.Overdue);
        Add(debts, state, null, DebtPart.Revolving, revolving, state.Terms.Revolving);
        foreach (var loan in state.Loans)
        {
            if (loan.IsCash)
            {
                var (open, overdue, charges) = LoanFigures.Bearing(state, loan);
                Add(debts, state, loan, DebtPart.LateLoan, loan.PenaltyOnCharges ? overdue + charges : overdue, loan.Penalty);
                Add(debts, state, loan, DebtPart.Loan, open, loan.Rate);
            }
            else if (state.Scheduled(loan.Id).IsPositive)
            {
                debts.Add(PlanOf(state, loan, on));
            }
        }

        var free = state.Items.Where(item => BearsNothing(state, item));
        var owed = free.Sum(state.Currency, item => item.Unpaid) - state.CreditBalance;
        if (owed.IsPositive)
        {
            debts.Add(new PricedDebt(state.Id, null, DebtPart.Free, owed, default, 0)
            {
                EarlyFee = Money.Zero(state.Currency), SavedBySettling = Money.Zero(state.Currency),
                FreeUntil = free.Min(item => item.DueOn),
            });
        }

        return ValueList.From(debts);
    }

    /// <summary>Debts of several accounts in one currency: the dearest first, of equal price what is late, then the smaller.</summary>
    public static ValueList<PricedDebt> Sorted(IEnumerable<PricedDebt> debts) => ValueList.From(debts
        .OrderByDescending(one => one.YearlyPpm).ThenBy(one => one.Part).ThenBy(one => one.FreeUntil ?? DateOnly.MaxValue)
        .ThenBy(one => one.Amount).ThenBy(one => one.Account.ToString(), StringComparer.Ordinal)
        .ThenBy(one => one.LoanId, StringComparer.Ordinal));

    /// <summary>A sum put to sorted debts, the first ones first; what is over is not in it.</summary>
    public static ValueList<DebtStep> Spend(ValueList<PricedDebt> sorted, Money sum)
    {
        var steps = new List<DebtStep>();
        foreach (var debt in sorted)
        {
            var pay = Money.Min(sum, debt.Amount);
            if (!pay.IsPositive)
            {
                break;
            }

            steps.Add(new DebtStep(debt, pay));
            sum -= pay;
        }

        return ValueList.From(steps);
    }

    private static void Add(List<PricedDebt> debts, AccountState state, Loan? loan, DebtPart part, Money amount, Rate price)
    {
        if (amount.IsPositive)
        {
            debts.Add(new PricedDebt(state.Id, loan?.Id, part, amount, price, price.AnnualPpm(DaysOfYear))
            {
                EarlyFee = part == DebtPart.Loan ? LoanFigures.EarlyFeeOf(loan!, amount, amount) : Money.Zero(state.Currency),
                SavedBySettling = Money.Zero(state.Currency),
            });
        }
    }

    private static PricedDebt PlanOf(AccountState state, Loan loan, DateOnly on)
    {
        var settlement = state.SettlementOf(loan, on);
        var rows = loan.Rows.Map(row => (row.Principal + row.Charge).MinorUnits + state.Carried(loan.Id, row.Number).MinorUnits);
        var saved = Money.Of(rows.AsSpan().ToArray().Sum(), state.Currency) - settlement.Early;
        var yearly = saved.IsPositive ? AnnualRates.OfPeriods([-settlement.Early.MinorUnits, .. rows.AsSpan()]) : null;
        return new PricedDebt(state.Id, loan.Id, DebtPart.Plan, settlement.Early, default, yearly?.SimplePpm ?? 0)
        {
            EarlyFee = settlement.Fee, SavedBySettling = saved.OrZeroIfNegative(),
        };
    }

    // Charges and interest that were posted, and principal before its due day; not what a price above counts.
    private static bool BearsNothing(AccountState state, DueItem item)
    {
        if (item.Disputed || item.WrittenOff || item.Scheduled || !item.Unpaid.IsPositive)
        {
            return false;
        }

        var cash = item.BilledOn is null ? state.Loans.Find(loan => loan.IsCash && loan.Id == item.LoanId) : null;
        var counts = item.IsPrincipal || (cash is { PenaltyOnCharges: true } && item.Component is (Component.Interest or Component.Fee));
        return item.Bearing == Bearing.None || !counts;
    }
}
