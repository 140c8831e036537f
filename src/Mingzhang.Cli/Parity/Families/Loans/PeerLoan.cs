using Mingzhang.Domain.Schedules;
using Mingzhang.Domain.Values;

namespace Mingzhang.Cli.Parity.Families.Loans;

/// <summary>The inputs of a case in the product's words: terms and facts, or why they are out of scope.</summary>
internal sealed record PeerLoan(LoanBookTerms Terms, ValueList<LoanBookFact> Facts, string? OutOfScope)
{
    private const long Hundred = 100;

    public static PeerLoan Read(ParityNode inputs)
    {
        var events = inputs.Get("events").Items();
        var reason = PeerScope.Reason(inputs, events);
        if (reason is not null)
        {
            return new PeerLoan(TermsOf(inputs), [], reason);
        }

        var terms = TermsOf(inputs);
        var isDebited = inputs.Find("down_payment")?.Find("auto_repayment")?.Flag() ?? false;
        var told = new PeerFacts(terms, isDebited);
        var facts = told.Read(events);
        if (!facts.Exists(fact => fact is PaidOut))
        {
            facts.Insert(0, new PaidOut(inputs.Get("expected_disbursement").Day(), PeerText.Minor(inputs.Get("principal_approved"))));
        }

        return new PeerLoan(WithLength(terms, facts, inputs.Find("fixed_length")), ValueList.From(facts), told.Unknown);
    }

    private static LoanBookTerms TermsOf(ParityNode inputs)
    {
        var isProgressive = inputs.Get("schedule_type").Text() == "PROGRESSIVE";
        var recalculation = inputs.Find("interest_recalculation");
        return new LoanBookTerms
        {
            Schedule = isProgressive && IsDeclining(inputs) ? Progressive(inputs) : Cumulative(inputs),
            Recalculation = recalculation?.Get("rest_frequency").Text() switch
            {
                null => Recalculation.None,
                "DAILY" => Recalculation.Daily,
                _ => Recalculation.ToPeriodEnd,
            },
            EarlyInterest = recalculation?.Get("pre_closure_strategy").Text() == "TILL_REST_FREQUENCY_DATE"
                ? EarlyInterest.ToPeriodEnd
                : EarlyInterest.ToPaymentDay,
            RoundEachStretch = inputs.Find("interest_rounding")?.Text() == "PER_INTEREST_PERIOD",
            Order = OrderOf(inputs),
            Sweep = inputs.Find("schedule_processing_type")?.Text() == "VERTICAL" ? AllocationSweep.PartByPart : AllocationSweep.RowByRow,
            Ahead = RuleOf(inputs.Find("future_installment_allocation")?.Find("DEFAULT")) ?? AheadRule.NextRow,
            AheadByKind = ValueList.From(Kinds(inputs)),
            LaterSpread = isProgressive ? LaterSpread.OverRemainingRows : LaterSpread.ByShareOfTotal,
        };
    }

    /// <summary>A fixed length in days forces the last due day.</summary>
    private static LoanBookTerms WithLength(LoanBookTerms terms, List<LoanBookFact> facts, ParityNode? days) => days is null
        ? terms
        : terms with
        {
            Schedule = terms.Schedule with
            {
                LastDueOn = facts.OfType<PaidOut>().Min(fact => fact.On).AddDays(Math.Clamp(PeerText.Int(days), 0, 36_600)),
            },
        };

    /// <summary>Equal instalments by whole periods, smoothed.</summary>
    private static ScheduleTerms Progressive(ParityNode inputs) => Common(inputs) with
    {
        Rate = new ScheduleRate(
            PeerText.Ppm(inputs.Get("annual_interest_rate_percent")),
            inputs.Get("days_in_month").Text() == "30" ? DayRule.NominalThirty : DayRule.NominalMonth,
            inputs.Get("days_in_year").Text() switch
            {
                "360" => YearRule.Days360,
                "364" => YearRule.Days364,
                "365" => YearRule.Days365,
                _ => YearRule.ActualFromYearEnd,
            }),
        Smooth = true,
        InstalmentByWholePeriods = true,
    };

