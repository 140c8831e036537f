namespace Mingzhang.Domain.Loans;

/// <summary>What a loan or plan would be: its rows, its costs, its terms. Shown beforehand and booked from the same object.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Offer">Code of the offer.</param>
/// <param name="Principal">Principal.</param>
/// <param name="StartsOn">The day it would begin.</param>
/// <param name="Rate">Price per day; 0 for a plan.</param>
/// <param name="Penalty">Overdue price per day.</param>
/// <param name="PenaltyOnCharges">Whether charges bear it.</param>
/// <param name="Rounding">Of interest and charges.</param>
/// <param name="Early">What early repayment costs.</param>
/// <param name="Rows">The schedule.</param>
/// <param name="Lenders">Who lends.</param>
/// <param name="PurchaseId">The purchase, for a purchase plan.</param>
/// <param name="Method">How the principal comes back.</param>
/// <param name="DueDay">Day of the month of its due days; 0 where they are not monthly.</param>
public sealed record LoanQuote(
    LoanKind Kind, string Offer, Money Principal, DateOnly StartsOn, Rate Rate, Rate Penalty, bool PenaltyOnCharges, Rounding Rounding,
    EarlyTerms Early, ValueList<ScheduleRow> Rows, ValueList<LenderShare> Lenders, string? PurchaseId,
    ScheduleMethod Method, int DueDay)
{
    /// <summary>All interest and fees if paid as scheduled.</summary>
    public Money Cost => Money.Of(Rows.AsSpan().ToArray().Sum(row => row.InterestMinor + row.FeeMinor), Principal.Currency);

    /// <summary>The cost table (综合融资成本明示表), or why this must not be offered.</summary>
    public required CostTableAnswer Table { get; init; }

    /// <summary>What the table lists; the same whatever cap holds.</summary>
    public ValueList<ListedCost> Listed { get; init; }

    /// <summary>The cap that its simple rate was compared with; null when none is known.</summary>
    public CapRow? Cap => Table switch
    {
        CostTableMade made => made.Table.Cap,
        CostTableRefused { Verdict: AboveCap above } => above.Row,
        CostTableRefused => null,
        CostTableFaulty => null,
    };

    /// <summary>Both yearly rates; null when there is no table.</summary>
    public AnnualCost.AnnualRates? YearlyCost() => Table switch
    {
        CostTableMade made => made.Table.Rates,
        CostTableRefused { Verdict: AboveCap above } => above.Rates,
        CostTableRefused => null,
        CostTableFaulty => null,
    };

    /// <summary>The id of its cost table, to be confirmed; empty when there is no table.</summary>
    public string CostTableId => Table is CostTableMade made ? made.Table.Id : "";

    /// <summary>The loan, with due items numbered from <paramref name="firstItemId"/>, under the table that was confirmed.</summary>
    internal Loan ToLoan(string id, int firstItemId, string? pool, CostConfirmation? confirmed)
    {
        var next = firstItemId;
        var zero = Money.Zero(Principal.Currency);
        var rows = Rows.Map(row => new LoanRow(
            row.Number, row.DueOn, row.PrincipalMinor > 0 ? next++ : 0, Money.Of(row.PrincipalMinor, Principal.Currency),
            Rate.Ppm > 0 ? zero : Money.Of(row.InterestMinor + row.FeeMinor, Principal.Currency)));
        if (Rate.Ppm > 0)
        {
            rows = rows.Map(row => row with { Charge = Money.Of(Rows[row.Number - 1].FeeMinor, Principal.Currency) });
        }

        return new Loan(
            id, Kind, Offer, Rows.Count, Principal, StartsOn, Rate, Penalty, PenaltyOnCharges, Rounding, Early, rows, Lenders, default,
            default, default, PurchaseId, Method, DueDay, pool, confirmed?.CostTable ?? "")
        {
            Listed = Listed,
        };
    }
}

