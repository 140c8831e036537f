using Mingzhang.Domain.Schedules;
using Mingzhang.Domain.Values;

namespace Mingzhang.Cli.Parity.Families.Loans;

/// <summary>A contract in the product's words, and its events.</summary>
internal sealed class ActusContract
{
    private const decimal Unit = 100_000_000;
    private const decimal Most = 10_000_000_000;
    private const int MostRows = ScheduleTerms.MostRows;

    /// <summary>The day counts the product has, by their ACTUS names.</summary>
    public static readonly IReadOnlyDictionary<string, Func<long, ScheduleRate>> DayCounts =
        new Dictionary<string, Func<long, ScheduleRate>>(StringComparer.Ordinal)
        {
            ["30E360"] = ScheduleRate.Thirty360, ["A360"] = ScheduleRate.Actual360, ["A365"] = ScheduleRate.Actual365,
            ["AA"] = ScheduleRate.ActualActual,
        };

    private readonly ParityNode _node;
    private readonly string _type;
    private readonly DateOnly _startsOn;
    private readonly long _principal;
    private readonly ScheduleTerms _terms;
    private readonly DateOnly? _principalFrom;

    private ActusContract(ParityNode node)
    {
        _node = node;
        _type = node.Get("contractType").Text();
        var (paidOut, known) = (ActusText.Day(node.Get("initialExchangeDate")), ActusText.Day(node.Get("statusDate")));
        _startsOn = paidOut < known ? known : paidOut;
        _principal = Minor(node.Get("notionalPrincipal"));
        _principalFrom = node.Find("cycleOfPrincipalRedemption") is null ? null : ActusText.Anchor(node, "PrincipalRedemption");
        _terms = TermsOf(node);
    }

    private bool IsBorrower => _node.Get("contractRole").Text() is "RPL";

    private bool StatesInstalment => _node.Find("nextPrincipalRedemptionPayment") is not null;

    public static ActusContract Read(ParityNode terms) => new(terms);

    /// <summary>The events up to a day, seen from the side of the contract's role.</summary>
    public IReadOnlyList<ActusEvent> Events(DateOnly until)
    {
        var events = new List<ActusEvent>();
        if (ActusText.Day(_node.Get("initialExchangeDate")) > ActusText.Day(_node.Get("statusDate")))
        {
            var discount = _node.Find("premiumDiscountAtIED") is { } given ? ActusText.Number(given) : 0;
            events.Add(new ActusEvent(_startsOn, "IED", -(Amount(_principal) + discount)));
        }

        if (_type == "ANN" && !StatesInstalment)
        {
            events.Add(new ActusEvent(_principalFrom!.Value.AddDays(-1), "PRF", 0));
        }

        var rows = Schedule().Rows;
        foreach (var row in rows)
        {
            var isLast = row.Number == rows.Count;
            events.Add(new ActusEvent(row.DueOn, "IP", Amount(row.InterestMinor)));
            if (isLast || (_type is not ("PAM" or "CLM") && row.Number > _terms.PrincipalGraceRows))
            {
                events.Add(new ActusEvent(row.DueOn, isLast ? "MD" : "PR", Amount(row.PrincipalMinor)));
            }
        }

        var side = IsBorrower ? -1 : 1;
        return [.. events.Where(one => one.On <= until).Select(one => one with { Payoff = side * one.Payoff })];
    }

    private Scheduled Schedule()
    {
        var last = _node.Find("maturityDate") ?? _node.Find("amortizationDate");
        return last is null ? UntilPaid() : Made(_type switch
        {
            "PAM" or "CLM" => _terms with { Method = ScheduleMethod.InterestFirst },
            "LAM" when StatesInstalment => Linear(Days(last).Count),
            "LAM" => _terms with { Method = ScheduleMethod.EqualPrincipal, PartRounding = Rounding.HalfEven },
            _ => _terms with { Method = ScheduleMethod.EqualInstalment, InstalmentMinor = Instalment() },
        }, last);
    }

    /// <summary>The stated instalment, or the one that would pay everything by the day of amortisation.</summary>
    private long? Instalment()
    {
        if (_node.Find("nextPrincipalRedemptionPayment") is { } stated)
        {
            return Minor(stated);
        }

        return _node.Find("amortizationDate") is { } amortised && _node.Find("maturityDate") is not null
            ? Made(_terms, amortised).Rows[_terms.PrincipalGraceRows].TotalMinor
            : null;
    }

