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
/// <param name="PeriodsPerYear">How many of its periods a year has: 12 for months.</param>
public sealed record LoanQuote(
    LoanKind Kind, string Offer, Money Principal, DateOnly StartsOn, Rate Rate, Rate Penalty, bool PenaltyOnCharges, Rounding Rounding,
    EarlyTerms Early, ValueList<ScheduleRow> Rows, ValueList<LenderShare> Lenders, string? PurchaseId, int PeriodsPerYear)
{
    /// <summary>All interest and fees if paid as scheduled.</summary>
    public Money Cost => Money.Of(Rows.AsSpan().ToArray().Sum(row => row.InterestMinor + row.FeeMinor), Principal.Currency);

    /// <summary>The yearly cost from the cash flows: simple (period IRR × periods) and compound; null only when nothing is paid
    /// back.</summary>
    public AnnualCost.AnnualRates? YearlyCost()
    {
        Span<long> flows = stackalloc long[Rows.Count + 1];
        flows[0] = -Principal.MinorUnits;
        for (var i = 0; i < Rows.Count; i++)
        {
            flows[i + 1] = Rows[i].TotalMinor;
        }

        return Cost.IsZero ? default(AnnualCost.AnnualRates) : AnnualCost.AnnualRates.OfPeriods(flows, PeriodsPerYear);
    }

    /// <summary>The id of its cost table; it follows from everything the customer is told, so another offer has another id.</summary>
    public string CostTableId => LoanQuotes.IdOf(this);

    /// <summary>The loan, with due items numbered from <paramref name="firstItemId"/>.</summary>
    internal Loan ToLoan(string id, int firstItemId)
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
            default, default, PurchaseId, CostTableId);
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

        var schedule = ScheduleOf(offer, count, loans.DueDay == DueDayRule.Shared ? SharedDueDay(state, on) : null);
        return RepaymentSchedule.Of(schedule, amount, on) is not Scheduled made ? null : new LoanQuote(
            LoanKind.Cash, offer.Code, amount, on, offer.Rate, Rate.PerDay(offer.Rate.Ppm * loans.PenaltyPercent / 100),
            loans.PenaltyOnCharges, offer.Rounding, loans.Early, made.Rows, SharesOf(terms), null, PeriodsIn(offer.Period));
    }

    /// <summary>The schedule terms of an offer.</summary>
    internal static ScheduleTerms ScheduleOf(LoanOffer offer, int count, DateOnly? firstDueOn) => new()
    {
        Method = offer.Method,
        Count = offer.Method == ScheduleMethod.Bullet ? 1 : count,
        Period = offer.Method == ScheduleMethod.Bullet ? offer.Period with { Length = offer.Period.Length * count } : offer.Period,
        FirstDueOn = firstDueOn,
        Rate = ScheduleRate.From(offer.Rate),
        Rounding = offer.Rounding,
        Fee = new FlatFee(offer.FeePpm, offer.Spread),
    };

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

    /// <summary>The id of a quote's cost table: the first 16 bytes of the SHA-256 of its content.</summary>
    internal static string IdOf(LoanQuote quote)
    {
        var text = new System.Text.StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture,
            $"{quote.Kind}|{quote.Offer}|{quote.Principal.Currency}|{quote.Principal.MinorUnits}|{quote.StartsOn:yyyy-MM-dd}|");
        text.Append(System.Globalization.CultureInfo.InvariantCulture,
            $"{quote.Rate}|{quote.Penalty}|{quote.PenaltyOnCharges}|{quote.Rounding}|{quote.Early}");
        foreach (ref readonly var row in quote.Rows.AsSpan())
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"|{row.DueOn:yyyy-MM-dd},{row.PrincipalMinor},{row.InterestMinor},{row.FeeMinor}");
        }

        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text.ToString()));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    /// <summary>Null, or the refusal when the yearly cost (IRR × 12) is above the cap of the licence on a day.</summary>
    /// <remarks>金规〔2025〕9号: the all-in cost of every loan. Checked at the offer and again when it is paid out.</remarks>
    internal static AboveCostCap? AboveCap(LoanQuote? quote, ProductTerms terms, DateOnly on)
    {
        if (quote?.YearlyCost() is not { } cost)
        {
            return new AboveCostCap(0, 0, "the cost cannot be worked out");
        }

        return terms.CapOn(on) is not { } cap
            ? new AboveCostCap(cost.SimplePpm, 0, $"no cap is dated for licence {terms.Licence}")
            : cost.SimplePpm > cap.AnnualPpm ? new AboveCostCap(cost.SimplePpm, cap.AnnualPpm, cap.Source) : null;
    }

    /// <summary>How many periods a year has.</summary>
    public static int PeriodsIn(SchedulePeriod period) => Math.Max(1, period.Unit switch
    {
        PeriodUnit.Day => 365 / period.Length,
        PeriodUnit.Week => 52 / period.Length,
        PeriodUnit.Month => 12 / period.Length,
        PeriodUnit.Year => 1,
    });

    // The first row falls on the oldest open loan's day of the month, at least half a month away.
    private static DateOnly? SharedDueDay(AccountState state, DateOnly on)
    {
        var oldest = state.Loans.Find(loan => loan.IsCash && loan.Rows.Count > 0);
        if (oldest is null)
        {
            return null;
        }

        var due = oldest.Rows[0].DueOn;
        while (due < on.AddDays(15))
        {
            due = due.AddMonths(1);
        }

        return due;
    }
}
