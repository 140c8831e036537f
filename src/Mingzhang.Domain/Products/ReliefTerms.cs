namespace Mingzhang.Domain.Products;

/// <summary>What a house does for a customer who cannot pay as agreed: which agreements, how far they go, what follows.</summary>
/// <param name="Offers">The kinds of agreement.</param>
/// <param name="AnswerDays">Days after which an application, or an offer nobody accepted, lapses.</param>
/// <param name="BreakAfterDays">An agreement whose new rows are overdue for more than so many days is broken; 0 = only by staff.</param>
/// <param name="ReadingSeconds">Shortest time the cost table must have been open before it can be confirmed.</param>
/// <param name="WaivesPrincipal">Whether principal may be waived, too; interest and charges always may.</param>
public sealed record ReliefTerms(
    ValueList<ReliefOffer> Offers, int AnswerDays, int BreakAfterDays, int ReadingSeconds, bool WaivesPrincipal)
{
    /// <summary>The offer of a kind, or null.</summary>
    public ReliefOffer? Offer(ReliefKind kind) => Offers.Find(offer => offer.Kind == kind);
}

/// <summary>One kind of agreement and its bounds.</summary>
/// <param name="Kind">Which.</param>
/// <param name="MostMonths">Most months rows may be moved; 0 for kinds that move none.</param>
/// <param name="MostRows">Most rows of a new schedule; 0 for kinds that make none.</param>
/// <param name="LowestDailyPpm">Lowest price a new schedule may have; the contract's price is always the highest.</param>
/// <param name="MostPerYear">Most agreements of this kind in 365 days; 0 = no such bound.</param>
/// <param name="SelfService">Whether the customer starts it alone; otherwise staff offer it first.</param>
/// <param name="StopsUse">Whether the line cannot be used while it runs.</param>
/// <param name="BureauCode">The special transaction (特殊交易) it is reported as: 1 extension, 11 reduction, 14 individual instalments,
/// 16 deferral by the bank.</param>
public sealed record ReliefOffer(
    ReliefKind Kind, int MostMonths, int MostRows, long LowestDailyPpm, int MostPerYear, bool SelfService, bool StopsUse, int BureauCode);

/// <summary>What an agreement does to the debt.</summary>
public enum ReliefKind
{
    /// <summary>延期还款: rows, or the open bill, move by months; nothing may be overdue.</summary>
    Deferral,

    /// <summary>重新起算: what is overdue becomes due anew, with the rest on a new schedule; the days past due end.</summary>
    ReAge,

    /// <summary>摊入剩余期次: what is overdue is spread over the rows still to come; their days stay.</summary>
    ReAmortise,

    /// <summary>协商还款: everything on a new, longer and perhaps cheaper schedule, for a customer in hardship.</summary>
    Replan,
}
