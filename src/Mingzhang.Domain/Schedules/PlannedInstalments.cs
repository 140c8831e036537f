namespace Mingzhang.Domain.Schedules;

/// <summary>Instalments that stay as planned: any method, one payment out; without interest also several.</summary>
internal sealed class PlannedInstalments(LoanBookTerms terms, IReadOnlyList<BookRow> rows) : InstalmentPlan(terms, rows)
{
    private readonly List<(DateOnly On, long Amount)> _paidOut = [];

    public override ScheduleRefused? PayOut(DateOnly on, long amount)
    {
        _paidOut.Add((on, amount));
        Financed += amount;
        return _paidOut.Select(one => one.On).Distinct().Count() == 1 ? Once(on) : ByShare();
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

    /// <summary>Each row asks for its share of all that is out by its due day; the last takes the rest.</summary>
    private ScheduleRefused? ByShare()
    {
        var isPlain = Schedule.Rate.Ppm == 0 && Schedule.Fee.Ppm == 0 && Schedule.Method == ScheduleMethod.EqualPrincipal;
        if (Terms.LaterSpread != LaterSpread.ByShareOfTotal || !isPlain)
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