    /// <summary>Flat interest, or a declining balance whose instalment counts every month alike.</summary>
    private static ScheduleTerms Cumulative(ParityNode inputs)
    {
        var ppm = PeerText.Ppm(inputs.Get("annual_interest_rate_percent"));
        var isDaily = inputs.Get("interest_calculation_period").Text() == "DAILY";
        var isFlat = inputs.Get("interest_type").Text() == "FLAT";
        var isEqualPrincipal = inputs.Get("amortization").Text() == "EQUAL_PRINCIPAL" || ppm == 0;
        var byPeriod = new ScheduleRate(ppm, DayRule.NominalThirty, inputs.Get("repay_every_unit").Text() switch
        {
            "DAYS" => YearRule.Days365,
            "WEEKS" => YearRule.Days364,
            _ => YearRule.Days360,
        });
        return Common(inputs) with
        {
            Method = isEqualPrincipal ? ScheduleMethod.EqualPrincipal
                : isFlat ? ScheduleMethod.FlatInterest
                : ScheduleMethod.EqualInstalment,
            Rate = isDaily && !isFlat ? ScheduleRate.Actual365(ppm) : byPeriod,
            MultipleMinor = inputs.Get("amortization").Text() == "EQUAL_PRINCIPAL" ? 1 : Multiple(inputs),
            InstalmentRate = isDaily && !isFlat ? new ScheduleRate(ppm, DayRule.NominalThirty, YearRule.Days365) : null,
        };
    }

    // Without interest, flat and declining are the same.
    private static bool IsDeclining(ParityNode inputs) =>
        inputs.Get("amortization").Text() != "EQUAL_PRINCIPAL"
        && (inputs.Get("interest_type").Text() != "FLAT" || PeerText.Ppm(inputs.Get("annual_interest_rate_percent")) == 0);

    private static ScheduleTerms Common(ParityNode inputs) => new()
    {
        Method = ScheduleMethod.EqualInstalment,
        Count = PeerText.Int(inputs.Get("number_of_repayments")),
        Period = new SchedulePeriod(
            PeerText.UnitOf(inputs.Get("repay_every_unit")),
            PeerText.Int(inputs.Get("repay_every"))),
        StartsOn = inputs.Find("schedule_start")?.Day(),
        DueDates = ValueList.From(inputs.Find("due_dates")?.Items().Select(day => day.Day()) ?? []),
        Rounding = Rounding.HalfEven,
        PartRounding = Rounding.HalfEven,
        PrincipalGraceRows = inputs.Find("grace_on_principal_periods") is { } grace ? PeerText.Int(grace) : 0,
        MultipleMinor = Multiple(inputs),
        DownPaymentPpm = inputs.Find("down_payment") is { } down ? PeerText.Ppm(down.Get("percentage")) : 0,
    };

    private static long Multiple(ParityNode inputs) =>
        inputs.Find("installment_amount_in_multiples_of") is { } multiple ? PeerText.Int(multiple) * Hundred : 1;

    private static ValueList<BookComponent> OrderOf(ParityNode inputs) =>
        inputs.Find("payment_allocation_order")?.Text() == "STANDARD"
            ? [BookComponent.Penalty, BookComponent.Fee, BookComponent.Principal, BookComponent.Interest]
            : [BookComponent.Penalty, BookComponent.Fee, BookComponent.Interest, BookComponent.Principal];

    private static IEnumerable<KindAhead> Kinds(ParityNode inputs)
    {
        foreach (var (name, value) in inputs.Find("future_installment_allocation")?.Fields() ?? [])
        {
            if (PeerFacts.KindOf(name) is { } kind && RuleOf(value) is { } rule)
            {
                yield return new KindAhead(kind, rule);
            }
        }
    }

    private static AheadRule? RuleOf(ParityNode? node) => node?.Text() switch
    {
        null => null,
        "LAST_INSTALLMENT" => AheadRule.LastRow,
        "REAMORTIZATION" => AheadRule.EvenlyOverRows,
        _ => AheadRule.NextRow,
    };
}
