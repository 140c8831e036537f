namespace Mingzhang.Domain.Tests.Corrections;

/// <summary>The full difference of a correction is known before anybody decides on it.</summary>
public sealed class CorrectionPreviewTests
{
    [Fact]
    public void A_late_repayment_shows_bill_charges_limit_days_and_bureau_months_before_it_is_booked()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-07-15");
        var late = line.Payment(1_000, "r-late", effective: "2026-06-10");
        var preview = Preview(line, late);
        Assert.Equal(
            (CorrectionKind.Late, new DateOnly(2026, 6, 10), late), (preview.Cause.Kind, preview.Cause.Since, preview.Cause.Right));
        Figure(preview, CorrectedFigure.Debt, 1_017, 0);
        Figure(preview, CorrectedFigure.OverdueCharge, 17, 0);
        Figure(preview, CorrectedFigure.Available, 9_000, 10_000);
        Assert.Null(preview.Find(CorrectedFigure.Interest));
        var bill = Assert.Single(preview.Statements);
        Assert.Equal((Yuan(1_010), Yuan(0), 1, 2), (bill.Before!.Closing, bill.After!.Closing, bill.Before.Version, bill.After.Version));
        Assert.Equal(
            [("overdue-charge-posted", null, Yuan(10), Yuan(0)), ("repayment-received", "r-late", Yuan(0), Yuan(-1_000))],
            bill.Lines.Select(one => (one.Event, one.Reference, one.Before, one.After)).OrderBy(one => one.Event, StringComparer.Ordinal));
        Assert.Equal(
            [("2026-06-30", 20, 0, "1", "N"), ("2026-07-15", 35, 0, "2", "N")],
            preview.Months.Select(m => ($"{m.On:yyyy-MM-dd}", m.DaysBefore, m.DaysAfter, m.StatusBefore, m.StatusAfter)));
        Assert.Equal(
            [RestrictionReason.Overdue, RestrictionReason.OverdueTerminated], preview.Restrictions.Select(one => one.Reason).Order());
        Assert.All(preview.Restrictions, one => Assert.False(one.Comes));
        Assert.Equal(0, preview.Postings.Sum(one => one.Delta.MinorUnits));
    }

    [Fact]
    public void The_preview_is_what_is_booked_and_can_be_told_again_afterwards()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-12").Pay(1_000, "r-1");
        var wrong = line.State.Version;
        line.On("2026-07-20");
        var command = new AmendFact(wrong, line.Payment(300, "r-1", effective: "2026-06-09"), "typed wrongly") { EffectiveOn = line.Today };
        var preview = Preview(line, command);
        var corrected = Assert.IsType<AccountCorrected>(Assert.Single(line.Accept(command)));
        Assert.Equal(corrected.Lines, preview.Postings);
        Assert.Equal((CorrectionKind.Replaced, wrong, "typed wrongly", new DateOnly(2026, 6, 9)),
            (preview.Cause.Kind, preview.Cause.WrongSequence, preview.Cause.Reason, preview.Cause.Since));
        var sequence = line.State.Version;
        line.On("2026-08-12").Pay(50, effective: "2026-07-01");
        Assert.Equal(preview, CorrectionPreviewer.Booked(line.History, line.Book, sequence));
        Assert.NotNull(CorrectionPreviewer.Booked(line.History, line.Book, line.State.Version));
        Assert.Null(CorrectionPreviewer.Booked(line.History, line.Book, 1));
    }

    [Fact]
    public void A_refused_correction_is_refused_in_the_preview_too()
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-12");
        var no = CorrectionPreviewer.Preview(
            line.State, line.History, new ReverseFact(99, "r") { EffectiveOn = line.Today }, line.Book, line.Today);
        Assert.Equal(99, Assert.IsType<FactUnknown>(Assert.IsType<CorrectionNotPossible>(no).Reason).Sequence);
    }

    [Fact]
    public void The_lenders_parts_of_every_difference_of_a_loan_sum_to_the_fen()
    {
        var terms = LoanLine.Cash with
        {
            Lenders =
            [
                new LenderTerms("own", new LocalText("本公司", "House"), 300_000, Platform: true),
                new LenderTerms("bank", new LocalText("银行", "Bank"), 700_000, Platform: false),
            ],
        };
        var line = TestLine.Opened("2026-01-15", 50_000, terms).Borrow(10_000).On("2026-04-20");
        var preview = Preview(line, line.Payment(886.51m, "r-1", effective: "2026-02-15"));
        var loan = Assert.Single(preview.Loans);
        Assert.True(loan.After!.Settlement < loan.Before!.Settlement);
        Assert.Equal(0, preview.Lenders.Count % 2);
        Assert.Contains(preview.Lenders, part => part.Measure == LenderMeasure.Earned && part.Component == Component.OverdueCharge);
        foreach (var parts in preview.Lenders.GroupBy(part => (part.Measure, part.Component)))
        {
            Assert.Equal(["bank", "own"], parts.Select(part => part.Lender));
            var whole = parts.Sum(part => part.After.MinorUnits - part.Before.MinorUnits);
            var expected = parts.Key.Measure == LenderMeasure.Owed
                ? preview.Debts.Where(one => one.Component == parts.Key.Component).Sum(one => one.After.MinorUnits - one.Before.MinorUnits)
                : preview.Find(FigureOf(parts.Key.Component))!.Delta.MinorUnits;
            Assert.Equal(expected, whole);
        }
    }

    [Fact]
    public void Another_price_of_a_loan_shows_every_row_ahead()
    {
        var line = TestLine.Opened("2026-01-15", 50_000, LoanLine.Cash).Borrow(10_000).On("2026-02-20");
        var preview = Preview(line, new SetPrice("loan-1", 300, 450, "recorded wrongly") { EffectiveOn = new DateOnly(2026, 1, 15) });
        var loan = Assert.Single(preview.Loans);
        Assert.Equal((400, 300, 600, 450), (loan.Before!.RatePpm, loan.After!.RatePpm, loan.Before.PenaltyPpm, loan.After.PenaltyPpm));
        Assert.Equal(11, loan.Rows.Count);
        Assert.All(loan.Rows, row => Assert.True(row.After!.Charge < row.Before!.Charge));
        Assert.True(preview.Find(CorrectedFigure.Interest)!.Delta.IsNegative);
    }

    [Theory]
    [InlineData(0, "N")]
    [InlineData(1, "1")]
    [InlineData(30, "1")]
    [InlineData(31, "2")]
    [InlineData(180, "6")]
    [InlineData(181, "7")]
    [InlineData(400, "7")]
    public void The_bureau_status_follows_the_days_past_due(int days, string status)
    {
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10");
        Assert.Equal(status, BureauStatus.Of(
            line.On($"{new DateOnly(2026, 6, 10).AddDays(Math.Max(1, days)):yyyy-MM-dd}").State,
            new DateOnly(2026, 6, 10).AddDays(days)));
    }

    [Fact]
    public void Closed_written_off_and_idle_months_have_their_own_status()
    {
        var line = TestLine.Opened("2026-05-20");
        Assert.Equal("*", BureauStatus.Of(line.State, line.Today));
        line.Buy(100).On("2026-07-05").Accept(new WriteOffDebt("lost") { EffectiveOn = line.Today });
        Assert.Equal("B", BureauStatus.Of(line.State, line.Today));
        line.Pay(line.State.TotalDebt(line.Terms, line.Today).MinorUnits / 100m);
        line.Accept(new ForceClosing("r", "n") { EffectiveOn = line.Today });
        Assert.Equal("C", BureauStatus.Of(line.On("2026-08-05").State, line.Today));
    }

    private static CorrectionPreview Preview(TestLine line, AccountCommand command) => Assert.IsType<CorrectionPreviewed>(
        CorrectionPreviewer.Preview(line.State, line.History, command, line.Book, line.Today)).Preview;

    private static void Figure(CorrectionPreview preview, CorrectedFigure figure, decimal before, decimal after) =>
        Assert.Equal((Yuan(before), Yuan(after)), (preview.Find(figure)!.Before, preview.Find(figure)!.After));

    private static CorrectedFigure FigureOf(Component component) => component switch
    {
        Component.Interest => CorrectedFigure.Interest,
        Component.OverdueCharge => CorrectedFigure.OverdueCharge,
        _ => CorrectedFigure.Fee,
    };
}