/// <summary>Works out quotes and checks what must hold before a contract.</summary>
public static class LoanQuotes
{
    /// <summary>A cash loan from an offer; null when the offer makes no schedule for this amount.</summary>
    public static LoanQuote? Of(AccountState state, ProductTerms terms, LoanOffer offer, int count, Money amount, DateOnly on)
    {
        if (terms.Loan is not { } loans)
        {
            return null;
        }

        var shared = loans.DueDay == DueDayRule.Shared && offer.Period == SchedulePeriod.Monthly ? SharedDueDay(state) : 0;
        var schedule = ScheduleOf(offer, count) with { DueDates = shared == 0 ? [] : DueDatesOn(shared, on, count) };
        return RepaymentSchedule.Of(schedule, amount, on) is Scheduled made
            ? Of(terms, loans, offer, made, amount, on, shared)
            : null;
    }

    /// <summary>Null, or why a product does not offer a loan at all: no loans (240), no such offer (241), not such an amount
    /// (242).</summary>
    public static Refusal? Check(ProductTerms terms, string offer, int count, Money amount) => terms.Loan is not { } loans
        ? new LoansNotOffered()
        : loans.Offer(offer, count) is null ? new OfferUnknown(offer, count)
        : amount < loans.Smallest || amount > loans.Largest || amount.MinorUnits % loans.MultipleMinor != 0
        ? new LoanAmountNotOffered(loans.Smallest, loans.Largest, Money.Of(loans.MultipleMinor, terms.Currency))
        : null;

    /// <summary>A cash loan with a schedule, with its cost table.</summary>
    internal static LoanQuote Of(
        ProductTerms terms, LoanTerms loans, LoanOffer offer, Scheduled made, Money amount, DateOnly on, int shared) =>
        LoanCostTables.WithTable(terms, new LoanQuote(
            LoanKind.Cash, offer.Code, amount, on, offer.Rate, Rate.PerDay(offer.Rate.Ppm * loans.PenaltyPercent / 100),
            loans.PenaltyOnCharges, offer.Rounding, loans.Early, made.Rows, SharesOf(terms), null,
            offer.Method, shared != 0 ? shared : offer.Period.Unit == PeriodUnit.Month ? on.Day : 0)
        {
            Table = NoTable,
        });

    /// <summary>The schedule terms of an offer.</summary>
    internal static ScheduleTerms ScheduleOf(LoanOffer offer, int count) => new()
    {
        Method = offer.Method,
        Count = offer.Method == ScheduleMethod.Bullet ? 1 : count,
        Period = offer.Method == ScheduleMethod.Bullet ? offer.Period with { Length = offer.Period.Length * count } : offer.Period,
        Rate = ScheduleRate.From(offer.Rate),
        Rounding = offer.Rounding,
        Fee = new FlatFee(offer.FeePpm, offer.Spread),
    };

    internal static CostTableAnswer NoTable { get; } = new CostTableFaulty(CostTableFault.NothingLent);

    /// <summary>The lenders' fixed shares; the platform's own share takes what rounding leaves.</summary>
    public static ValueList<LenderShare> SharesOf(ProductTerms terms) =>
        ValueList.From(terms.Lenders.OrderBy(lender => lender.Platform).Select(lender => new LenderShare(lender.Code, lender.SharePpm)));

    // The day of the month of the oldest open loan; 0 when there is none.
    private static int SharedDueDay(AccountState state) => state.Loans.Find(loan => loan.IsCash && loan.DueDay > 0)?.DueDay ?? 0;

    /// <summary>That day of so many months, clipped to short ones; the first at least half a month away.</summary>
    internal static ValueList<DateOnly> DueDatesOn(int day, DateOnly on, int count)
    {
        var month = new DateOnly(on.Year, on.Month, 1);
        while (In(month) < on.AddDays(15))
        {
            month = month.AddMonths(1);
        }

        return ValueList.From(Enumerable.Range(0, count).Select(k => In(month.AddMonths(k))));

        DateOnly In(DateOnly first) => MonthLength.Day(first, day);
    }
}
