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

    /// <summary>The loan, with due items numbered from <paramref name="firstItemId"/>.</summary>
    internal Loan ToLoan(string id, int firstItemId, string? pool)
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
            default, default, PurchaseId, Method, DueDay, pool, CostTableId);
    }
}

/// <summary>Works out quotes and checks what must hold before a contract.</summary>
public static class LoanQuotes
{
    /// <summary>Version of the sentences around the table's numbers.</summary>
    public const string WordingVersion = "cost-table.v1";

    /// <summary>A cash loan from an offer; null when the offer makes no schedule for this amount.</summary>
    public static LoanQuote? Of(AccountState state, ProductTerms terms, LoanOffer offer, int count, Money amount, DateOnly on)
    {
        if (terms.Loan is not { } loans)
        {
            return null;
        }

        var shared = loans.DueDay == DueDayRule.Shared && offer.Period == SchedulePeriod.Monthly ? SharedDueDay(state) : 0;
        var schedule = ScheduleOf(offer, count) with { DueDates = shared == 0 ? [] : DueDatesOn(shared, on, count) };
        return RepaymentSchedule.Of(schedule, amount, on) is not Scheduled made ? null : WithTable(terms, new LoanQuote(
            LoanKind.Cash, offer.Code, amount, on, offer.Rate, Rate.PerDay(offer.Rate.Ppm * loans.PenaltyPercent / 100),
            loans.PenaltyOnCharges, offer.Rounding, loans.Early, made.Rows, SharesOf(terms), null,
            offer.Method, shared != 0 ? shared : offer.Period.Unit == PeriodUnit.Month ? on.Day : 0)
        {
            Table = NoTable,
        });
    }

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

    /// <summary>A quote with its cost table, held against the product's dated caps on its first day.</summary>
    internal static LoanQuote WithTable(ProductTerms terms, LoanQuote quote, Money? merchantBorne = null)
    {
        var currency = quote.Principal.Currency;
        var receiver = terms.Lenders.Count == 0 ? terms.Name.Zh : string.Join(" + ", terms.Lenders.Select(lender => lender.Name.Zh));
        var items = new List<CostItem>();
        var interest = quote.Rows.AsSpan().ToArray().Sum(row => row.InterestMinor);
        var fee = quote.Rows.AsSpan().ToArray().Sum(row => row.FeeMinor);
        if (quote.Rate.Ppm > 0)
        {
            items.Add(new CostItem(
                CostKind.Interest, CostTiming.EachInstalment, interest, quote.Rate.Ppm, CostBasis.PrincipalPerDay, receiver));
        }

        if (fee > 0)
        {
            var ppm = Rounded.Divide((Int128)fee * 1_000_000, quote.Principal.MinorUnits, Rounding.HalfUp);
            items.Add(new CostItem(CostKind.Fee, CostTiming.EachInstalment, fee, ppm, CostBasis.PrincipalOnce, receiver));
        }

        if (merchantBorne is { IsPositive: true } borne)
        {
            items.Add(new CostItem(CostKind.MerchantBorne, CostTiming.FirstInstalment, borne.MinorUnits, null, CostBasis.Amount, receiver));
        }

        items.Add(new CostItem(CostKind.LateCharge, CostTiming.WhenLate, 0, quote.Penalty.Ppm, CostBasis.OverduePerDay, receiver));
        var offer = new CostOffer(
            terms.Code, terms.Version, terms.Licence, quote.StartsOn, quote.StartsOn, quote.Principal, quote.Rows, ValueList.From(items),
            WordingVersion);
        return quote with { Table = CostTableMaker.Make(offer, CapsOf(terms)) };
    }

    // The caps the product file is held to, as a table; its licence alone selects them.
    private static CapTable CapsOf(ProductTerms terms) => new(terms.Caps.Map(cap => new CapRow(
        cap.Licence, 0, null, new Validity(cap.From, cap.Until), cap.AnnualPpm,
        new Clause(cap.Source, cap.Source, cap.Source, IsSample: false))));

    /// <summary>The lenders' fixed shares; the platform's own share takes what rounding leaves.</summary>
    public static ValueList<LenderShare> SharesOf(ProductTerms terms) =>
        ValueList.From(terms.Lenders.OrderBy(lender => lender.Platform).Select(lender => new LenderShare(lender.Code, lender.SharePpm)));

    /// <summary>Null, or why the evidence does not cover the quote.</summary>
    internal static Refusal? Disclosed(LoanQuote quote, CostConfirmation? disclosure, int readingSeconds) => disclosure switch
    {
        null => new DisclosureMissing(quote.CostTableId),
        _ when disclosure.CostTable != quote.CostTableId => new DisclosureOutdated(quote.CostTableId),
        _ when disclosure.ReadSeconds < readingSeconds => new ReadTooFast(readingSeconds),
        _ => null,
    };

    /// <summary>Null, or the refusal when the yearly cost (IRR × 12) is above the cap of the licence on the quote's day.</summary>
    /// <remarks>金规〔2025〕9号: the all-in cost of every loan. Checked at the offer and again when it is paid out.</remarks>
    internal static AboveCostCap? AboveCap(LoanQuote? quote) => quote?.Table switch
    {
        CostTableMade => null,
        CostTableRefused { Verdict: AboveCap above } =>
            new AboveCostCap(above.Rates.SimplePpm, above.Row.AnnualPpm, above.Row.Clause.Source),
        CostTableRefused { Verdict: NoCapKnown unknown } =>
            new AboveCostCap(0, 0, $"no cap is dated for licence {unknown.Licence} on {unknown.On:yyyy-MM-dd}"),
        _ => new AboveCostCap(0, 0, "the cost cannot be worked out"),
    };

    /// <summary>How many periods a year has.</summary>
    public static int PeriodsIn(SchedulePeriod period) => Math.Max(1, period.Unit switch
    {
        PeriodUnit.Day => 365 / period.Length,
        PeriodUnit.Week => 52 / period.Length,
        PeriodUnit.Month => 12 / period.Length,
        PeriodUnit.Year => 1,
    });

    // The day of the month of the oldest open loan; 0 when there is none.
    private static int SharedDueDay(AccountState state) => state.Loans.Find(loan => loan.IsCash && loan.DueDay > 0)?.DueDay ?? 0;

    // That day of so many months, clipped to short ones; the first at least half a month away.
    private static ValueList<DateOnly> DueDatesOn(int day, DateOnly on, int count)
    {
        var month = new DateOnly(on.Year, on.Month, 1);
        while (In(month) < on.AddDays(15))
        {
            month = month.AddMonths(1);
        }

        return ValueList.From(Enumerable.Range(0, count).Select(k => In(month.AddMonths(k))));

        DateOnly In(DateOnly first) => first.AddDays(Math.Min(day, MonthLength.Of(first)) - 1);
    }
}
