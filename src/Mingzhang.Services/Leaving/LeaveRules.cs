namespace Mingzhang.Services.Leaving;

/// <summary>A fact that makes closing take more steps.</summary>
public enum TierFact
{
    /// <summary>Something is owed or under way.</summary>
    Owes,

    /// <summary>A payment is overdue.</summary>
    Overdue,

    /// <summary>A protection runs that an interview lifts.</summary>
    RiskVideo,

    /// <summary>An unusual closing was noticed and nobody has looked at it yet.</summary>
    Case,
}

/// <summary>What the credit bureau hears of products.</summary>
/// <param name="Code">Its name.</param>
/// <param name="Products">Product codes.</param>
/// <param name="Reports">Whether anything is reported at all.</param>
/// <param name="Zh">What is reported, in Chinese.</param>
/// <param name="En">In English.</param>
public sealed record BureauRule(string Code, IReadOnlyList<string> Products, bool Reports, string Zh, string En);

/// <summary>A tier of friction.</summary>
/// <param name="Code">low, normal or high, the lightest first.</param>
/// <param name="Steps">Codes of the steps it asks for.</param>
public sealed record LeaveTier(string Code, IReadOnlyList<string> Steps);

/// <summary>A step of closing, with the reason that is shown to the person (R071).</summary>
public sealed record LeaveStep(string Code, string Zh, string En, string WhyZh, string WhyEn);

/// <summary>Which fact asks for which tier, and the words for it.</summary>
public sealed record TierRule(TierFact Fact, string Tier, string Zh, string En);

/// <summary>A rule that notices unusual closings (R097).</summary>
/// <param name="Code">burst, after-draw, new-device, one-device or cycle.</param>
/// <param name="Within">Length of the window.</param>
/// <param name="Unit">minutes or days.</param>
/// <param name="Bound">From this count, or this many minor units, on.</param>
/// <param name="Ppm">For a draw: at least this share of the limit, parts per million; 0 = any.</param>
/// <param name="RaisesTo">The tier that closing then takes; empty = none.</param>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
public sealed record WatchRule(string Code, int Within, string Unit, long Bound, long Ppm, string RaisesTo, string Zh, string En);

/// <summary>A factor of the early-warning score.</summary>
public sealed record WarningFactor(string Code, int Points, int Most, string Zh, string En);

/// <summary>A level of the early-warning score, from so many points on, and what to do.</summary>
public sealed record WarningLevel(string Code, int From, string Zh, string En, string ActionZh, string ActionEn);

/// <summary>The early-warning model (R098), a sample.</summary>
public sealed record WarningModel(
    string Code, int Version, IReadOnlyList<WarningFactor> Factors, IReadOnlyList<WarningLevel> Levels);

/// <summary>When the house itself may freeze or close (R122).</summary>
/// <param name="DisuseDays">Unused for so long counts as long disuse.</param>
/// <param name="FreezeNoticeDays">Days between notice and freeze for disuse; 0 = with it.</param>
/// <param name="ForceNoticeDays">Days between the notice and a closing by the house.</param>
/// <param name="ObjectionDays">An objection is answered within so many days.</param>
public sealed record PassiveRule(int DisuseDays, int FreezeNoticeDays, int ForceNoticeDays, int ObjectionDays);

/// <summary>A rule that proposes a freeze or a closing to staff (R122).</summary>
/// <param name="Code">disuse, one-merchant, one-day, failed-payments or in-and-out.</param>
/// <param name="Measure">freeze or close: what staff are to look at.</param>
/// <param name="Days">Unused for so long, or looked at so many days back.</param>
/// <param name="Count">From so many purchases or payments on; 0 for disuse.</param>
/// <param name="Ppm">Together at least this share of the limit, parts per million.</param>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
public sealed record ProposeRule(string Code, string Measure, int Days, int Count, long Ppm, string Zh, string En);

/// <summary>What closing does to the house's own assessment of the person (R075).</summary>
/// <param name="Code">Its name.</param>
/// <param name="Zh">In Chinese.</param>
/// <param name="En">In English.</param>
public sealed record OwnEffect(string Code, string Zh, string En);

/// <summary>A version of everything about leaving that is a choice of the house: <c>leaving.json</c> of the products folder.</summary>
/// <param name="Version">1, 2, 3 …</param>
/// <param name="From">First day it holds.</param>
/// <param name="Sample">Whether the numbers are an example and no known rule.</param>
/// <param name="AdverseYears">Years an overdue record is kept at the bureau after it ended (征信业管理条例, article 16: 5).</param>
/// <param name="Bureau">Per product.</param>
/// <param name="Tiers">The lightest first.</param>
/// <param name="Steps">In the order they are taken.</param>
/// <param name="TierRules">Each fact with its tier.</param>
/// <param name="Watch">Rules that notice unusual closings.</param>
/// <param name="Warning">The early-warning score.</param>
/// <param name="Passive">Freeze and closing by the house.</param>
public sealed record LeaveRules(
    int Version, DateOnly From, bool Sample, int AdverseYears, IReadOnlyList<BureauRule> Bureau, IReadOnlyList<LeaveTier> Tiers,
    IReadOnlyList<LeaveStep> Steps, IReadOnlyList<TierRule> TierRules, IReadOnlyList<WatchRule> Watch, WarningModel Warning,
    PassiveRule Passive)
{
    /// <summary>Rules that propose a freeze or closing to staff; empty = none looks.</summary>
    public IReadOnlyList<ProposeRule> Propose { get; init; } = [];

    /// <summary>What closing does to the house's own assessment, as the person reads it.</summary>
    public IReadOnlyList<OwnEffect> Own { get; init; } = [];

    /// <summary>What the bureau hears of a product; null when the rules do not say.</summary>
    public BureauRule? BureauOf(string product) => Bureau.FirstOrDefault(one => one.Products.Contains(product));

    /// <summary>How heavy a tier is: 0 = the lightest.</summary>
    public int Weight(string tier) => Math.Max(0, Tiers.ToList().FindIndex(one => one.Code == tier));
}

/// <summary>All versions.</summary>
public sealed class LeaveBook(IReadOnlyList<LeaveRules> all)
{
    /// <summary>The version that holds on a day: the latest that had begun, or the first.</summary>
    public LeaveRules On(DateOnly day) =>
        all.Where(one => one.From <= day).MaxBy(one => (one.From, one.Version)) ?? all.OrderBy(one => one.From).First();
}
