namespace Mingzhang.Domain.Loans;

/// <summary>The cost table of a quote, and what must hold before its contract: the cap of its day, the table read and confirmed.</summary>
public static class LoanCostTables
{
    /// <summary>Version of the sentences around the table's numbers.</summary>
    public const string WordingVersion = "cost-table.v2";

    /// <summary>Every dated cap a loan of a product is held to: the law's, then those of the product file. The lowest counts.</summary>
    public static CapTable CapsOf(ProductTerms terms)
    {
        var own = terms.Caps.Map(cap => new CapRow(
            cap.Licence, 0, null, new Validity(cap.From, cap.Until), cap.AnnualPpm,
            new Clause(cap.Source, cap.Source, cap.Source, IsSample: false)));
        return new CapTable(terms.Costs is { } rules ? ValueList.From([.. rules.Caps.Rows, .. own]) : own);
    }

    /// <summary>A quote with its cost table, held against every cap of its first day.</summary>
    internal static LoanQuote WithTable(ProductTerms terms, LoanQuote quote, Money? merchantBorne = null)
    {
        var items = Items(terms, quote, merchantBorne);
        var offer = new CostOffer(
            terms.Code, terms.Version, terms.Licence, quote.StartsOn, quote.StartsOn, quote.Principal, quote.Rows, items, WordingVersion);
        return quote with { Table = CostTableMaker.Make(offer, CapsOf(terms)), Listed = ListedCosts.Of(items) };
    }

    /// <summary>Null, or why no contract may be made of a quote: above the cap, or the table not read and confirmed.</summary>
    /// <param name="quote">What would be booked.</param>
    /// <param name="confirmed">The evidence.</param>
    /// <param name="terms">The product with the rules that hold.</param>
    /// <param name="ownSeconds">The product's own reading time; the longer one of it and the law's counts.</param>
    /// <param name="on">The day.</param>
    internal static Refusal? Check(LoanQuote quote, CostConfirmation? confirmed, ProductTerms terms, int ownSeconds, DateOnly on)
    {
        if (AboveCap(quote) is { } above)
        {
            return above;
        }

        var table = quote.Table is CostTableMade made ? made.Table : null;
        var evidence = confirmed is null ? null : new ConfirmationEvidence(
            confirmed.CostTable, confirmed.ReadSeconds, confirmed.ConfirmedOn ?? on, confirmed.Language ?? "", confirmed.Channel ?? "");
        return GateOf(terms).Check(table, evidence, on, ownSeconds) switch
        {
            GateOpen => null,
            GateShut shut => Shut(shut, quote.CostTableId),
        };
    }

    /// <summary>The shortest reading time of a product's table on a day: its own, or the law's if that is longer.</summary>
    public static int ReadingSeconds(ProductTerms terms, int ownSeconds, DateOnly on) =>
        Math.Max(ownSeconds, GateOf(terms).Find(on)?.ReadingSeconds ?? 0);

    /// <summary>Null, or the refusal when the yearly cost (IRR × 12) is above the cap of the licence on the quote's day.</summary>
    /// <remarks>金规〔2025〕9号: the all-in cost of every loan. Checked at the offer and again when it is paid out.</remarks>
    internal static AboveCostCap? AboveCap(LoanQuote? quote) => quote?.Table switch
    {
        CostTableMade => null,
        CostTableRefused { Verdict: AboveCap above } => new AboveCostCap(
            above.Rates.SimplePpm, above.Row.AnnualPpm, above.Row.Clause.Zh)
        {
            CompoundPpm = above.Rates.CompoundPpm, Rule = above.Row.Clause,
        },
        CostTableRefused { Verdict: NoCapKnown unknown } => Unknown(
            $"没有适用于牌照 {unknown.Licence} 的上限", $"no cap is dated for licence {unknown.Licence} on {unknown.On:yyyy-MM-dd}"),
        _ => Unknown("无法计算成本", "the cost cannot be worked out"),
    };

    private static AboveCostCap Unknown(string zh, string en) =>
        new(0, 0, en) { Rule = new Clause(zh, en, "a missing rule is no permission", IsSample: false) };

    private static DisclosureGate GateOf(ProductTerms terms) => terms.Costs?.Gate ?? new DisclosureGate([]);

    private static Refusal Shut(GateShut shut, string table) => shut.Gap switch
    {
        GateGap.NoTable => new DisclosureMissing(table) { Rule = shut.Duty.Clause },
        GateGap.NotConfirmed => new DisclosureMissing(table) { Rule = shut.Duty.Clause },
        GateGap.OtherTable => new DisclosureOutdated(table) { Rule = shut.Duty.Clause },
        GateGap.ReadTooShort => new ReadTooFast(shut.Duty.ReadingSeconds) { Rule = shut.Duty.Clause },
        GateGap.OutOfTime => new DisclosureLapsed(shut.Duty.ValidDays) { Rule = shut.Duty.Clause },
    };

    private static ValueList<CostItem> Items(ProductTerms terms, LoanQuote quote, Money? merchantBorne)
    {
        var receiver = terms.Lenders.Count == 0 ? terms.Name.Zh : string.Join(" + ", terms.Lenders.Select(lender => lender.Name.Zh));
        var items = new List<CostItem>();
        var (interest, fee) = (0L, 0L);
        foreach (var row in quote.Rows.AsSpan())
        {
            (interest, fee) = checked((interest + row.InterestMinor, fee + row.FeeMinor));
        }

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
        if (quote.Early.Fee != EarlyFee.None)
        {
            var part = quote.Early.Fee == EarlyFee.PercentOrPeriod;
            items.Add(new CostItem(
                CostKind.EarlyFee, CostTiming.WhenEarly, 0, part ? quote.Early.FeePpm : 1_000_000,
                part ? CostBasis.RepaidEarly : CostBasis.RemainingFees, receiver));
        }

        return ValueList.From(items);
    }
}
