namespace Mingzhang.Domain.Tests.Versions;

/// <summary>An account moves to a later version on a statement day; what accrued before keeps the old price.</summary>
public sealed class VersionMoveTests
{
    private static readonly ProductTerms Cheaper = TestTerms.PayLater with
    {
        Version = 2, EffectiveFrom = new DateOnly(2026, 5, 1), Revolving = new PriceTerms(Rate.PerDay(400), Rounding.HalfUp),
    };

    private static readonly ProductTerms Dearer = Cheaper with { Revolving = new PriceTerms(Rate.PerDay(600), Rounding.HalfUp) };

    [Fact]
    public void The_move_takes_over_on_the_statement_day_and_the_old_price_ends_there()
    {
        // Bill 1,000.00 of 1 June, 100.00 paid on 10 June: 900.00 bears from the 11th; 20 days at 0.05 % = 9.00 on the July bill.
        // From 1 July at 0.04 %: 31 days = 11.16 on the August bill.
        var line = TestLine.Opened("2026-05-20").Buy(1_000).On("2026-06-10").Pay(100).On("2026-06-20");
        var booked = Assert.IsType<VersionMoveBooked>(Assert.Single(line.Accept(Move(line, Cheaper, MoveBasis.NotWorse))));
        Assert.Equal(new DateOnly(2026, 7, 1), booked.On);
        Assert.Equal(1, line.State.Terms.Version);
        line.On("2026-07-01");
        var moved = Assert.Single(line.Events.OfType<VersionMoved>());
        Assert.Equal((1, 2), (moved.Before, line.State.Terms.Version));
        Assert.Null(line.State.NextVersion);
        Assert.Equal(Yuan(9.00m), line.Events.OfType<InterestPosted>().Single().Amount);
        Assert.Equal(new DateOnly(2026, 7, 2), line.State.NextDate);
        line.On("2026-07-09");
        Assert.Equal(Yuan(2.88m), line.State.RevolvingAccrual.RoundToMoney(Currency.Cny, Rounding.HalfUp));
    }

    [Fact]
    public void Worse_terms_need_consent_or_forty_five_days_of_notice()
    {
        var line = TestLine.Opened("2026-05-20").On("2026-06-20");
        var book = new TermsBook([line.Terms, Dearer]);
        Assert.IsType<VersionChangeRefused>(VersionMove.Check(line.State, Move(line, Dearer, MoveBasis.NotWorse), book));
        Assert.Null(VersionMove.Check(line.State, Move(line, Dearer, MoveBasis.Notice), book));
        Assert.Null(VersionMove.Check(line.State, Move(line, Cheaper, MoveBasis.NotWorse), new TermsBook([line.Terms, Cheaper])));
        Assert.Equal(new DateOnly(2026, 9, 1), VersionMove.FirstOn(line.State, line.Today, MoveBasis.Notice, line.Today));
        Assert.Equal(new DateOnly(2026, 7, 1), VersionMove.FirstOn(line.State, line.Today, MoveBasis.Consent, line.Today));
        line.Refuse<InvalidCommand>(Move(line, Dearer, MoveBasis.Consent));
        line.Accept(Move(line, Dearer, MoveBasis.Consent) with { ConsentId = "c-1" });
        Assert.Equal(new DateOnly(2026, 7, 1), line.Refuse<VersionChangeRefused>(Move(line, Dearer, MoveBasis.Notice)).EarliestOn);
    }

    [Fact]
    public void Only_a_later_known_version_that_fits_and_has_begun()
    {
        var line = TestLine.Opened("2026-05-20").On("2026-06-20");
        line.Refuse<VersionChangeRefused>(Move(line, line.Terms, MoveBasis.NotWorse));
        Assert.IsType<TermsNotEffective>(VersionMove.Check(line.State, Move(line, Cheaper, MoveBasis.NotWorse), line.Book));
        var later = Cheaper with { EffectiveFrom = new DateOnly(2026, 8, 15) };
        var refused = VersionMove.Check(line.State, Move(line, later, MoveBasis.NotWorse), new TermsBook([line.Terms, later]));
        Assert.Equal(later.EffectiveFrom, Assert.IsType<VersionChangeRefused>(refused).EarliestOn);
        var otherDays = Cheaper with { Cycles = [new CycleChoice(5, [15])] };
        Assert.IsType<DueDayNotOffered>(VersionMove.Check(
            line.State, Move(line, otherDays, MoveBasis.Notice), new TermsBook([line.Terms, otherDays])));
        var forged = Move(line, Cheaper, MoveBasis.NotWorse) with { Terms = KeptTerms.Of(line.Terms) };
        Assert.IsType<InvalidCommand>(VersionMove.Check(line.State, forged, new TermsBook([line.Terms, Cheaper])));
        line.Refuse<LateFactNotAccepted>(Move(line, Cheaper, MoveBasis.NotWorse) with { EffectiveOn = line.Today.AddDays(-3) });
    }

    private static MoveToVersion Move(TestLine line, ProductTerms terms, MoveBasis basis) =>
        new(terms.Version, KeptTerms.Of(terms), basis, null, line.Today, "asked") { EffectiveOn = line.Today };
}