    /// <summary>The stated principal in every row; the last pays the rest.</summary>
    private ScheduleTerms Linear(int count)
    {
        var (part, left) = (Minor(_node.Get("nextPrincipalRedemptionPayment")), _principal);
        var parts = new long[count];
        for (var k = 0; k < count; k++)
        {
            parts[k] = k == count - 1 ? left : k < _terms.PrincipalGraceRows ? 0 : Math.Min(part, left);
            left -= parts[k];
        }

        return _terms with { Method = ScheduleMethod.PrincipalByRow, PrincipalByRowMinor = ValueList.Create<long>(parts) };
    }

    /// <summary>As many rows as the stated payment needs.</summary>
    private Scheduled UntilPaid()
    {
        var stated = Minor(_node.Get("nextPrincipalRedemptionPayment"));
        for (var count = 1; count <= MostRows; count++)
        {
            var days = ValueList.From(Enumerable.Range(0, count).Select(k => _terms.Period.After(FirstDue(), k, _terms.MonthEnd)));
            var terms = (_type == "LAM" ? Linear(count) : _terms with { InstalmentMinor = stated }) with { Count = count, DueDates = days };
            if (RepaymentSchedule.Of(terms, Money.Of(_principal, Currency.Cny), _startsOn) is Scheduled schedule
                && (_type == "LAM" ? schedule.Rows[^1].PrincipalMinor : schedule.Rows[^1].TotalMinor) <= stated)
            {
                return schedule;
            }
        }

        throw new InvalidOperationException("The stated payment never pays the principal.");
    }

    private Scheduled Made(ScheduleTerms terms, ParityNode last)
    {
        var days = Days(last);
        var dated = terms with { Count = days.Count, DueDates = days };
        return RepaymentSchedule.Of(dated, Money.Of(_principal, Currency.Cny), _startsOn) switch
        {
            Scheduled schedule => schedule,
            ScheduleRefused refused => throw new InvalidOperationException(refused.ToString()),
            _ => throw new InvalidOperationException("Neither scheduled nor refused."),
        };
    }

    /// <summary>The rhythm counts to the day as written; a payment at the end of that day bears interest for it.</summary>
    private ValueList<DateOnly> Days(ParityNode last)
    {
        var cycle = _node.Find("cycleOfInterestPayment");
        var days = cycle is null
            ? [ActusText.Written(last)]
            : _terms.Period.Until(FirstDue(), ActusText.Written(last), ActusText.Cycle(cycle).Last, _terms.MonthEnd).ToList();
        days[^1] = ActusText.Day(last);
        return ValueList.From(days.Where((day, k) => day >= _startsOn || k == days.Count - 1));
    }

    private DateOnly FirstDue() => ActusText.Anchor(_node, "InterestPayment");

    private ScheduleTerms TermsOf(ParityNode node)
    {
        var ppm = (long)(ActusText.Exact(node.Get("nominalInterestRate")) * 1_000_000);
        var shift = node.Find("calendar")?.Text() == "MF" ? node.Find("businessDayConvention")?.Text() ?? "" : "";
        var period = node.Find("cycleOfInterestPayment") is { } cycle ? ActusText.Cycle(cycle).Period : SchedulePeriod.Monthly;
        var monthEnd = node.Find("endOfMonthConvention")?.Text() == "EOM" ? MonthEnd.EndOfMonth : MonthEnd.SameDay;
        return new ScheduleTerms
        {
            Method = ScheduleMethod.EqualInstalment,
            Count = 1,
            Period = period,
            MonthEnd = monthEnd,
            Rate = DayCounts[node.Get("dayCountConvention").Text()](ppm),
            Rounding = Rounding.HalfEven,
            Shift = shift switch
            {
                "SCF" or "CSF" => DayShift.Following,
                "SCMF" or "CSMF" => DayShift.ModifiedFollowing,
                "SCP" or "CSP" => DayShift.Preceding,
                "SCMP" or "CSMP" => DayShift.ModifiedPreceding,
                _ => DayShift.None,
            },
            InterestToPlannedDay = shift.StartsWith("CS", StringComparison.Ordinal),
            OpeningInterestMinor = node.Find("accruedInterest") is { } accrued ? Minor(accrued) : 0,
            PrincipalGraceRows = _principalFrom is { } from
                ? Enumerable.Range(0, MostRows).TakeWhile(k => period.After(FirstDue(), k, monthEnd) < from).Count()
                : 0,
        };
    }

    private static long Minor(ParityNode node) => ActusText.Exact(node) is > -Most and < Most and var amount
        ? (long)decimal.Round(amount * Unit)
        : throw node.Bad(("is too large an amount", "Correct it."), ("金额过大", "请改正。"));

    private static double Amount(long minor) => minor / (double)Unit;
}
