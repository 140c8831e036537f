using System.Text.Json;
using Mingzhang.Services.Progress.Spend;

namespace Mingzhang.Services.Progress.Score;

/// <summary>What the model looks at.</summary>
/// <param name="Today">The day.</param>
/// <param name="Bills">Bills that fell due in the last twelve months.</param>
/// <param name="OnTime">Of these, paid by their due day (the minimum is enough).</param>
/// <param name="UsedPpm">Part of the limit in use, parts per million.</param>
/// <param name="MonthsOpen">Whole months since opening.</param>
public sealed record ScoreFacts(DateOnly Today, int Bills, int OnTime, long UsedPpm, int MonthsOpen)
{
    /// <summary>Since when progress management is closed; null = it is open.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>Since when reminders are turned off while it is open; null = they are not.</summary>
    public DateOnly? MutedOn { get; init; }

    /// <summary>Part of bills paid on time, parts per million; without a bill everything.</summary>
    public long OnTimePpm => Bills == 0 ? 1_000_000 : OnTime * 1_000_000L / Bills;
}

/// <summary>One dimension of the score.</summary>
/// <param name="Code">Its name: on-time, overdue, used, age or promise (守约记录).</param>
/// <param name="Points">What it adds.</param>
/// <param name="Facts">What it was worked out from, in the order of its sentence.</param>
public sealed record ScorePart(string Code, int Points, IReadOnlyList<long> Facts);

/// <summary>A score with what it is made of.</summary>
/// <param name="Version">Version of the model.</param>
/// <param name="Base">What everybody begins with.</param>
/// <param name="Parts">Dimensions.</param>
/// <param name="Flagged">Closed for more than 180 days without a break.</param>
/// <param name="IncreasePpm">What the chance of a higher limit is multiplied by, parts per million.</param>
public sealed record BehaviourScore(string Version, int Base, IReadOnlyList<ScorePart> Parts, bool Flagged, long IncreasePpm)
{
    /// <summary>Base and dimensions together.</summary>
    public int Total => Base + Parts.Sum(part => part.Points);
}

/// <summary>The illustrative behaviour score (<c>data/progress/score-model.json</c>). It explains itself; only its
/// factor for higher limits is asked, by applications for one.</summary>
/// <remarks>Example: base 550; 4 of 4 bills on time 60; nothing overdue 0; a fifth of the limit used 24; 4 months 8; open 0: 642. Closed in
/// June with everything on time: 5 less from 1 July on; only reminders off: 17 % of that, 1 less.</remarks>
public sealed record ScoreModel
{
    private const long Whole = 1_000_000;
    private static readonly Lazy<ScoreModel> Ours = new(() => Read(MerchantTypes.ShippedFile("score-model.json")));

    /// <summary>The shipped model.</summary>
    public static ScoreModel Shipped => Ours.Value;

    /// <summary>Its name.</summary>
    public required string Version { get; init; }

    /// <summary>What everybody begins with.</summary>
    public required int Base { get; init; }

    /// <summary>At most for bills paid on time.</summary>
    public required int OnTimeMost { get; init; }

    /// <summary>Taken away for each bill that was not.</summary>
    public required int OverdueEach { get; init; }

    /// <summary>At most taken away for them.</summary>
    public required int OverdueMost { get; init; }

    /// <summary>At most for leaving the limit unused.</summary>
    public required int UsedMost { get; init; }

    /// <summary>For each month open.</summary>
    public required int AgeEach { get; init; }

    /// <summary>At most for it.</summary>
    public required int AgeMost { get; init; }

    /// <summary>What closing takes away, by the part of bills paid on time; the first that fits counts.</summary>
    public required IReadOnlyList<CloseEffect> Close { get; init; }

    /// <summary>What turning only reminders off takes away, as a part of closing.</summary>
    public required long MessagesOffPpm { get; init; }

    /// <summary>Flagged when closed for more days than this.</summary>
    public required int FlagAfterDays { get; init; }

    /// <summary>What the chance of a higher limit is multiplied by when flagged.</summary>
    public required long FlaggedIncreasePpm { get; init; }

    /// <summary>The least and the most that closing takes away.</summary>
    public (int Least, int Most) CloseRange => (Close.Min(one => one.Points), Close.Max(one => one.Points));

    /// <summary>Reads a model; throws <see cref="InvalidOperationException"/> when its effects of closing cover not everybody.</summary>
    public static ScoreModel Read(string json)
    {
        var model = JsonSerializer.Deserialize<ScoreModel>(json, JsonSerializerOptions.Web)!;
        return model.Close is [.., { OnTimePpm: 0 }] && model.MessagesOffPpm is >= 0 and <= Whole
            && model.FlaggedIncreasePpm is >= 0 and <= Whole
                ? model
                : throw new InvalidOperationException("score-model.json: effects end with onTimePpm 0, parts are at most a million.");
    }

    /// <summary>What closing would take away from somebody.</summary>
    public int EffectOf(ScoreFacts facts) => Close.First(one => facts.OnTimePpm >= one.OnTimePpm).Points;

    /// <summary>What turning only reminders off would take away: 17 % of it, rounded half up.</summary>
    public int MutedEffectOf(ScoreFacts facts) => (int)(((EffectOf(facts) * MessagesOffPpm) + (Whole / 2)) / Whole);

    /// <summary>Whether somebody is flagged: on day 181 of being closed, not on day 180.</summary>
    public bool Flags(ScoreFacts facts) =>
        facts.ClosedOn is { } closed && facts.Today.DayNumber - closed.DayNumber > FlagAfterDays;

    /// <summary>The score of a day.</summary>
    public BehaviourScore Of(ScoreFacts facts)
    {
        var late = facts.Bills - facts.OnTime;
        var flagged = Flags(facts);
        return new BehaviourScore(
            Version, Base,
            [
                new ScorePart("on-time", (int)(facts.OnTimePpm * OnTimeMost / Whole), [facts.OnTime, facts.Bills]),
                new ScorePart("overdue", -Math.Min(late * OverdueEach, OverdueMost), [late]),
                new ScorePart("used", (int)((Whole - Math.Clamp(facts.UsedPpm, 0, Whole)) * UsedMost / Whole), [facts.UsedPpm]),
                new ScorePart("age", Math.Min(facts.MonthsOpen * AgeEach, AgeMost), [facts.MonthsOpen]),
                Promise(facts),
            ],
            flagged, flagged ? FlaggedIncreasePpm : Whole);
    }

    // What changes in a month shows in the next one.
    private ScorePart Promise(ScoreFacts facts) => new("promise", facts switch
    {
        { ClosedOn: { } closed } when Counts(closed, facts.Today) => -EffectOf(facts),
        { MutedOn: { } muted, ClosedOn: null } when Counts(muted, facts.Today) => -MutedEffectOf(facts),
        _ => 0,
    }, [facts.ClosedOn is null ? 0 : 1, facts.MutedOn is null ? 0 : 1]);

    private static bool Counts(DateOnly since, DateOnly today) => SpendReport.MonthOf(today) > SpendReport.MonthOf(since);
}

/// <summary>What closing takes away from somebody who pays so much on time.</summary>
/// <param name="OnTimePpm">From this part on, parts per million.</param>
/// <param name="Points">Points.</param>
public sealed record CloseEffect(long OnTimePpm, int Points);
