namespace Mingzhang.Domain.Schedules;

/// <summary>Instalments that stay as planned, by any method: early and late money changes no interest, and a further payment out is a
/// schedule of its own over the rows not yet due.</summary>
internal sealed class PlannedInstalments(LoanBookTerms terms, IReadOnlyList<BookRow> rows) : InstalmentPlan(terms, rows)
{
    private readonly List<(DateOnly On, long Amount)> _paidOut = [];

    public override ScheduleRefused? PayOut(DateOnly on, long amount)
    {
        _paidOut.Add((on, amount));
        Financed += amount;
        return _paidOut.TrueForAll(one => one.On == _paidOut[0].On) ? Once(on)
            : Terms.LaterSpread == LaterSpread.ByShareOfTotal ? ByShare() : Later(on, amount);
    }

    public override void Ask(BookRow row, long principal) => row[BookComponent.Principal] = principal;

    public override void Recompute()
    {
        var left = Financed;
        foreach (var row in Rows)
        {
            left -= row[BookComponent.Principal];
            row.Bearing = left;
        }
    }

    public override void ProcessOverdue(DateOnly on)
    {
    }

    public override long Payable(BookRow row, BookComponent part, DateOnly on) => row.Unpaid(part);

    public override void Pay(BookRow row, BookComponent part, DateOnly on, long amount, bool isNamed) => row.Pay(part, amount);

    private ScheduleRefused? Once(DateOnly on)
    {
        Span<ScheduleRow> plain = stackalloc ScheduleRow[Schedule.Count];
        var refused = RepaymentSchedule.Write(Schedule, Financed, on, null, plain);
        for (var k = 0; refused is null && k < plain.Length; k++)
        {
            Rows[k][BookComponent.Principal] = plain[k].PrincipalMinor;
            Rows[k][BookComponent.Interest] = plain[k].InterestMinor;
            Rows[k].PlannedFee(plain[k].FeeMinor);
        }

        return refused;
    }

    // By the same code as the first: method, grace, fee and rounding; from its day on. The rows ask for the sum.
    private ScheduleRefused? Later(DateOnly on, long amount)
    {
        if (Schedule is { InstalmentRate: not null } or { InstalmentByWholePeriods: true } or { InstalmentMinor: not null }
            or { Shift: not DayShift.None, InterestToPlannedDay: true })
        {
            return new ScheduleRefused(ScheduleFault.Disbursements, nameof(Schedule.Method));
        }

        var open = Rows.Where(row => on < row.DueOn).ToList();
        if (open.Count == 0)
        {
            return new ScheduleRefused(ScheduleFault.Fact, "On");
        }

        var passed = Rows.Count - open.Count;
        Span<ScheduleRow> added = stackalloc ScheduleRow[open.Count];
        Span<InterestFactor> prices = stackalloc InterestFactor[open.Count];
        for (var k = 0; k < open.Count; k++)
        {
            var from = k == 0 ? on : open[k].FromOn;
            added[k] = new ScheduleRow(k + 1, from, open[k].DueOn, 0, 0, 0, 0);
            prices[k] = passed + k < Schedule.InterestFreeRows
                ? default : InterestFactor.Of(Schedule.Rate, from, open[k].DueOn, open[k].Whole);
        }

        var own = Schedule with
        {
            Count = open.Count, OpeningInterestMinor = 0, PrincipalByRowMinor = InProportion(open, amount),
            PrincipalGraceRows = Math.Max(0, Schedule.PrincipalGraceRows - passed),
            InterestGraceRows = Math.Max(0, Schedule.InterestGraceRows - passed),
        };
        var refused = RowAmounts.Fill(own, amount, on, prices, added);
        for (var k = 0; refused is null && k < open.Count; k++)
        {
            open[k][BookComponent.Principal] += added[k].PrincipalMinor;
            open[k][BookComponent.Interest] += added[k].InterestMinor;
            open[k].AddFee(added[k].FeeMinor);
        }

        return refused;
    }

    // Where the principal of each row is given, more of it goes to the rows as they stand; the last takes what is left over.
    private ValueList<long> InProportion(List<BookRow> open, long amount)
    {
        if (Schedule.Method != ScheduleMethod.PrincipalByRow)
        {
            return default;
        }

        var (given, left, parts) = (open.Sum(row => row[BookComponent.Principal]), amount, new long[open.Count]);
        for (var k = 0; k < parts.Length; k++)
        {
            var share = given == 0 ? 0 : Rounded.Divide((Int128)amount * open[k][BookComponent.Principal], given, Schedule.PartRounding);
            parts[k] = k == parts.Length - 1 ? left : Math.Min(share, left);
            left -= parts[k];
        }

        return ValueList.Create<long>(parts);
    }

    /// <summary>Each row asks for its share of all that is out by its due day; the last takes the rest.</summary>
    private ScheduleRefused? ByShare()
    {
        var isPlain = Schedule.Rate.Ppm == 0 && Schedule.Fee.Ppm == 0 && Schedule.Method == ScheduleMethod.EqualPrincipal;
        if (!isPlain)
        {
            return new ScheduleRefused(ScheduleFault.Disbursements, nameof(Schedule.Method));
        }

        var asked = 0L;
        for (var k = 0; k < Rows.Count; k++)
        {
            var due = Rows[k].DueOn;
            var sofar = _paidOut.Where(one => one.On <= due).Sum(one => one.Amount);
            var parts = RowParts.Of(sofar, Schedule.Count, Schedule.MultipleMinor, Schedule.PartRounding, Remainder.LastRow);
            var open = sofar - asked;
            var principal = k >= Schedule.Count - 1 ? open : Math.Min(parts.Part, open);
            Rows[k][BookComponent.Principal] = principal;
            asked += principal;
        }

        return null;
    }
}
